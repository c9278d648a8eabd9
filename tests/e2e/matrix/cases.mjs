// What is put where. `start` is in the box before; `keys` bring caret or selection where a person would have them;
// `replace` is the span, or the words, that the insertion takes the place of; `cursor` is where in the text the caret goes;
// `on` is typed right after; `expect` is the whole text in the end. A case with `lines` needs a box of several lines.

const THANKS = 'Hi Ana 😀, gracias por tu mensaje: ¿qué ocurrió?';
const MARKUP = 'He said "q" <b>&amp;\nand left';
const BLANK = 'Dear Ana,\n\nwe are on it.';
/** Letters with combining marks, a family joined from four people, a skin tone, a flag. */
const MARKS = 'Zoe\u0308, nin\u0303o: 👩‍👩‍👧‍👦 👍🏽 🇪🇸';
const ARABIC = 'مرحبا آنا، شكرا على رسالتك 😀\nنحن نعمل عليها';

/** @type {{ name: string, start: string, put: string, expect: string, keys?: string[], type?: string, cursor?: number,
 *   on?: string, replace?: [number, number] | string, lines?: boolean }[]} */
export const CASES = [
  { name: 'empty, one line', start: '', put: THANKS, expect: THANKS },
  { name: 'empty, two lines', start: '', put: MARKUP, expect: MARKUP },
  { name: 'empty, blank line', start: '', put: BLANK, expect: BLANK },
  { name: 'at the caret', start: 'one three', keys: ['Control+ArrowLeft'], put: 'two ', expect: 'one two three' },
  { name: 'after text', start: 'Hello', put: ` ${MARKUP}`, expect: `Hello ${MARKUP}` },
  { name: 'selection, one line', start: 'one two three', keys: ['Control+Shift+ArrowLeft'], put: 'four', expect: 'one two four' },
  { name: 'selection, lines', start: 'one two three', keys: ['Control+Shift+ArrowLeft'], put: MARKUP, expect: `one two ${MARKUP}` },
  { name: 'typed words', start: 'Hello', type: ' /thanks', replace: [6, 13], put: THANKS, expect: `Hello ${THANKS}` },
  { name: 'typed words, lines', start: '', type: '/thanks', replace: [0, 7], put: BLANK, expect: BLANK },
  { name: 'fix a word', start: 'I recieve it late', replace: 'recieve', put: 'receive', expect: 'I receive it late' },
  { name: 'fix in line 2', start: 'first line\nI recieve it', replace: 'recieve', put: 'receive', expect: 'first line\nI receive it', lines: true },
  { name: 'take words out', start: 'a very good day', replace: [2, 7], put: '', expect: 'a good day' },
  { name: 'take all out', start: 'nonsense', replace: [0, 8], put: '', expect: '' },
  { name: 'combining, joined', start: '', put: MARKS, expect: MARKS },
  { name: 'between emoji', start: '👩‍👩‍👧‍👦👍🏽', keys: ['ArrowLeft'], put: 'ñ', expect: '👩‍👩‍👧‍👦ñ👍🏽' },
  { name: 'fix behind emoji', start: `${MARKS} recieve it`, replace: 'recieve', put: 'receive', expect: `${MARKS} receive it` },
  { name: 'right to left', start: '', put: ARABIC, expect: ARABIC },
  { name: 'before Hebrew', start: 'שלום עולם', keys: ['Control+Home'], put: 'אנא ', expect: 'אנא שלום עולם' },
  { name: 'mixed directions', start: 'Hola עולם recieve', replace: 'עולם', put: 'مرحبا', expect: 'Hola مرحبا recieve' },
  { name: 'caret in a template', start: '', put: 'Dear ,\nwe are on it.', cursor: 5, on: 'z', expect: 'Dear z,\nwe are on it.' },
  { name: 'typed on', start: 'one three', keys: ['Control+ArrowLeft'], put: 'two ', on: 'z', expect: 'one two zthree' },
];
