// The send gate on real editors: what is held, what passes untouched, what a person can do, and that nothing is ever sent
// twice or lost, whatever happens between the press and the network.

import {
  SHORT_LIFE, deepEqual, equal, events, gate, ok, overlayShown, pressInCard, steady, strip, suite, until,
} from '../harness/index.mjs';
import { KINDS, NEWS, box, control, definition, reply, serveSending } from '../pages/sending.mjs';
import { BEN, post } from '../pages/thread.mjs';

const CLEAN = 'Hello Marta, thank you for writing. We are looking into it.';
const HOLE = 'Hello {{ name }}, thank you for writing.';

const sent = (page) => page.evaluate(() => globalThis.lab.sent);
const model = (page, kind) => page.evaluate((name) => globalThis.lab.model[name](), kind);

/** The verdict on what stands in the box now is there. */
const checked = (extension, page) => until('the verdict', async () => (await extension.askFrom(page, 'verdict')).current);

async function write(page, kind, text) {
  await page.click(box(kind));
  await until('the strip', () => strip(page, `[data-id="${kind}"]`));
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
        // The second copy of one text in a thread would be held.
        const text = `Hello Marta, thank you for writing by ${how} in ${kind}.`;
        await write(page, kind, text);
        await checked(world.extension, page);
        await press(page, kind, how);
        await until('the reply', async () => (await sent(page)).length);
        await until('an empty box', async () => (await model(page, kind)) === '');
        deepEqual(await sent(page), [text]);
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
        await pressInCard(page, '#gate-send');
        await until('the reply', async () => (await sent(page)).length);
        await until('an empty box', async () => (await model(page, kind)) === '');
        deepEqual(await steady('what was sent', () => sent(page)), [HOLE]);
      });
    }
  }
});

const ANA = { ...BEN, id: 'ana', handle: 'ana_gil', name: 'Ana Gil' };
const SAME = 'Thank you for writing, we are looking into it.';
const COPIES = reply('r1', 'albacoffee', 'Alba Coffee', SAME) + reply('r2', 'albacoffee', 'Alba Coffee', SAME);

/** Check, what is held and a word of the reason, what passes, and the page it happens on. */
const CHECKS = [
  ['personal data', 'Hello Marta, is marta.ruiz@example.com still right?', 'marta.ruiz@example.com', 'Hello Marta, write to help@albacoffee.example.'],
  ['a note for colleagues', '[internal] she called twice', '[internal]', 'Our internal team is looking into it.'],
  ['a hole', 'Hello [name], thank you for writing.', '[name]', 'Hello Marta [sic], thank you for writing.'],
  ['somebody else\'s name', 'Hello Ana, thank you for writing.', 'Ana', 'Hello Marta, thank you for writing.', { extra: post(ANA) }],
  ['a voice error', 'Hello Marta. Please send us your order number.', 'answer this in public', 'Hello Marta. Please send us a direct message.'],
  ['a text that is too long', `Hello Marta, ${'thank you '.repeat(20)}`.trim(), '200', 'Hello Marta, thank you.'],
  ['a copy of what the thread has', SAME, 'already has these words', 'Thank you for writing. It left us today.', { replies: COPIES }],
  ['a personal account', 'Hello Marta, one moment.', 'personal account', 'Hello Marta, one moment please.', { acting: 'sam.rivera' }, {}],
  // In a thread of its own: the log remembers who answered.
  ['another account than the thread knows', 'We are looking.', '@alba.care', 'We are looking into it.',
    { replies: reply('r9', 'alba.care', 'Alba Care', 'We are on it.') }, { acting: 'alba.care' }, 'line'],
];

