// In the bench page: the engines of the background as Wasm, beside their peers, on the same texts in the same rounds.
import init, { Library, Voice, fill } from '/wasm/bench.js';
import { race } from '/tests/bench/measure.mjs';
import * as texts from '/tests/bench/texts.mjs';

const BODY = {
  jinja: 'Hello {{ author.first_name | default("there") }}, thank you for writing to {{ brand.name }}. {% if author.name is defined %}We have read your message, {{ author.name }}.{% endif %} Please send us the details by direct message. Kind regards, {{ brand.name }}',
  liquid: 'Hello {{ author.first_name | default: "there" }}, thank you for writing to {{ brand.name }}. {% if author.name %}We have read your message, {{ author.name }}.{% endif %} Please send us the details by direct message. Kind regards, {{ brand.name }}',
  handlebars: 'Hello {{or author.first_name "there"}}, thank you for writing to {{brand.name}}. {{#if author.name}}We have read your message, {{author.name}}.{{/if}} Please send us the details by direct message. Kind regards, {{brand.name}}',
};

/** @param {string} packs the package's file */
export async function voice(packs) {
  await init();
  const { writeGood, alex } = globalThis.peers;
  const own = new Voice(packs, 'some');
  const every = new Voice(packs, 'every');
  const rows = {};
  for (const [name, text] of Object.entries(texts)) {
    // Another last letter each time: nobody answers from memory.
    const input = round => text.slice(0, -1) + String.fromCharCode(97 + (Math.abs(round) % 26));
    rows[name] = {
      times: race({
        rejoinder: round => own.check(input(round)),
        'rejoinder, every rule': round => every.check(input(round)),
        'write-good': round => writeGood(input(round)),
        alex: round => alex(input(round)),
      }, { warm: 40, batch: 5 }),
      findings: {
        rejoinder: own.check(text), 'rejoinder, every rule': every.check(text),
        'write-good': writeGood(text).length, alex: alex(text).length,
      },
    };
  }
  return { rows, rules: { rejoinder: own.rules(), 'rejoinder, every rule': every.rules() } };
}

export async function templates() {
  await init();
  const { Handlebars, Liquid } = globalThis.peers;
  const liquid = new Liquid();
  const parsed = liquid.parse(BODY.liquid);
  Handlebars.registerHelper('or', (value, other) => value || other);
  const compiled = Handlebars.compile(BODY.handlebars, { noEscape: true });
  // Another last name each time: nobody answers from memory. (A digit would make it no person's name.)
  const name = round => `Marta Ruiz${String.fromCharCode(97 + (Math.abs(round) % 26))}`;
  const context = round => ({ author: { name: name(round), first_name: 'Marta' }, brand: { name: 'Nimbus Coffee' } });
  const same = [fill(BODY.jinja, name(1)), compiled(context(1)), liquid.renderSync(parsed, context(1))];
  if (new Set(same).size > 1) throw new Error(`not the same text:\n${same.join('\n')}`);
  return race({
    'rejoinder (compile and render)': round => fill(BODY.jinja, name(round)),
    'Handlebars (compile and render)': round => Handlebars.compile(`${BODY.handlebars}${round < -1e9 ? ' ' : ''}`, { noEscape: true })(context(round)),
    'Handlebars (render only)': round => compiled(context(round)),
    'LiquidJS (compile and render)': round => liquid.parseAndRenderSync(`${BODY.liquid}${round < -1e9 ? ' ' : ''}`, context(round)),
    'LiquidJS (render only)': round => liquid.renderSync(parsed, context(round)),
  }, { batch: 10 });
}

/** As many templates as a large team has, every one with words of its own. */
function library(starters, size) {
  const things = ['kettle', 'grinder', 'invoice', 'voucher', 'subscription', 'parcel', 'tasting', 'filter', 'opening', 'allergen'];
  return Array.from({ length: size }, (_, at) => {
    const one = starters[at % starters.length];
    const thing = things[Math.floor(at / starters.length) % things.length];
    return { ...one, id: `${one.id}-${at}`, title: `${one.title} (${thing} ${at})`, trigger: `${one.trigger}${at}`, tags: [...one.tags, thing] };
  });
}

/** What somebody types, letter by letter; the last has a slip. */
const TYPED = ['refund', 'late parcel', 'voucher', 'rfnd', 'delviery'];

export async function search(starters, size) {
  await init();
  const { Fuse } = globalThis.peers;
  const templates = library(starters, size);
  const text = JSON.stringify(templates);
  // The weights and the threshold that a peer uses with it.
  const keys = [{ name: 'trigger', weight: 4 }, { name: 'title', weight: 3 }, { name: 'body', weight: 2 }, { name: 'tags', weight: 1 }];
  const options = { keys, threshold: 0.3, ignoreLocation: true };
  const made = race({ rejoinder: () => new Library(text).free(), 'Fuse.js': () => new Fuse(templates, options) }, { rounds: 5, warm: 1 });
  const own = new Library(text);
  const fuse = new Fuse(templates, options);
  const rows = {};
  for (const words of TYPED) {
    const prefix = round => words.slice(0, 1 + (Math.abs(round) % words.length));
    rows[words] = {
      times: race({ rejoinder: round => own.find(prefix(round)), 'Fuse.js': round => fuse.search(prefix(round), { limit: 50 }) }, { rounds: words.length, warm: 1 }),
      first: { rejoinder: templates[own.find(words)[0]]?.title ?? '–', 'Fuse.js': fuse.search(words, { limit: 1 })[0]?.item.title ?? '–' },
    };
  }
  return { made, rows };
}
