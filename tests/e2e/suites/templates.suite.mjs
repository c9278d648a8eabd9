// Templates in a reply: found by words that one half remembers, filled in, inserted, sent, and what they do with the case.

import {
  SHORT_LIFE, deepEqual, equal, events, form, gate, ok, overlay, overlayShown, picker, press, pressInCard, reach, steady, strip, suite, underlined, until,
} from '../harness/index.mjs';
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

export const interrupted = suite('a form that is open while the background dies', { prefs: SHORT_LIFE }, ({ test }) => {
  for (const kind of ['react', 'lexical']) {
    test(`${kind}: keeps what was filled in, and goes in where it was opened`, async (world) => {
      const page = await start(world, kind);
      await page.keyboard.type(`So far, ${kind}. `);
      await toTheForm(page, kind);
      await page.keyboard.type('47');
      await until('the first half', async () => (await form(page)).values[0] === '47');
      await world.extension.kill();
      await page.keyboard.type('11');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Vigo');
      await until('the text as it will read', async () => {
        const shown = await form(page);
        if (shown?.preview !== FILLED) throw new Error(`${JSON.stringify(shown)} ${await (await overlay(page)).$eval('body', (body) => body.innerText)}`);
        return true;
      });
      deepEqual((await form(page)).values.slice(0, 2), ['4711', 'Vigo']);
      await world.extension.kill();
      await pressInCard(page, '.button.primary');
      await until('the text in the box', async () => (await model(page, kind)) === `So far, ${kind}. ${FILLED}`);
      ok(!(await overlayShown(page)));
      const replies = async () => (await events(world)).filter(({ t, v }) => t === 'replied' && v.template === 'whereis');
      const before = (await replies()).length;
      await page.bringToFront();
      await world.extension.kill();
      await page.click(control(kind));
      await until('the reply in the log as the template\'s', async () => {
        if ((await replies()).length > before) return true;
        const said = (await events(world)).at(-1);
        throw new Error(`${await model(page, kind)} | ${JSON.stringify(said)}`);
      });
    });
  }

  test('the list of templates still answers a click', async (world) => {
    const page = await start(world, 'react');
    await press(page, '.templates', '[data-id="react"]');
    await until('the list', async () => (await picker(page)).titles.length > 3);
    await world.extension.kill();
    await pressInCard(page, '.picker-list li:nth-child(2) .title');
    await until('a text in the box, or a form', async () => (await model(page, 'react')) || (await form(page)));
  });
});

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
      const whole = `${FILLED} Anything else for the ${kind}?`;
      await page.keyboard.type(whole.slice(FILLED.length));
      await until('what was typed after it', async () => (await model(page, kind)) === whole);
      await page.click(control(kind));
      await until('the reply', async () => (await sent(page)).length);
      deepEqual(await sent(page), [whole]);
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
    await world.extension.say({ type: 'put', item: 'template', id: 'returns', value: { title: 'Where returns go', language: 'en', trigger: 'returns', body: 'Please see {{ links.returns }}.' } });
    await press(page, '.templates', '[data-id="react"]');
    await until('the picker', () => overlayShown(page));
    await page.keyboard.type('where returns go');
    await until('the template', async () => (await picker(page)).chosen === 'Where returns go');
    await page.keyboard.press('Enter');
    ok((await steady('the preview', async () => (await picker(page)).preview)).includes('{{ links.returns }}'));
    await page.keyboard.press('Escape');
    await until('no picker', async () => !(await overlayShown(page)));
    equal(await model(page, 'react'), '');
    await page.keyboard.type('Please see {{ links.returns }}.');
    await page.click(control('react'));
    ok((await until('the card', () => gate(page))).why.includes('{{ links.returns }}'));
    deepEqual(await sent(page), []);
  });
});

const THANKS = { title: 'Qqthx for writing', language: 'en', trigger: 'qqthx', body: 'Hello {{ author.first_name | default("there") }}, thank you for writing.{{ cursor() }}' };
const SORRY = { title: 'Qqsry for the wait', language: 'en', trigger: 'qqsry', body: 'Hello {{ author.first_name | default("there") }}, we are sorry for the wait.' };
const CASE = { title: 'Qqcase number', language: 'en', trigger: 'qqcase', body: 'Your case is {{ case.number }}.' };
/** Something to underline, so that one can see when the text has been checked. */
const CHECKED = 'It will definitely arrive. ';
const squash = (text) => text.replace(/\s+/g, ' ').trim();

