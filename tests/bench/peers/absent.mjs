// What Node has and a page has not, for checkers that import it: their rules get their words otherwise here, and what they
// assert holds.
export const createRequire = () => () => ({});
export const readFileSync = () => { throw new Error('there are no files in a page'); };
export const join = (...parts) => parts.join('/');
export const resolve = join;
export const dirname = () => '/';
export default function assert(holds, words) {
  if (!holds) throw new Error(words);
}
export const ok = assert;
export const strictEqual = (a, b, words) => assert(a === b, words);
assert.ok = assert;
assert.strictEqual = strictEqual;
