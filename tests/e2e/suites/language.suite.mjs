// Language and form of address of a reply: the strip says them and why, one key or a press switches them, templates follow,
// and the choice stands for the author's next post. And words that were said before are not said again by oversight.

import {
  SHORT_LIFE, deepEqual, equal, events, gate, match, ok, overlayShown, picker, press, pressInCard, strip, suite, until, waitInside,
} from '../harness/index.mjs';
import { box, control, definition, serveSending } from '../pages/sending.mjs';

const AT = '[data-id="react"]';

const sent = (page) => page.evaluate(() => globalThis.lab.sent);
const model = (page, kind) => page.evaluate((name) => globalThis.lab.model[name](), kind);

async function start({ site, open, define }) {
  await define(definition);
  const page = await open(serveSending(site));
  await focus(page, 'react');
  return page;
}

const focus = async (page, kind) => {
  await page.click(box(kind));
  await until('the strip', () => strip(page, `[data-id="${kind}"]`));
};

/** Alt+/ in the composer. */
async function turn(page) {
  await page.keyboard.down('Alt');
  await page.keyboard.press('Slash');
  await page.keyboard.up('Alt');
}

const says = (page, language, near = AT) => until(`the strip to say ${language}`, async () => {
  const shown = await strip(page, near);
  if (shown?.language === language) return shown;
  throw new Error(JSON.stringify(shown));
});

/** The picker, once it lists something for these words. */
async function search(page, words) {
  await press(page, '.templates', AT);
  await until('the picker', () => overlayShown(page));
  await page.keyboard.type(words);
  return until('a template', async () => {
    const shown = await picker(page);
    return shown.query === words && shown.titles.length && shown;
  });
}

export const languages = suite('language and form of address', { prefs: SHORT_LIFE }, ({ test }) => {
  test('the key and the button switch them, templates follow, and the author\'s next reply has them after a new start', async (world) => {
    const page = await start(world);
    const first = await says(page, 'EN ▾');
    equal(first.why, 'The post you answer is written in this language.');
    await turn(page);
    equal((await says(page, 'ES · usted ▾')).why, 'As you chose.');
    ok(!(await overlayShown(page)));
    equal(await model(page, 'react'), '', 'the key types nothing');

    const formal = await search(page, 'pedido retraso');
    equal(formal.titles[0], 'Pedido con retraso');
    deepEqual(formal.titles.filter((title) => title.startsWith('Pedido con retraso')), ['Pedido con retraso'], 'a family once');
    match(formal.note, /^ES · usted/);
    await turn(page);
    await says(page, 'ES · tú ▾');
    await until('the other variant', async () => (await picker(page)).chosen === 'Pedido con retraso (tú)');
    match((await picker(page)).note, /^ES · tú/);
    await page.keyboard.press('Enter');
    await until('its text', async () => (await model(page, 'react')).startsWith('Hola, Marta'));
    await until('no picker', async () => !(await overlayShown(page)));

    await world.extension.kill();
    await focus(page, 'lexical');
    const next = await says(page, 'ES · tú ▾', '[data-id="lexical"]');
    equal(next.why, 'As chosen for @marta before.');
    await press(page, '.language', '[data-id="lexical"]');
    await says(page, 'EN ▾', '[data-id="lexical"]');
    ok(await page.$eval(box('lexical'), (area) => area === document.activeElement), 'the caret stays in the box');
  });

  test('what the strip says is a button with its reason, and passes axe', async (world) => {
    const page = await start(world);
    const button = await waitInside(page, 'button.language', AT);
    deepEqual(await page.evaluate(({ textContent, title }) => [/▾$/.test(textContent), Boolean(title)], button), [true, true]);
    deepEqual(await world.violations(page, { within: ['[data-rejoinder]', '.strip'] }), []);
  });
});

export const again = suite('the same words again', { prefs: SHORT_LIFE }, ({ test }) => {
  test('are held also after the background has died, and a variant is offered in their place', async (world) => {
    for (const [id, body] of [['qone', 'Thank you, we are on it.'], ['qtwo', 'Thanks, somebody is looking into it.']]) {
      await world.extension.say({ type: 'put', item: 'template', id, value: { title: id, family: 'qq', language: 'en', trigger: id, body } });
    }
    const page = await start(world);
    for (const held of [false, true]) {
      await search(page, 'qone');
      await until('the template', async () => (await picker(page)).chosen === 'qone');
      await page.keyboard.press('Enter');
      await until('its text', async () => (await model(page, 'react')) === 'Thank you, we are on it.');
      await until('no picker', async () => !(await overlayShown(page)));
      await until('the verdict', async () => (await world.extension.askFrom(page, 'verdict')).current);
      await page.click(control('react'));
      if (held) break;
      await until('the reply', async () => (await sent(page)).length === 1);
      await until('an empty box', async () => (await model(page, 'react')) === '');
      // The next background first hears of the other box.
      await world.extension.kill();
      await focus(page, 'lexical');
      await until('the reply in the log', async () => (await events(world)).some(({ t }) => t === 'replied'));
      await page.bringToFront();
      await focus(page, 'react');
    }
    const shown = await until('the card', async () => {
      const card = await gate(page);
      return card?.focused === 'gate-fix' && card;
    });
    match(shown.why, /This thread already has these words/);
    equal(shown.fix, 'Say it in other words');
    await pressInCard(page, '#gate-fix');
    await until('other words', async () => (await model(page, 'react')) === 'Thanks, somebody is looking into it.');
    deepEqual(await sent(page), ['Thank you, we are on it.']);
    await until('the verdict', async () => (await world.extension.askFrom(page, 'verdict')).current);
    await page.click(control('react'));
    await until('the second reply', async () => (await sent(page)).length === 2);
  });
});