async function startFinding(world, kind) {
  const page = await start(world, kind);
  for (const one of [THANKS, SORRY, CASE]) await world.extension.say({ type: 'put', item: 'template', id: one.trigger, value: one });
  return page;
}

async function openPicker(page, kind) {
  await press(page, '.templates', `[data-id="${kind}"]`);
  return until('the picker', async () => (await overlayShown(page)) && (await picker(page)).titles.length && picker(page));
}

async function choose(page, title) {
  await page.keyboard.type(title);
  await until(`"${title}" chosen`, async () => (await picker(page)).chosen === title);
}

/**
 * Writes a trigger behind some words, and waits until its beginning has been checked: the words are written in front of
 * that beginning, so whatever check underlines them has seen it.
 */
async function writeTrigger(page, trigger) {
  await page.keyboard.type(`;${trigger[0]}`);
  await page.keyboard.press('Home');
  await page.keyboard.type(CHECKED);
  await until('the text checked', async () => (await underlined(page)).some((words) => words.includes('definitely')));
  await page.keyboard.press('End');
  await page.keyboard.type(trigger.slice(1));
}

/** A person's press on something in a row of the list. */
async function pressInRow(page, title, css) {
  const frame = await overlay(page);
  // The list may be drawn anew between the look and the press.
  const find = async () => (await frame.evaluateHandle((wanted, selector) => [...document.querySelectorAll('.picker-list li')]
    .find((row) => row.querySelector('.title').textContent === wanted)?.querySelector(selector), title, css)).asElement();
  await steady('its place', async () => (await find())?.boundingBox(), 150);
  await reach(`${css} of ${title}`, find);
}

const focused = (page, kind) => page.evaluate((css) => Boolean(document.querySelector(css)?.contains(document.activeElement)), box(kind));
const all = async (page, kind) => squash(await model(page, kind));