export const checks = suite('each check of the send gate', ({ test }) => {
  test('a post to everybody is asked about once', async (world) => {
    const page = await start(world, { extra: NEWS });
    await page.click('.new-post-form textarea');
    await until('the strip', () => strip(page));
    await page.keyboard.type('We open at nine tomorrow.');
    await page.click('.new-post-form button');
    ok((await card(page)).why.includes('@albacoffee'));
    await pressInCard(page, '#gate-send');
    await until('the post', async () => (await sent(page)).length === 1);
    await until('the log to know', async () => (await events(world)).some(({ t }) => t === 'overrode'));
    await page.bringToFront();
    await until('an empty box', () => page.$eval('.new-post-form textarea', (area) => !area.value));
    await page.click('.new-post-form textarea');
    await page.keyboard.type('And we close at six.');
    await checked(world.extension, page);
    await page.click('.new-post-form button');
    await until('the next post', async () => (await sent(page)).length === 2);
  });

  for (const [name, held, words, passes, where, elsewhere = where, kind = 'form'] of CHECKS) {
    test(`${name}: held`, async (world) => {
      if (words === '@alba.care') await care(world);
      const page = await start(world, where);
      await until('the posts to be read', async () => (await world.extension.askFrom(page, 'seen')) >= KINDS.length);
      await write(page, kind, held);
      await checked(world.extension, page);
      await press(page, kind, 'mouse');
      const { why, more } = await card(page);
      ok([why, ...more].some((line) => line.includes(words)), `${why} ${more}`);
      deepEqual(await sent(page), []);
    });

    test(`${name}: passes`, async (world) => {
      const page = await start(world, elsewhere);
      await write(page, kind, passes);
      await checked(world.extension, page);
      await press(page, kind, 'mouse');
      await until('the reply', async () => (await sent(page)).length === 1);
      deepEqual(await sent(page), [passes]);
    });
  }

  test('a check that is switched off holds nothing', async (world) => {
    const { state } = await world.extension.say({ type: 'open', page: 'log' });
    await world.extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, checks_off: ['placeholder'] } });
    const page = await start(world);
    await write(page, 'lexical', 'Hello {{ name }}');
    await checked(world.extension, page);
    await press(page, 'lexical', 'mouse');
    await until('the reply', async () => {
      if ((await sent(page)).length === 1) return true;
      throw new Error(JSON.stringify([await gate(page), await strip(page, '[data-id="lexical"]')]));
    });
    await world.extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, checks_off: [] } });
  });
});

/** The sample brand has a second account. */
async function care({ extension }) {
  const { state } = await extension.say({ type: 'open', page: 'log' });
  const accounts = [...state.workspace.accounts, { network: 'practice', handle: 'alba.care', kind: 'brand' }];
  await extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, accounts } });
}

