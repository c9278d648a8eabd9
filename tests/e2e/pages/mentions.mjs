// Mentions for the log page, as another device wrote them: two of one person with the same words on two networks, and one
// of somebody else.

import { createHash } from 'node:crypto';
import { lines, writer } from '../../sync/events.mjs';

const WORDS = 'My order 4711 is a week late and nobody of Alba Coffee answers me.';

/** @param {string} text */
const key = (text) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** One mention. @param {string} network @param {string} name @param {string} text */
export const mention = (network, name, text) => ({ network, name, text, m: key(`${network}|${name}|${text}`) });

export const MENTIONS = [
  mention('x', 'Marta Ruiz', WORDS),
  mention('facebook', 'Marta Ruiz', WORDS),
  mention('x', 'Ben Ortiz', 'Best cold brew in town.'),
];

/**
 * Their events as lines of a file, one a minute until `now`.
 * @param {{ network: string, name: string, text: string, m: string }[]} mentions
 */
export function saves(mentions, now = Date.now()) {
  const write = writer({ by: 'u-inesruiz', dev: 'd-ines' });
  return lines(mentions.map(({ network, name, text, m }, at) => {
    const id = m.slice(0, 8);
    const post = {
      network, id, kind: 'post', permalink: `https://${network}.example/${id}`, text, published: null, counts: {}, author: { name, handle: id },
    };
    return write({ t: 'saved', m, v: { post, case: m, via: 'row' } }, now - (mentions.length - at) * 60_000);
  }));
}
