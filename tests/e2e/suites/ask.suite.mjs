// A colleague's look at a reply: asked for at the composer, decided in the log, used at the composer, wherever the page and
// the background have been meanwhile.

import {
  SHORT_LIFE, deepEqual, equal, events, gate, ok, overlay, overlayShown, press, pressInCard, steady, strip, suite, until, violations,
} from '../harness/index.mjs';
import { box, control, definition, serveSending } from '../pages/sending.mjs';

const REPLY = 'Hello Marta, it left us today.';
const BETTER = 'Hello Marta, it left us this morning.';

const sent = (page) => page.evaluate(() => globalThis.lab.sent);
const model = (page, kind) => page.evaluate((name) => globalThis.lab.model[name](), kind);
const near = (kind) => `[data-id="${kind}"]`;

/** What the strip says of the case, once it says `words`. */
const says = (page, kind, words) => until(`"${words}" on the strip`, async () => {
  const said = (await strip(page, near(kind)))?.case;
  if (said === words) return true;
  throw new Error(`it says "${said}"`);
});

async function start({ site, open, define }, kind, text) {
  await define(definition);
  const page = await open(serveSending(site));
  await enter(page, kind, text);
  return page;
}

async function enter(page, kind, text) {
  await page.click(box(kind));
  await until('the strip', () => strip(page, near(kind)));
  await page.keyboard.type(text);
  await until('the text', async () => (await model(page, kind)) === text);
}

/** Opens the card at the composer. */
async function card(page, kind, by = '.more') {
  await press(page, by, near(kind));
  await until('the card', () => overlayShown(page));
  return overlay(page);
}

async function ask(page, kind, reviewer, note = '') {
  const frame = await card(page, kind);
  await pressInCard(page, '::-p-text(Ask for a look)');
  // The form takes the focus when it is drawn: what is typed before that would go astray.
  await until('the form', () => frame.evaluate(() => document.activeElement?.id === 'look-who'));
  if (reviewer) await frame.select('#look-who', reviewer);
  if (note) await frame.type('#look-note', note);
  await pressInCard(page, '#look-send');
  await until('no card', async () => !(await overlayShown(page)));
}

let count = 0;

/** Something that a colleague wrote, which comes in as from a file. */
async function arrives(world, by, like, t, v) {
  count += 1;
  const id = `${like._id.replace(/-[^-]*$/, '')}-${by.toUpperCase().padEnd(6, '0').slice(0, 6)}${String(count).padStart(2, '0')}`;
  const event = { _id: id, t, by, dev: `${by}1`, m: like.m, hlc: like.hlc, sv: 1, seen: [], v };
  const { added, problems } = await world.extension.say({ type: 'import', jsonl: JSON.stringify(event) });
  deepEqual([added, problems], [1, []]);
  return event;
}

const lastDraft = async (world) => (await events(world)).findLast(({ t }) => t === 'draft');

async function decides(world, page, by, decision, text = '') {
  const draft = await lastDraft(world);
  await arrives(world, by, draft, 'reviewed', { draft: draft._id, decision, text });
  await page.bringToFront();
}

async function undo(page) {
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await page.keyboard.up('Control');
}

export const composer = suite('a look at a reply, at the composer', ({ test }) => {
  for (const kind of ['form', 'react', 'lexical', 'draft']) {
    test(`${kind}: asked, approved, changed, held, put back, sent`, async (world) => {
      const text = `${REPLY} (${kind})`;
      const page = await start(world, kind, text);
      await ask(page, kind, 'Ben', 'Is today right?');
      await says(page, kind, 'With Ben to look at');
      equal(await model(page, kind), text, 'the text stays');
      const draft = await lastDraft(world);
      deepEqual([draft.v.text, draft.v.reviewer, draft.v.note], [text, 'Ben', 'Is today right?']);
      await decides(world, page, 'Ben', 'approved');
      await says(page, kind, 'Ben approved it');
      await page.click(box(kind));
      await page.keyboard.press('End');
      await page.keyboard.type(' Or so.');
      await says(page, kind, 'Changed since Ben approved it');
      const changed = await model(page, kind);
      await page.click(control(kind));
      const { why } = await until('the gate', () => gate(page));
      equal(why, 'Changed since Ben approved it.');
      deepEqual(await sent(page), []);
      await until('the card to take the key', async () => {
        await page.keyboard.press('Escape');
        return !(await overlayShown(page));
      }, { every: 100 });
      await card(page, kind, '.case');
      await pressInCard(page, '.use-text');
      await until('the approved text', async () => (await model(page, kind)) === text);
      // The page's Lexical keeps no history.
      if (kind !== 'lexical') {
        await undo(page);
        await until('one undo to take it back', async () => (await model(page, kind)) === changed);
        await card(page, kind, '.case');
        await pressInCard(page, '.use-text');
      }
      await says(page, kind, 'Ben approved it');
      await page.click(control(kind));
      await until('the reply', async () => (await sent(page)).length);
      deepEqual(await steady('what was sent', () => sent(page)), [text]);
      equal((await events(world)).filter(({ t }) => t === 'overrode').length, 0);
    });
  }

  test('what a colleague wrote instead is shown beside it, and used', async (world) => {
    const page = await start(world, 'line', REPLY);
    await ask(page, 'line');
    await says(page, 'line', 'With the team to look at');
    await decides(world, page, 'Carla', 'changed', BETTER);
    await says(page, 'line', 'Carla changed it');
    const frame = await card(page, 'line', '.case');
    await until('what changed', () => frame.$('ins'));
    deepEqual(await frame.$$eval('del, ins', (words) => words.map((word) => [...word.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join('').trim())), ['today.', 'this morning.']);
    deepEqual(await violations(frame), []);
    await pressInCard(page, '.use-text');
    await until('the new text', async () => (await model(page, 'line')) === BETTER);
    await page.click(control('line'));
    await until('the reply', async () => (await sent(page)).length);
    deepEqual(await sent(page), [BETTER]);
  });

  test('whoever is alone keeps a draft, and is told what is missing', async (world) => {
    const { state } = await world.extension.say({ type: 'open', page: 'log' });
    await world.extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, people: [] } });
    const page = await start(world, 'line', REPLY);
    const frame = await card(page, 'line');
    await pressInCard(page, '::-p-text(Ask for a look)');
    ok((await until('why', () => frame.$eval('.notice', (notice) => notice.textContent))).includes('Nobody else is in this workspace'));
    deepEqual(await violations(frame), []);
    await pressInCard(page, '#look-send');
    await says(page, 'line', 'Draft kept');
    await world.extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace } });
  });
});

