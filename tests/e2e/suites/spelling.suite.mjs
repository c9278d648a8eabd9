// Spelling in the reply's own language: a slip is underlined, its card suggests what was meant, and a word that is right
// goes into a dictionary. The speller comes when it is needed, also to a background that has just been started.

import {
  SHORT_LIFE, card, deepEqual, equal, ok, overlay, overlayShown, pressInCard, press, strip, suite, underlined, until,
} from '../harness/index.mjs';
import { box, definition, serveSending } from '../pages/sending.mjs';

const model = (page, kind) => page.evaluate((name) => globalThis.lab.model[name](), kind);

async function start({ site, open, define, extension }, kind) {
  await define(definition);
  // It is offered, not on from the start.
  const { packs } = (await extension.say({ type: 'open', page: 'log' })).state.workspace;
  const value = { packs: [...new Set([...packs, 'spelling'])] };
  await extension.say({ type: 'put', item: 'workspace', id: '', value });
  const page = await open(serveSending(site));
  await focus(page, kind);
  return page;
}

const focus = async (page, kind) => {
  await page.click(box(kind));
  await until('the strip', () => strip(page, `[data-id="${kind}"]`));
};

const lines = (page, words) => until(`underlines: ${words.join(', ') || 'none'}`, async () => {
  const shown = await underlined(page);
  if (JSON.stringify(shown) === JSON.stringify(words)) return true;
  throw new Error(JSON.stringify(shown));
});

async function hold(page, key, press_) {
  await page.keyboard.down(key);
  await page.keyboard.press(press_);
  await page.keyboard.up(key);
}

/** The card of the finding before the caret, opened by key, once it has what is waited for. */
async function openCard(page, what, has) {
  await hold(page, 'Alt', 'Comma');
  return until(what, async () => {
    const shown = await card(page);
    return shown && has(shown) && shown;
  });
}

const SLIP = 'Hola, Marta. Sentimos la espera, vimos tu mensage y lo miramos hoy. ';
const RIGHT = SLIP.replace('mensage', 'mensaje');

export const spelling = suite('spelling', ({ test }) => {
  for (const kind of ['form', 'react', 'lexical']) {
    test(`${kind}: a slip in a Spanish reply on an English page is underlined, and mended by key and by mouse`, async (world) => {
      const page = await start(world, kind);
      await page.keyboard.type(SLIP);
      await lines(page, ['mensage']);
      equal(await model(page, kind), SLIP);

      const shown = await openCard(page, 'suggestions', ({ fixes }) => fixes.includes('mensaje'));
      ok(shown.title.includes('mensage'), shown.title);
      const at = shown.fixes.indexOf('mensaje');
      for (let step = 0; step < at; step += 1) await page.keyboard.press('ArrowDown');
      await until('it is chosen', async () => (await overlay(page)).$eval('.fixes [aria-current="true"]', (button) => button.textContent === 'mensaje'));
      await page.keyboard.press('Enter');
      await until('the word as it was meant', async () => (await model(page, kind)) === RIGHT);
      await lines(page, []);
      await until('no card', async () => !(await overlayShown(page)));
      await hold(page, 'Control', 'z');
      await until('one undo to bring the slip back', async () => (await model(page, kind)) === SLIP);
      await lines(page, ['mensage']);

      await press(page, '.findings', `[data-id="${kind}"]`);
      await until('suggestions', async () => (await card(page))?.fixes.includes('mensaje'));
      await pressInCard(page, `.fixes button:nth-child(${at + 1})`);
      await until('the word as it was meant', async () => (await model(page, kind)) === RIGHT);
      await lines(page, []);
    });
  }

  test('a word that is right goes into a dictionary, and out of it again', async (world) => {
    const page = await start(world, 'react');
    const text = 'We are sorry for the wait, Marta. The flumbo is on its way to you. ';
    await page.keyboard.type(text);
    await lines(page, ['flumbo']);
    await openCard(page, 'the card', ({ title }) => title.includes('flumbo'));
    await pressInCard(page, '#learn-mine');
    await lines(page, []);
    await pressInCard(page, '#learned-undo');
    await lines(page, ['flumbo']);
    await until('no card', async () => !(await overlayShown(page)));

    await openCard(page, 'the card', ({ title }) => title.includes('flumbo'));
    await pressInCard(page, '#learn-brand');
    await lines(page, []);
    deepEqual((await world.extension.say({ type: 'open', page: 'log' })).state.brand_words, ['flumbo']);
    await world.extension.say({ type: 'remove', item: 'word', id: 'flumbo' });
    await page.bringToFront();
    await lines(page, ['flumbo']);
  });

  test('spelling rests while another checker is at work in the page', async (world) => {
    const page = await start(world, 'react');
    const mark = on => page.evaluate((there) => document.documentElement.toggleAttribute('data-lt-installed', there), on);
    await page.keyboard.type('Hi Marta, thanks for your mesage!!!! ');
    await lines(page, ['mesage', '!!!!']);
    await mark(true);
    await page.keyboard.type('Bye. ');
    await lines(page, ['!!!!']);
    await mark(false);
    await page.keyboard.type('Ana. ');
    await lines(page, ['mesage', '!!!!']);
  });

  test('the options list both dictionaries', async (world) => {
    await world.extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    const options = await world.ours('pages/options.html#voice');
    const field = await until('the field', () => options.$('#words-mine'));
    await options.$eval('details.advanced', (details) => { details.open = true; });
    await field.type('flumbo');
    await options.keyboard.press('Enter');
    await until('it is kept', async () => (await world.extension.say({ type: 'open', page: 'log' })).state.words.includes('flumbo'));
    await options.bringToFront();
    await until('it is listed', () => options.$eval('.name-chip', (chip) => chip.textContent.includes('flumbo')));
    deepEqual(await world.violations(options), []);
    await (await options.$('.name-chip button')).click();
    await until('it is gone', async () => !(await world.extension.say({ type: 'open', page: 'log' })).state.words.length);
  });
});

export const anew = suite('spelling in a new background', { prefs: SHORT_LIFE }, ({ test }) => {
  test('a background that was started anew brings its speller back', async (world) => {
    const page = await start(world, 'react');
    await page.keyboard.type(SLIP);
    await lines(page, ['mensage']);
    await world.extension.kill();
    await page.bringToFront();
    await page.keyboard.type('Te escribimos en un momneto por aquí. ');
    await lines(page, ['mensage', 'momneto']);
    await openCard(page, 'suggestions', ({ fixes }) => fixes.includes('momento'));
    await page.keyboard.press('Escape');
    await until('no card', async () => !(await overlayShown(page)));
  });
});
