// What was measured and cannot be had: a cell that `is` this text is no failure, and a limit that no cell meets any more
// is one. `why` is printed below the table.

const TYPING = 'does not follow even a person\'s typing in a shadow root';
const QUILL1 = 'the text arrives, but its undo and its caret do not know shadow roots';

/** @type {{ kind: string, browser?: string, shadow: boolean, test?: RegExp, is: string, why: string, met?: boolean }[]} */
export const LIMITS = [
  { kind: 'Draft.js', shadow: true, is: 'editor', why: TYPING },
  { kind: 'Lexical', browser: 'chrome', shadow: true, is: 'editor', why: TYPING },
  { kind: 'Quill 2', shadow: true, is: 'editor', why: TYPING },
  { kind: 'Quill 1', browser: 'firefox', shadow: true, is: 'no z', why: QUILL1 },
  { kind: 'Quill 1', browser: 'chrome', shadow: true, test: /^typed/, is: 'no z', why: QUILL1 },
  { kind: 'Quill 1', browser: 'chrome', shadow: true, test: /^fix/, is: 'deaf', why: QUILL1 },
];
