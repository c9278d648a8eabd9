// In the bench page: the engines of the background as Wasm, beside their peers, on the same texts in the same rounds.
import init, { Voice, fill } from '/wasm/bench.js';
import { race } from '/tests/bench/measure.mjs';
import * as texts from '/tests/bench/texts.mjs';

const BODY = {
  jinja: 'Hello {{ author.first_name | default("there") }}, thank you for writing to {{ brand.name }}. {% if author.name is defined %}We have read your message, {{ author.name }}.{% endif %} Please send us the details by direct message. Kind regards, {{ brand.name }}',
  handlebars: 'Hello {{or author.first_name "there"}}, thank you for writing to {{brand.name}}. {{#if author.name}}We have read your message, {{author.name}}.{{/if}} Please send us the details by direct message. Kind regards, {{brand.name}}',
};

export async function voice() {
  await init();
  const { writeGood, alex } = globalThis.peers;
  const own = new Voice(false);
  const every = new Voice(true);
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
  const { Handlebars } = globalThis.peers;
  Handlebars.registerHelper('or', (value, other) => value || other);
  const compiled = Handlebars.compile(BODY.handlebars, { noEscape: true });
  // Another last name each time: nobody answers from memory. (A digit would make it no person's name.)
  const name = round => `Marta Ruiz${String.fromCharCode(97 + (Math.abs(round) % 26))}`;
  const context = round => ({ author: { name: name(round), first_name: 'Marta' }, brand: { name: 'Nimbus Coffee' } });
  if (fill(BODY.jinja, name(1)) !== compiled(context(1))) throw new Error(`not the same text:\n${fill(BODY.jinja, name(1))}\n${compiled(context(1))}`);
  return race({
    'rejoinder (compile and render)': round => fill(BODY.jinja, name(round)),
    'Handlebars (compile and render)': round => Handlebars.compile(`${BODY.handlebars}${round < -1e9 ? ' ' : ''}`, { noEscape: true })(context(round)),
    'Handlebars (render only)': round => compiled(context(round)),
  }, { batch: 10 });
}
