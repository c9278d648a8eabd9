// The send gate on real editors: what is held, what passes untouched, what a person can do, and that nothing is ever sent
// twice or lost, whatever happens between the press and the network.

import {
  SHORT_LIFE, deepEqual, equal, gate, ok, overlayShown, pressInGate, steady, strip, suite, until,
} from '../harness/index.mjs';
import { KINDS, box, control, definition, serveSending } from '../pages/sending.mjs';

const CLEAN = 'Hello Marta, thank you for writing. We are looking into it.';
const HOLE = 'Hello {{ name }}, thank you for writing.';

const sent = (page) => page.evaluate(() => globalThis.lab.sent);
const model = (page, kind) => page.evaluate((name) => globalThis.lab.model[name](), kind);

/** The verdict on what stands in the box now is there. */
const checked = (extension, page) => until('the verdict', async () => (await extension.askFrom(page, 'verdict')).current);

async function write(page, kind, text) {
  await page.click(box(kind));
  await until('the strip', () => strip(page));
  await page.keyboard.type(text);
  await until('the text', async () => (await model(page, kind)) === text);
}

async function press(page, kind, how) {
  if (how === 'mouse') return page.click(control(kind));
  if (how === 'Enter') return page.keyboard.press('Enter');
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  return page.keyboard.up('Control');
}

async function chord(page, modifier, key) {
  await page.keyboard.down(modifier);
  await page.keyboard.press(key);
  await page.keyboard.up(modifier);
}

/** The card, once it is there and has the focus on its fix. */
const card = (page) => until('the card', async () => {
  const shown = await gate(page);
  return shown?.focused === 'gate-fix' && shown;
});

const WAYS = { form: ['mouse'], line: ['mouse', 'Enter'], react: ['mouse', 'Enter', 'Ctrl+Enter'], lexical: ['mouse', 'Enter', 'Ctrl+Enter'], draft: ['mouse', 'Ctrl+Enter'] };

async function start({ site, open, define }, options) {
  await define(definition);
  return open(serveSending(site, options));
}

export const editors = suite('the send gate on every editor', ({ test }) => {
  for (const kind of KINDS) {
    for (const how of WAYS[kind]) {
      test(`${kind}, ${how}: a clean reply goes by the browser's own event, once`, async (world) => {
        const page = await start(world);
        await write(page, kind, CLEAN);
        await checked(world.extension, page);
        await press(page, kind, how);
        await until('the reply', async () => (await sent(page)).length);
        await until('an empty box', async () => (await model(page, kind)) === '');
        deepEqual(await sent(page), [CLEAN]);
        deepEqual(await page.evaluate(() => globalThis.lab.trusted), [true]);
      });

      test(`${kind}, ${how}: a reply with a hole is held, and goes once when the person says so`, async (world) => {
        const page = await start(world);
        await write(page, kind, HOLE);
        await checked(world.extension, page);
        await press(page, kind, how);
        const { why } = await card(page);
        ok(why.includes('{{ name }}'), why);
        deepEqual(await sent(page), []);
        equal(await model(page, kind), HOLE);
        await pressInGate(page, '#gate-send');
        await until('the reply', async () => (await sent(page)).length);
        await until('an empty box', async () => (await model(page, kind)) === '');
        deepEqual(await steady('what was sent', () => sent(page)), [HOLE]);
      });
    }
  }
});
