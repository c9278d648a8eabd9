// What is put where. `start` is in the box before; `keys` bring caret or selection where a person would have them;
// `replace` is the span that the insertion takes the place of; `expect` is the whole text afterwards.

const THANKS = 'Hi Ana 😀, gracias por tu mensaje: ¿qué ocurrió?';
const MARKUP = 'He said "q" <b>&amp;\nand left';
const BLANK = 'Dear Ana,\n\nwe are on it.';

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
  { name: 'fix a word', start: 'I recieve it late', replace: [2, 9], put: 'receive', expect: 'I receive it late' },
  { name: 'fix in line 2', start: 'first line\nI recieve it', replace: [13, 20], put: 'receive', expect: 'first line\nI receive it' },
  { name: 'take words out', start: 'a very good day', replace: [2, 7], put: '', expect: 'a good day' },
  { name: 'take all out', start: 'nonsense', replace: [0, 8], put: '', expect: '' },
];