export const later = suite('a look at a reply, later', { prefs: SHORT_LIFE }, ({ test }) => {
  test('it is there when the person comes back, with another background', async (world) => {
    const page = await start(world, 'react', REPLY);
    await ask(page, 'react', 'Ana');
    await says(page, 'react', 'With Ana to look at');
    await world.extension.kill();
    await decides(world, page, 'Ana', 'commented', 'Say which day.');
    await page.reload();
    await page.click(box('react'));
    await says(page, 'react', 'Ana says: Say which day.');
    const frame = await card(page, 'react');
    await pressInCard(page, '::-p-text(Withdraw)');
    await until('nothing to look at', async () => !(await frame.$('.look')));
    await page.keyboard.press('Escape');
    await until('no card', async () => !(await overlayShown(page)));
    await until('the strip to say so', async () => !(await strip(page, near('react'))).case.includes('Ana says'));
  });
});

export const inTheLog = suite('a look at a reply, in the log', ({ test }) => {
  const title = (page) => page.$eval('#log-rows .mention .said', (said) => said.textContent.trim());
  const section = (page) => page.$$eval('.details .look', (looks) => looks.map((look) => look.textContent));

  /** Ben asks about a reply to a post in the log. */
  async function asked(world, kind) {
    await world.define(definition);
    const page = await world.open(serveSending(world.site));
    await press(page, '[data-act="save"]', near(kind));
    const saved = await until('the save', async () => (await events(world)).findLast(({ t, v }) => t === 'saved' && v.post.id === kind));
    await arrives(world, 'Ben', saved, 'draft', { text: REPLY, network: 'practice', note: 'Is today right?' });
  }

  test('what waits for me is counted, found, approved by keyboard and taken back', async (world) => {
    await asked(world, 'form');
    const page = await world.ours('pages/log.html');
    await page.bringToFront();
    await until('the count', () => page.$eval('.to-look-at', (button) => button.textContent.includes('(1)')).catch(() => false));
    await page.focus('.to-look-at');
    await page.keyboard.press('Enter');
    await until('the one', async () => (await page.$$('#log-rows .mention')).length === 1);
    ok((await title(page)).includes('My order is late'));
    await until('the filter', () => page.$eval('.to-look-at', (button) => button.getAttribute('aria-pressed') === 'true'));
    await page.focus('#log-rows');
    await until('the cursor', () => page.$('#log-rows .mention.active'));
    await page.keyboard.press('Enter');
    await until('the reply', async () => (await section(page)).some((look) => look.includes(REPLY) && look.includes('Is today right?')));
    deepEqual(await violations(page), []);
    await page.focus('.details .look .button');
    await page.keyboard.press('Enter');
    await until('the decision', async () => (await section(page)).some((look) => look.includes('approved the reply')));
    await until('nothing to look at', () => page.$eval('.to-look-at', (button) => !button.textContent.includes('(')));
    ok((await page.$eval('.details', (details) => details.textContent)).includes('Ben asked the team for a look · '), 'the history says when');
    await page.focus('.log-bar .button');
    await page.keyboard.press('Enter');
    await until('it waits again', () => page.$eval('.to-look-at', (button) => button.textContent.includes('(1)')).catch(() => false));
  });

  test('it is changed and approved, or commented on; what is half written outlives a change by somebody else', async (world) => {
    await asked(world, 'line');
    const page = await world.ours('pages/log.html');
    await page.bringToFront();
    await until('the button', () => page.$('.to-look-at'));
    await page.click('.to-look-at');
    await page.click('#log-rows .mention');
    await until('the reply', async () => (await section(page)).length);
    await page.click('.details .look ::-p-text(Change and approve)');
    await until('the text to change', () => page.$eval('#look-text', (area, text) => area.value === text, REPLY).catch(() => false));
    await page.type('#look-text', ' Promised!');
    const draft = await lastDraft(world);
    await arrives(world, 'Carla', draft, 'reviewed', { draft: draft._id, decision: 'commented', text: 'Ask the shop.' });
    await page.bringToFront();
    await until('her comment', async () => (await section(page)).some((look) => look.includes('Ask the shop.')));
    ok((await page.$eval('#look-text', (area) => area.value)).includes('Promised!'));
    await page.click('.details .look ::-p-text(Approve this text)');
    await until('the change', () => page.$('.details .look ins'));
    const said = (await events(world)).findLast(({ t }) => t === 'reviewed');
    deepEqual([said.v.decision, said.v.text.includes('Promised!'), said.seen.length], ['changed', true, 1]);
  });
});
