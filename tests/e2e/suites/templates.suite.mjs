// Templates in a reply: found by words that one half remembers, filled in, inserted, sent, and what they do with the case.

import { deepEqual, equal, events, form, gate, ok, overlayShown, picker, press, pressInCard, steady, strip, suite, until } from '../harness/index.mjs';
import { box, control, definition, serveSending } from '../pages/sending.mjs';

const TEMPLATE = {
  title: 'Where your order is', language: 'en', trigger: 'whereis', tags: ['parcel', 'carrier'],
  body: 'Hello {{ author.first_name | default("there") }}, order {{ form.order }} is on its way to {{ form.city }}.'
    + '{% if form.more is defined %} {{ form.more }}{% endif %}{{ cursor() }}',
  fields: [
    { name: 'order', label: 'Order number' },
    { name: 'city', label: 'City', kind: 'choice', choices: ['Madrid', 'Vigo'] },
    { name: 'more', label: 'Anything else', kind: 'paragraph', optional: true },
  ],
  actions: { tags: ['delivery'], status: 'waiting', department: 'Logistics', due_hours: 24 },
};
const FILLED = 'Hello Marta, order 4711 is on its way to Vigo.';

const sent = (page) => page.evaluate(() => globalThis.lab.sent);
const model = (page, kind) => page.evaluate((name) => globalThis.lab.model[name](), kind);

async function start({ site, open, define, extension }, kind, options) {
  await define(definition);
  await extension.say({ type: 'put', item: 'template', id: 'whereis', value: TEMPLATE });
  const page = await open(serveSending(site, options));
  await page.click(box(kind));
  await until('the strip', () => strip(page, `[data-id="${kind}"]`));
  return page;
}

/** Finds the template by words that are not its title's own, and opens its form. */
async function toTheForm(page, kind) {
  await press(page, '.templates', `[data-id="${kind}"]`);
  await until('the picker', () => overlayShown(page));
  await page.keyboard.type('ordr carrier');
  await until('the template', async () => (await picker(page)).chosen === TEMPLATE.title);
  await page.keyboard.press('Enter');
  return until('the form, ready to be typed into', async () => {
    const shown = await form(page);
    return shown?.focused === 'form-0' && shown;
  });
}

export const filling = suite('a template with fields', ({ test }) => {
  for (const kind of ['form', 'react', 'lexical', 'draft']) {
    test(`${kind}: found by half-remembered words, filled in, inserted, sent; the case follows`, async (world) => {
      const page = await start(world, kind);
      const { title, values } = await toTheForm(page, kind);
      equal(title, TEMPLATE.title);
      deepEqual(values, ['', 'Madrid', '']);
      await page.keyboard.type('4711');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Vigo');
      await until('the text as it will read', async () => (await form(page)).preview === FILLED);
      await pressInCard(page, '.button.primary');
      await until('the text in the box', async () => (await model(page, kind)) === FILLED);
      ok(!(await overlayShown(page)));
      // The caret is where a person goes on writing.
      await page.keyboard.type(' Anything else?');
      await until('what was typed after it', async () => (await model(page, kind)) === `${FILLED} Anything else?`);
      await page.click(control(kind));
      await until('the reply', async () => (await sent(page)).length);
      deepEqual(await sent(page), [`${FILLED} Anything else?`]);
      await until('the case as the template left it', async () => {
        const all = await events(world);
        const about = all.findLast(({ t }) => t === 'replied');
        const of = (t) => all.filter((one) => one.t === t && one.m === about?.m).map(({ v }) => v);
        return about?.v.template === 'whereis' && of('tagged')[0]?.tag === 'delivery' && of('status').at(-1)?.status === 'waiting'
          && of('routed').at(-1)?.department === 'Logistics' && of('due').length > 0;
      });
    });

    test(`${kind}: a form that is closed inserts nothing, and gives the caret back`, async (world) => {
      const page = await start(world, kind);
      await page.keyboard.type('So far. ');
      await toTheForm(page, kind);
      await page.keyboard.type('4711');
      await page.keyboard.press('Escape');
      await until('no form', async () => !(await overlayShown(page)));
      await page.keyboard.type('And on.');
      equal(await steady('the text', () => model(page, kind)), 'So far. And on.');
    });
  }

  test('Enter inserts too, but not while something is missing; held down it sends nothing', async (world) => {
    const page = await start(world, 'react');
    await toTheForm(page, 'react');
    await until('what is missing', async () => {
      await page.keyboard.press('Enter');
      return (await form(page)).missing.includes('Order number');
    });
    equal(await model(page, 'react'), '');
    await page.keyboard.type('4711');
    await until('the text as it will read', async () => (await form(page)).preview.includes('4711'));
    await page.keyboard.down('Enter');
    await until('the text in the box', async () => (await model(page, 'react')).includes('4711'));
    for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    deepEqual(await steady('what was sent', () => sent(page)), []);
    equal(await model(page, 'react'), FILLED.replace('Vigo', 'Madrid'));
  });

  test('an author without a name gets the fallback', async (world) => {
    const page = await start(world, 'react', { name: 'xX_m4rta_Xx' });
    await toTheForm(page, 'react');
    await page.keyboard.type('4711');
    await until('the text as it will read', async () => (await form(page)).preview.startsWith('Hello there, order 4711'));
  });

  test('what has no value is not inserted, and held by the gate when somebody writes it', async (world) => {
    const page = await start(world, 'react');
    await world.extension.say({ type: 'put', item: 'template', id: 'casenumber', value: { title: 'Your case number', language: 'en', trigger: 'casenumber', body: 'Your case is {{ case.number }}.' } });
    await press(page, '.templates', '[data-id="react"]');
    await until('the picker', () => overlayShown(page));
    await page.keyboard.type('your case number');
    await until('the template', async () => (await picker(page)).chosen === 'Your case number');
    await page.keyboard.press('Enter');
    ok((await steady('the preview', async () => (await picker(page)).preview)).includes('{{ case.number }}'));
    await page.keyboard.press('Escape');
    await until('no picker', async () => !(await overlayShown(page)));
    equal(await model(page, 'react'), '');
    await page.keyboard.type('Your case is {{ case.number }}.');
    await page.click(control('react'));
    ok((await until('the card', () => gate(page))).why.includes('{{ case.number }}'));
    deepEqual(await sent(page), []);
  });
});
