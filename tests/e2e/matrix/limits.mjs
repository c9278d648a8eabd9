// What was measured and cannot be had: a cell that `is` this text is no failure, and a limit that no cell meets any more
// is one. `why` is printed below the table.

const TYPING = 'does not follow even a person\'s typing in a shadow root';
const QUILL1 = 'the text arrives, but its undo and its caret do not know shadow roots';

/** @type {{ kind: string, browser?: string, place?: string, test?: RegExp, is: string, why: string, met?: boolean }[]} */
export const LIMITS = [
  { kind: 'input', test: /^fix in line 2$/, is: '–', why: 'has one line' },
  { kind: '', test: /^typing undone$/, is: '–', why: 'an editor with a history of its own groups it by time' },
  { kind: 'React textarea', browser: 'chrome', test: /^typing undone$/, is: 'pieces', why: 'React writes the default value at every letter, and with that Chromium ends what one undo takes back' },
  { kind: 'Quill 1', test: /^combining/, is: 'nfc', why: 'joins letters and their marks (NFC) in its model' },
  { kind: 'Quill 1', test: /^fix behind/, is: 'changed', why: 'loses its place behind letters whose marks are apart' },
  { kind: 'Draft.js', place: 'shadow', is: 'editor', why: TYPING },
  { kind: 'Lexical', browser: 'chrome', place: 'shadow', is: 'editor', why: TYPING },
  { kind: 'Quill 2', place: 'shadow', is: 'editor', why: TYPING },
  { kind: 'CKEditor 5', browser: 'chrome', place: 'shadow', is: 'editor', why: TYPING },
  { kind: 'Quill 1', browser: 'firefox', place: 'shadow', is: 'no z', why: QUILL1 },
  { kind: 'Quill 1', browser: 'chrome', place: 'shadow', test: /^typed words/, is: 'no z', why: QUILL1 },
  { kind: 'Quill 1', browser: 'chrome', place: 'shadow', test: /^(fix|mixed)/, is: 'deaf', why: QUILL1 },
  { kind: 'Quill 1', browser: 'chrome', place: 'shadow', test: /^maximum/, is: 'half', why: QUILL1 },
];
