// Events as a device writes them: a clock that never stands still, canonical JSON, and the hash of it.
import { createHash } from 'node:crypto';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** @typedef {{ _id: string, hlc: string, by: string, dev: string, t: string, h: string, [field: string]: unknown }} Event */

/** @param {bigint} bits @param {number} digits */
const base32 = (bits, digits) =>
  Array.from({ length: digits }, (_, at) => DIGITS[Number((bits >> BigInt(5 * (digits - 1 - at))) & 31n)]).join('');

/** @param {string} text */
const sha256 = text => createHash('sha256').update(text).digest('hex');

/**
 * The text that is hashed, kept and sent: sorted names, no white space.
 * @param {any} value @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`)}}`;
}

/**
 * One person's device: each call makes its next event, at `at` (UTC milliseconds) or right after the one before. A field
 * that is undefined is left out.
 * @param {{ by: string, dev: string }} actor
 * @returns {(fields?: Record<string, unknown>, at?: number) => Event}
 */
export function writer({ by, dev }) {
  const tag = base32(BigInt(`0x${sha256(`rj1|actor|${by}|${dev}`).slice(0, 10)}`), 8);
  let last = 0n;
  return (fields = {}, at = 0) => {
    const now = BigInt(at) << 16n;
    last = now > last ? now : last + 1n;
    const hlc = base32(last, 13);
    const month = new Date(Number(last >> 16n)).toISOString().slice(0, 7);
    const all = {
      _id: `${month}!${hlc}-${tag}`, by, dev, hlc, m: '29975b77a4aafd82f5d6dfef9354ee2d', seen: [], sv: 1, t: 'note',
      v: { text: 'hi' }, ...fields,
    };
    const event = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    return /** @type {Event} */ ({ ...event, h: sha256(canonical(event)).slice(0, 32) });
  };
}

/** Events as lines of a file. @param {object[]} events */
export const lines = events => events.map(event => `${canonical(event)}\n`).join('');
