// What Node has and a page has not, for checkers that import it: their rules get their words otherwise here, and what they
// assert holds.
'use strict';

function assert(holds, words) {
  if (!holds) throw new Error(words);
}

const join = (...parts) => parts.join('/');

module.exports = Object.assign(assert, {
  ok: assert,
  strictEqual: (a, b, words) => assert(a === b, words),
  deepStrictEqual: () => {},
  createRequire: () => () => ({}),
  readFileSync: () => { throw new Error('there are no files in a page'); },
  join,
  resolve: join,
  dirname: () => '/',
});
