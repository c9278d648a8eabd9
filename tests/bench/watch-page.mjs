// In the bench page: watch terms in Wasm, beside an array's filter and a regular expression for each term.
import init, { Listening } from '/wasm/bench.js';
import { race } from '/tests/bench/measure.mjs';

const POSTS = 1_000;
const HEADS = ['alba', 'nimbus', 'brava', 'lumo', 'tostado', 'mareo', 'kiosk', 'verano', 'pixel', 'norte', 'solana', 'quinto', 'ribera', 'fresno', 'castor', 'delta', 'humo', 'perla', 'zarza', 'otoño'];
const TAILS = ['coffee', 'café', 'shop', 'tienda', 'app', 'club', 'works', 'sur', 'lab', 'house'];
const SAID = [
  'Has anyone else waited three weeks for a parcel from {}? I have written twice and nobody answers.',
  'Lovely morning at {} with friends, the new place by the river is so calm 😀',
  '¿Alguien sabe si {} abre los domingos? Pasé ayer y estaba todo cerrado, qué pena.',
  'Reading the report on the market this week, nothing new about prices, thread below 👇',
  'La atención de {} fue estupenda, muchas gracias a quien me atendió por teléfono ❤️',
  'I would buy it again if they had it in blue. Until then I am happy with the old one.',
  'Llevo toda la tarde intentando entrar en mi cuenta y no hay manera, ¿os pasa también?',
  'They refunded me within the hour, no questions asked. That is how it should be done, {}!',
];

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

/** What goes on behind a word's beginning. */
const ENDING = '[a-z]*';
const WORD = '[\\p{L}\\p{N}_]';
const bare = text => text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase();
/** Words as most people would look for them: ASCII's idea of a word, accents as written. */
const plain = (...words) => new RegExp(words.map(word => `\\b${word}\\b`).join('|'), 'i');
const whole = (...words) => new RegExp(words.map(word => `(?<!${WORD})${bare(word)}(?!${WORD})`).join('|'), 'u');

/** Terms in our language, each with the regular expressions that somebody would write without it: those that must match and the one that must not. */
function made() {
  const terms = [];
  HEADS.forEach((head, at) => {
    TAILS.forEach((tail, n) => {
      const other = TAILS[(n + 1) % TAILS.length];
      const kinds = [
        [`"${head} ${tail}"`, make => ({ all: [make(`${head} ${tail}`)] })],
        [`${head} ${tail} -${other}`, make => ({ all: [make(head), make(tail)], none: make(other) })],
        [`${head}${tail} OR "${tail} ${head}"`, make => ({ all: [make(head + tail, `${tail} ${head}`)] })],
        [`${head}${tail.slice(0, 2)}*`, make => ({ all: [make(head + tail.slice(0, 2) + ENDING)] })],
      ];
      terms.push(kinds[(at + n) % kinds.length]);
    });
  });
  return terms;
}

/** Posts of a day: some speak of what is watched, most do not. */
function written() {
  const next = dice(7);
  return Array.from({ length: POSTS }, (_, at) => {
    const [head, tail] = [HEADS[next(HEADS.length)], TAILS[next(TAILS.length)]];
    const named = [`${head} ${tail}`, `${head}${tail}`, `${tail} ${head}`, head.toUpperCase(), 'the corner shop', 'mi barrio'][next(6)];
    return `${SAID[next(SAID.length)].replace('{}', named)} ${SAID[next(SAID.length)].replace('{}', 'them')} ${at}`;
  });
}

/** @param {string} packs the package's file */
export async function watch(packs) {
  await init();
  const [terms, posts] = [made(), written()];
  const own = new Listening(packs, terms.map(([query]) => query).join('\n'));
  if (own.terms() !== terms.length) throw new Error(`${own.terms()} of ${terms.length} terms were read`);
  const told = make => {
    const all = terms.map(([, pattern]) => pattern(make));
    return text => all.filter(({ all, none }) => all.every(one => one.test(text)) && !none?.test(text)).length;
  };
  const [matching, simple] = [told(whole), told(plain)];
  const different = posts.filter(post => own.find(post) !== matching(bare(post)));
  if (different.length) throw new Error(`${different.length} posts are told differently, such as: ${different[0]}`);
  // Another last letter each time: nobody answers from memory.
  const inputs = round => posts.map(post => post + String.fromCharCode(97 + (Math.abs(round) % 26)));
  const each = (round, look) => inputs(round).reduce((sum, post) => sum + look(post), 0);
  const times = race({
    'rejoinder, watch terms': round => each(round, post => own.find(post)),
    'rejoinder, watch terms, class and influence': round => each(round, post => own.whole(post, 1_200, 30)),
    'filter and regular expressions, the same posts found': round => each(round, post => matching(bare(post))),
    'filter and regular expressions, accents as written': round => each(round, simple),
  }, { rounds: 30 });
  return { times, posts: posts.length, terms: terms.length, marked: posts.filter(post => own.find(post) > 0).length };
}