export const finding = suite('finding the right template', ({ test }) => {
  test('a favourite stands after the suggestions, put there by mouse and taken away by key', async (world) => {
    const page = await startFinding(world, 'react');
    await openPicker(page, 'react');
    await choose(page, THANKS.title);
    await pressInRow(page, THANKS.title, '.star');
    await until('its star', async () => (await picker(page)).starred.includes(THANKS.title));
    await page.keyboard.press('Escape');
    await until('no picker', async () => !(await overlayShown(page)));
    await openPicker(page, 'react');
    await page.keyboard.press('Backspace');
    const shown = await until('the favourite in its place', async () => {
      const now = await picker(page);
      return now.query === '' && now.titles[now.suggested] === THANKS.title && now;
    });
    ok(shown.suggested > 0);
    for (let step = 0; step < shown.suggested; step += 1) await page.keyboard.press('ArrowDown');
    await until('it is chosen', async () => (await picker(page)).chosen === THANKS.title);
    await page.keyboard.down('Alt');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.up('Alt');
    await until('no star', async () => !(await picker(page)).starred.length);
    equal(await model(page, 'react'), '');
  });

  test('the last search is there again, and typing replaces it', async (world) => {
    const page = await startFinding(world, 'react');
    await openPicker(page, 'react');
    await choose(page, SORRY.title);
    await page.keyboard.press('Escape');
    await until('no picker', async () => !(await overlayShown(page)));
    const again = await openPicker(page, 'react');
    deepEqual([again.query, again.remembered, again.chosen], [SORRY.title, true, SORRY.title]);
    await page.keyboard.type('qqcase');
    await until('other words', async () => {
      const { query, remembered, chosen } = await picker(page);
      return query === 'qqcase' && !remembered && chosen === CASE.title;
    });
    equal(await model(page, 'react'), '');
  });

  for (const kind of ['form', 'react', 'lexical', 'draft']) {
    test(`${kind}: a trigger behind a semicolon becomes its template on Tab, held down as well, and one undo brings it back`, async (world) => {
      const page = await startFinding(world, kind);
      await writeTrigger(page, THANKS.trigger);
      await page.keyboard.down('Tab');
      for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down('Tab');
      const filled = squash(`${CHECKED}Hello Marta, thank you for writing.`);
      await until('the text', async () => (await all(page, kind)) === filled);
      for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down('Tab');
      await page.keyboard.up('Tab');
      ok(await focused(page, kind), 'the caret is still there');
      equal(await steady('the text', () => all(page, kind)), filled);
      deepEqual(await sent(page), []);
      await page.keyboard.down('Control');
      await page.keyboard.press('z');
      await page.keyboard.up('Control');
      await until('what was written', async () => (await all(page, kind)) === `${CHECKED};${THANKS.trigger}`);
    });

    test(`${kind}: Tab after anything else is the page's own`, async (world) => {
      const page = await startFinding(world, kind);
      await writeTrigger(page, `${THANKS.trigger}x`);
      await page.keyboard.press('Tab');
      ok(!(await focused(page, kind)));
      equal(await all(page, kind), `${CHECKED};${THANKS.trigger}x`);
    });

    test(`${kind}: several templates go in as one, greeted once, and one undo takes them out`, async (world) => {
      const page = await startFinding(world, kind);
      await openPicker(page, kind);
      await choose(page, SORRY.title);
      await page.keyboard.down('Shift');
      await page.keyboard.press('Enter');
      await page.keyboard.up('Shift');
      await until('one on the stack', async () => (await picker(page)).stack.length === 1);
      await page.keyboard.type('qq');
      await until('the others', async () => (await picker(page)).titles.includes(CASE.title));
      await pressInRow(page, CASE.title, '.plus');
      await until('two on the stack', async () => (await picker(page)).stack.length === 2);
      await page.keyboard.press('Backspace');
      deepEqual((await until('one again', async () => {
        const now = await picker(page);
        return now.stack.length === 1 && now;
      })).stack, [SORRY.title]);
      await choose(page, THANKS.title);
      const filled = 'Hello Marta, we are sorry for the wait. Thank you for writing.';
      await until('the whole of it', async () => squash((await picker(page)).preview) === filled);
      await page.keyboard.press('Enter');
      await until('the text', async () => (await all(page, kind)) === filled);
      ok((await model(page, kind)).includes('\n\n'), 'a blank line between them');
      deepEqual(await steady('what was sent', () => sent(page)), []);
      await page.keyboard.down('Control');
      await page.keyboard.press('z');
      await page.keyboard.up('Control');
      await until('nothing', async () => (await all(page, kind)) === '');
    });
  }

  test('Shift+Enter held down stacks once and reaches no box that sends on Enter', async (world) => {
    const page = await startFinding(world, 'react');
    await openPicker(page, 'react');
    await choose(page, SORRY.title);
    await page.keyboard.down('Shift');
    await page.keyboard.down('Enter');
    await until('one on the stack', async () => (await picker(page)).stack.length === 1);
    for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.keyboard.up('Shift');
    deepEqual((await steady('the picker', () => picker(page))).stack, [SORRY.title]);
    equal(await model(page, 'react'), '');
    deepEqual(await sent(page), []);
  });

  test('a trigger whose template has fields opens its form', async (world) => {
    const page = await startFinding(world, 'react');
    await writeTrigger(page, 'whereis');
    await page.keyboard.press('Tab');
    await until('the form', async () => (await form(page))?.focused === 'form-0');
    await page.keyboard.type('4711');
    await until('the text as it will read', async () => (await form(page)).preview.includes('4711'));
    await pressInCard(page, '.button.primary');
    await until('the text', async () => (await all(page, 'react')) === `${CHECKED}${FILLED.replace('Vigo', 'Madrid')}`);
  });

  test('a trigger whose template has a hole opens the picker, which says why', async (world) => {
    const page = await startFinding(world, 'react');
    await writeTrigger(page, CASE.trigger);
    await page.keyboard.press('Tab');
    await until('the picker, saying why', async () => {
      const { note, chosen } = (await overlayShown(page)) ? await picker(page) : {};
      return note?.includes('case.number') && chosen === CASE.title;
    });
    await page.keyboard.press('Escape');
    await until('no picker', async () => !(await overlayShown(page)));
    equal(await all(page, 'react'), `${CHECKED};${CASE.trigger}`);
    ok(await focused(page, 'react'));
  });
});
