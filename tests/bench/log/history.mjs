// A team's log as it comes to be: posts are saved, taken, answered and closed, five to eight events each, many at a time.
// The same count gives the same events, so that every subject of the bench meets the same ones.
//
//   node tests/bench/log/history.mjs COUNT    prints them, one a line

import { createHash } from 'node:crypto';
import { canonical, writer } from '../../sync/events.mjs';

/** Nothing of it happens later than this, UTC milliseconds: no device's clock may find it in the future. */
const END = Date.UTC(2026, 10, 1);
/** All of it happens within so long, milliseconds. */
const SPAN = 300 * 24 * 3600 * 1000;
/** So many posts are being dealt with at a time. */
const AT_ONCE = 30;

const NETWORKS = { x: 'https://x.com', bluesky: 'https://bsky.app', instagram: 'https://www.instagram.com', mastodon: 'https://mastodon.social' };
const NAMES = 'Marta Tom Eva Luis Inés Paul Nora Sam Olga Bruno Clara Hugo Lena Iván Rosa Karl Mia Jon Ada Pau'.split(' ');
const SURNAMES = 'Ruiz Brown García Novak López Meyer Rossi Silva Torres Klein Vidal Moore Costa Weber Soler Hill'.split(' ');
const OPENINGS = ['@nimbus_coffee', 'Hello', 'Hola', 'Hey team', 'Good morning', 'Once again', 'So', 'Buenas tardes'];
const TROUBLES = [
  'my parcel is late and nobody answers', 'the beans arrived with a torn bag', 'el pedido no ha llegado todavía', 'the machine leaks after two weeks',
  'my voucher does not work at the till', 'me han cobrado dos veces', 'best cold brew in town, thank you', 'your app forgets my address',
  'is the oat milk gluten free?', 'la tienda del centro estaba cerrada', 'the subscription was renewed although I cancelled it',
  'I was sent the wrong roast', 'who can help me with an invoice?', 'the new cups are lovely',
];
const ENDINGS = ['Please have a look.', '¿Alguien me puede ayudar?', 'This is the third time!', 'Thanks in advance ☕', 'Gracias.', 'What can be done about it?'];
const ANSWERS = [
  'Hello {name}, thank you for telling us. We are sorry for the delay: our carrier has had trouble in your area. Your parcel leaves us today and you will have a message with its number.',
  'Hola {name}, gracias por avisarnos y perdona las molestias. Lo revisamos ahora mismo con la tienda y te escribimos por privado en cuanto sepamos algo más.',
  'Hi {name}, that is not how it should be. Send us the number of your order and a picture in a private message, and we will replace it without any cost for you.',
];
const NOTES = ['Asked the warehouse, they look for it.', 'Second complaint of this customer this month.', 'Espera respuesta de logística.', 'Refund approved by the lead.'];
const TAGS = ['parcel', 'refund', 'praise', 'app', 'shop'];
const DEPARTMENTS = ['Logistics', 'PR', 'Shops'];

/** Numbers below 1 that look random and are always the same (mulberry32). @param {number} seed */
function numbers(seed) {
  let at = seed;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The identity of a post or case, as `src/log/key.rs` makes it. @param {string[]} parts */
const identity = (...parts) => createHash('sha256').update(['rj1', ...parts].join('|')).digest('hex').slice(0, 32);

/**
 * The steps that a post goes through: type and value, and which field a step sets.
 * @param {number} number @param {() => number} random @param {string[]} people
 */
function story(number, random, people) {
  /** @template T @param {T[]} of */
  const one = of => of[Math.floor(random() * of.length)];
  const [network, host] = one(Object.entries(NETWORKS));
  const name = one(NAMES);
  const handle = `${name}_${one(SURNAMES)}${number % 997}`.normalize('NFD').replace(/[^ -~]/g, '').toLowerCase();
  const id = String(1_800_000_000_000 + number * 7919);
  const m = identity(network, id);
  const of = identity('case', m, handle);
  const text = `${one(OPENINGS)}, ${one(TROUBLES)}. And ${one(TROUBLES)}. Order ${10_000 + number}. ${one(ENDINGS)}`;
  const post = {
    network, kind: 'post', id, permalink: `${host}/${handle}/status/${id}`, text,
    author: { handle, name: `${name} ${one(SURNAMES)}`, verified: random() < 0.1, followers: { value: Math.floor(random() ** 4 * 90_000), approximate: true } },
    counts: { likes: { value: Math.floor(random() * 40) }, replies: { value: Math.floor(random() * 9) }, reposts: null, views: null },
    published: { at: END - SPAN + number * 60_000, precision: 'minute' },
  };
  const steps = [
    ['saved', { case: of, post, via: 'row' }], ['assigned', { case: of, user: one(people) }], ['status', { case: of, status: 'open' }],
    ['replied', { text: one(ANSWERS).replace('{name}', name), account: 'nimbus_coffee', template: `late-${number % 20}` }],
    ['status', { case: of, status: one(['resolved', 'pending', 'no_action']) }],
  ];
  const more = [['routed', { case: of, department: one(DEPARTMENTS) }], ['note', { text: one(NOTES) }], ['tagged', { tag: one(TAGS), on: true }]];
  more.slice(0, Math.floor(random() * 4)).forEach(step => steps.splice(3, 0, step));
  return { m, steps, seen: {} };
}

/**
 * So many events, in the order in which they happened, as their texts.
 * @param {number} count @param {{ people?: string[] }} [options]
 */
export function history(count, { people = ['ana', 'ben', 'carla'] } = {}) {
  const random = numbers(1);
  const writers = people.map(by => writer({ by, dev: `d-${by}` }));
  const step = Math.floor(SPAN / count);
  const open = [];
  const texts = [];
  let posts = 0;
  while (texts.length < count) {
    if (open.length < AT_ONCE) open.push(story(posts++, random, people));
    const place = Math.floor(random() * open.length);
    const { m, steps, seen } = open[place];
    const [t, v] = steps.shift();
    const write = writers[Math.floor(random() * writers.length)];
    const hex = Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(16).padStart(8, '0')).join('');
    const once = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    const event = write({ m, t, v, once, seen: seen[t] ? [seen[t]] : [] }, END - SPAN + texts.length * step);
    seen[t] = event._id;
    if (!steps.length) open.splice(place, 1);
    texts.push(canonical(event));
  }
  return texts;
}

if (process.argv[1] === import.meta.filename) {
  for (const text of history(Number(process.argv[2]))) process.stdout.write(`${text}\n`);
}