export const person = suite('what a person can do about a held reply', ({ test }) => {
  test('a cross reply is stopped for one breath, once in a conversation', async (world) => {
    const cross = 'As we already said, it takes two days.';
    const page = await start(world);
    await write(page, 'react', cross);
    await checked(world.extension, page);
    await page.keyboard.press('Enter');
    const { why, fix } = await card(page);
    equal(why, '“As we already said” may sound cross to whoever reads it. A calmer word first?');
    equal(fix, 'Show me where');
    await page.keyboard.press('Escape');
    await until('no card', async () => !(await overlayShown(page)));
    deepEqual(await sent(page), []);
    await page.click(control('react'));
    await until('the reply', async () => (await sent(page)).length === 1);
    deepEqual(await sent(page), [cross]);
  });

  test('Escape leads back to the text, and nothing is sent', async (world) => {
    const page = await start(world);
    await write(page, 'react', HOLE);
    await page.keyboard.press('Enter');
    await card(page);
    await until('the card to take the key', async () => {
      await page.keyboard.press('Escape');
      return !(await overlayShown(page));
    }, { every: 100 });
    await until('the caret in the box', () => page.$eval(box('react'), (area) => area === document.activeElement));
    equal(await model(page, 'react'), HOLE);
    deepEqual(await sent(page), []);
  });

  test('however long Enter is held, it neither mends nor sends', async (world) => {
    const page = await start(world);
    await write(page, 'react', HOLE);
    for (let held = 0; held < 40; held += 1) await page.keyboard.down('Enter');
    await card(page);
    for (let held = 0; held < 40; held += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    ok(await gate(page));
    deepEqual(await sent(page), []);
    equal(await model(page, 'react'), HOLE);
  });

  test('one chord sends it anyway, and the log says which checks were overridden', async (world) => {
    const page = await start(world);
    await write(page, 'lexical', HOLE);
    await page.keyboard.press('Enter');
    await card(page);
    await until('the card to take the keys', async () => {
      await chord(page, 'Alt', 'Enter');
      return (await sent(page)).length;
    }, { every: 100 });
    deepEqual(await steady('what was sent', () => sent(page)), [HOLE]);
    const [overrode] = await until('the event', async () => {
      const all = (await events(world)).filter(({ t }) => t === 'overrode');
      return all.length && all;
    });
    deepEqual(overrode.v.checks, ['placeholder']);
    ok(!JSON.stringify(overrode).includes('thank you'), 'no text');
  });

  test('the fix of a wrong name writes the right one', async (world) => {
    const page = await start(world, { extra: post(ANA) });
    await until('the posts to be read', async () => (await world.extension.askFrom(page, 'seen')) > KINDS.length);
    await write(page, 'draft', 'Hello Ana, thank you.');
    await press(page, 'draft', 'Ctrl+Enter');
    equal((await card(page)).fix, 'Write “Marta”');
    await pressInCard(page, '#gate-fix');
    await until('the right name', async () => (await model(page, 'draft')) === 'Hello Marta, thank you.');
    deepEqual(await sent(page), []);
    await checked(world.extension, page);
    await page.click(control('draft'));
    await until('the reply', async () => (await sent(page)).length === 1);
  });

  test('"show me where" puts the selection around the words', async (world) => {
    const page = await start(world);
    await write(page, 'form', HOLE);
    await press(page, 'form', 'mouse');
    await card(page);
    await pressInCard(page, '#gate-fix');
    await until('the selection', () => page.$eval(box('form'), (area) => area === document.activeElement
      && area.value.slice(area.selectionStart, area.selectionEnd) === '{{ name }}'));
  });

  test('personal data: the case moves to direct messages, and the hand-off takes the place of the text', async (world) => {
    const page = await start(world);
    await write(page, 'form', 'Hello Marta, is it +34 612 345 678?');
    await press(page, 'form', 'mouse');
    equal((await card(page)).fix, 'Move to direct messages');
    await pressInCard(page, '#gate-fix');
    await until('the hand-off', async () => (await model(page, 'form')).includes('direct message'));
    ok(!(await model(page, 'form')).includes('612'));
    deepEqual(await sent(page), []);
    await until('the status', async () => (await events(world)).some(({ t, v }) => t === 'status' && v.status === 'moved_to_dm'));
  });

  test('a word that an input method composes is nobody\'s Send', async (world) => {
    // Only Chromium lets a test compose.
    if (world.kind !== 'chromium') return;
    const page = await start(world);
    await write(page, 'react', 'Hola ');
    const session = await page.createCDPSession();
    await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
    await session.send('Input.insertText', { text: '日本' });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    await until('the word', async () => (await model(page, 'react')) === 'Hola 日本');
    deepEqual(await sent(page), []);
    ok(!(await overlayShown(page)));
  });
});

export const silence = suite('a background that does not answer', ({ test }) => {
  test('lets the reply through, marked as not checked', async (world) => {
    const page = await start(world);
    await write(page, 'react', 'Hello Marta');
    await checked(world.extension, page);
    await world.extension.askFrom(page, 'hang', 3_000);
    await page.evaluate(() => globalThis.lab.type(', thank you.'));
    await page.keyboard.press('Enter');
    await until('the reply', async () => (await sent(page)).length === 1, { within: 2_500 });
    deepEqual(await sent(page), ['Hello Marta, thank you.']);
    ok((await strip(page)).notice.includes('without a check'));
    await until('the log to know', async () => (await events(world)).some(({ t, v }) => t === 'replied' && v.unchecked));
  });

  test('a send in one box does not wait for the one in another', async (world) => {
    const page = await start(world);
    const first = 'Hello Marta, thank you for the first.';
    await write(page, 'react', 'Hello Marta');
    await write(page, 'line', 'Hello Marta');
    await checked(world.extension, page);
    await world.extension.askFrom(page, 'hang', 3_000);
    await page.evaluate(() => globalThis.lab.type(', thank you for the first.'));
    await page.keyboard.press('Enter');
    await page.click(box('react'));
    await page.keyboard.press('End');
    await page.evaluate(() => globalThis.lab.type(', and for this.'));
    await page.click(control('react'));
    await until('both', async () => (await sent(page)).length === 2, { within: 2_500 });
    deepEqual(await sent(page), [first, 'Hello Marta, and for this.']);
  });

  test('says why a reply is held when it cannot show the card, and lets the next press through', async (world) => {
    const page = await start(world);
    await write(page, 'react', HOLE);
    await checked(world.extension, page);
    await world.extension.askFrom(page, 'hang', 4_500);
    await page.keyboard.press('Enter');
    await until('the reason', async () => (await strip(page, '[data-id="react"]')).notice.includes('{{ name }}'), { within: 4_000 });
    deepEqual(await sent(page), []);
    await page.keyboard.press('Enter');
    await until('the reply', async () => (await sent(page)).length === 1);
    deepEqual(await sent(page), [HOLE]);
  });
});

export const death = suite('a background that has died', { prefs: SHORT_LIFE }, ({ test }) => {
  test('does not touch a reply that was checked before', async (world) => {
    const page = await start(world);
    await write(page, 'lexical', CLEAN);
    await checked(world.extension, page);
    await world.extension.kill();
    await page.keyboard.press('Enter');
    await until('the reply', async () => (await sent(page)).length === 1);
    deepEqual(await page.evaluate(() => globalThis.lab.trusted), [true]);
  });
});

/** The same numbers in every run (xorshift). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const SENDS = 550;

export const random = suite('sends as they come', ({ test }) => {
  test(`of ${SENDS} hurried sends none goes twice and none is lost`, async (world) => {
    const page = await start(world);
    const next = numbers(20_261_122);
    const lost = [];
    // Draft.js breaks under text that comes at once.
    const write = (kind, text) => (kind === 'draft' ? page.keyboard.type(text) : page.evaluate((words) => globalThis.lab.type(words), text));
    for (let number = 0; number < SENDS; number += 1) {
      const kind = KINDS[next(KINDS.length)];
      const text = `Hello Marta, this is number ${number}.`;
      if (await model(page, kind)) await page.evaluate((name) => globalThis.lab.mount(name), kind);
      // The strip of another box may go between the look and the press, and everything below it moves.
      await until(`the caret in the box of ${kind}`, async () => {
        await page.click(box(kind));
        return page.$eval(box(kind), (element) => element.contains(document.activeElement));
      });
      // The strip moves the network's button once, when it comes.
      await until('the strip', () => strip(page, `[data-id="${kind}"]`));
      await until('the pointer on the button', () => page.hover(control(kind)).then(() => true));
      await page.evaluate((delay) => { globalThis.lab.delay = delay; }, next(3) * 20);
      await write(kind, text);
      // An older strip may have gone meanwhile.
      const place = await until('the button to press', async () => (await page.$(control(kind))).clickablePoint());
      const count = () => page.evaluate((words) => globalThis.lab.sent.filter((one) => one.includes(words)).length, text);
      const way = next(4);
      await page.mouse.click(place.x, place.y, { count: way === 1 ? 2 : 1 });
      if (way === 2) await write(kind, ' And more.');
      if (way === 3) {
        // The network builds the box anew: the text is gone with it, or was sent.
        await page.evaluate((name) => globalThis.lab.mount(name), kind);
      } else {
        let again = false;
        await until(`number ${number} (${kind}, ${way}) to be sent`, async () => {
          if (await count()) return true;
          // Text that changed after the press waits for another one.
          const said = (await strip(page, `[data-id="${kind}"]`))?.notice ?? '';
          if (way === 2 && said.includes('Press Send again') && !again) { again = true; await page.click(control(kind)); }
          throw new Error(`${said} | ${await model(page, kind)} | ${await overlayShown(page)}`);
        });
        await until('an empty box', async () => (await model(page, kind)) === '' || way === 2);
        if (way === 2) await page.evaluate((name) => globalThis.lab.mount(name), kind);
        if (!(await count())) lost.push(text);
      }
    }
    const times = new Map();
    for (const one of await steady('what was sent', () => sent(page))) {
      const key = one.match(/number \d+/)[0];
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    deepEqual([...times].filter(([, count]) => count > 1), []);
    deepEqual(lost, []);
    // Who lets a press go does it once, and never beside the person's own.
    const clicks = await page.evaluate(() => globalThis.lab.clicks);
    const ours = clicks.filter(({ trusted, text }) => !trusted && text);
    equal(new Set(ours.map(({ text }) => text)).size, ours.length);
    deepEqual(ours.filter(({ text }) => clicks.some((one) => one.trusted && one.text === text)), []);
    ok(ours.length > 0 && ours.length < SENDS, `${ours.length} were looked at late`);
  }, 900_000);
});
