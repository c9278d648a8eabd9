// The work queue in the side panel: what comes first and why, whose it is, what waits, and clocks of the team's own hours.

import { deepEqual, equal, events, match, ok, suite, until, violations } from '../harness/index.mjs';
import { mention } from '../pages/mentions.mjs';
import { lines, writer } from '../../sync/events.mjs';

const ROW = '#log-rows .mention';
const HOUR = 3_600_000;

const SAID = [
  { ...mention('x', 'Noa Vidal', 'The cup exploded and burnt my hand, I had to go to the hospital.'), hours: 0.05 },
  { ...mention('x', 'Marta Ruiz', 'My order is three weeks late and nobody answers me. I want a refund.'), hours: 3 },
  { ...mention('reddit', 'Ben Ortiz', 'Best cold brew in town, thank you so much!'), hours: 2 },
  { ...mention('bluesky', 'Ida Falk', 'Do you ship to Norway, and how long does it take?'), hours: 0.5 },
];

/** Their posts, each written so many hours ago and saved just now. */
function saves(now) {
  const write = writer({ by: 'u-inesruiz', dev: 'd-ines' });
  return lines(SAID.map(({ network, name, text, m, hours }) => {
    const id = m.slice(0, 8);
    const published = { at: now - hours * HOUR, seen: now, precision: 'minute' };
    const post = { network, id, kind: 'post', permalink: `https://${network}.example/${id}`, text, published, counts: {}, author: { name, handle: id } };
    return write({ t: 'saved', m, v: { post, case: m, via: 'row' } }, now - 1000);
  }));
}

const names = (page) => page.$$eval(`${ROW} .name`, (all) => all.map((one) => one.textContent));
const row = (page, name) => page.$$eval(ROW, (all, who) => all.find((one) => one.textContent.includes(who))?.textContent ?? '', name);
const count = (page, view) => page.$eval(`#queue-${view} .count`, (it) => Number(it.textContent));
const view = (page, id) => page.click(`#queue-${id}`);

async function start({ extension, ours }) {
  await extension.say({ type: 'import', jsonl: saves(Date.now()) });
  const page = await ours('pages/panel.html');
  await page.bringToFront();
  await until('the rows', async () => (await names(page)).length === SAID.length);
  return page;
}

export default suite('the work queue', ({ test }) => {
  test('what is late comes first, then what weighs more, and the details say why', async (world) => {
    const page = await start(world);
    deepEqual(await names(page), ['Marta Ruiz', 'Noa Vidal', 'Ida Falk', 'Ben Ortiz']);
    match(await row(page, 'Marta'), /Overdue 1\d\d min|Overdue \d h/);
    match(await row(page, 'Noa'), /1\d min left/);
    match(await row(page, 'Ida'), /\d h left/);
    await world.shot(page, 'queue');
    deepEqual(await violations(page), []);
    await page.focus('#log-rows');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const why = await until('why', () => page.$eval('.why', (it) => it.textContent).catch(() => ''));
    match(why, /Why it is here: urgent/);
    match(why, /60/);
    match(why, /30/);
    await world.shot(page, 'queue-details');
    deepEqual(await violations(page), []);
  });

  test('the clock goes by the times and the hours that the team sets', async (world) => {
    await world.extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    const options = await world.ours('pages/options.html#service');
    await options.bringToFront();
    await options.waitForSelector('#service-complaint');
    await world.shot(options, 'options-service');
    deepEqual(await violations(options), []);
    await options.$eval('#service-complaint', (field) => {
      field.value = '600';
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await until('the minutes are kept', async () => {
      const last = (await events(world)).filter(({ t, v }) => t === 'setting' && v.value?.service).at(-1);
      return last?.v.value.service.first_answer.some(([id, minutes]) => id === 'complaint' && minutes === 600);
    });
    await options.bringToFront();
    await options.type('#holidays', '25.12.');
    await options.keyboard.press('Enter');
    await until('said', () => options.evaluate(() => document.body.textContent.includes('That is no date.')));
    const page = await start(world);
    match(await row(page, 'Marta'), /\d h left/);
    deepEqual((await names(page))[0], 'Noa Vidal');
  });

  test('views hold what they say: mine, waiting on others, snoozed; a selection is put off in one go', async (world) => {
    const page = await start(world);
    await page.focus('#log-rows');
    await page.keyboard.press('a');
    await until('who has it', () => page.evaluate(() => document.activeElement?.id === 'details-assignee'));
    const mine = await page.$$eval('#details-assignee option', (all) => all.map((one) => one.value).filter(Boolean));
    ok(mine.length > 0);
    await page.select('#details-assignee', mine[0]);
    await until('assigned', async () => (await events(world)).some(({ t }) => t === 'assigned'));
    await page.bringToFront();
    await page.focus('#log-rows');
    await page.keyboard.press('j');
    await page.keyboard.press('d');
    await until('whose turn', () => page.evaluate(() => document.activeElement?.id === 'details-department'));
    const departments = await page.$$eval('#details-department option', (all) => all.map((one) => one.value).filter((value) => value.length > 1));
    await page.select('#details-department', departments[0]);
    await until('it waits', async () => (await count(page, 'waiting')) === 1);
    equal(await count(page, 'unanswered'), 4);
    await view(page, 'waiting');
    await until('one that waits', async () => (await names(page)).length === 1);
    await view(page, 'now');
    await until('the others', async () => (await names(page)).length === 3);
    await page.focus('#log-rows');
    for (const key of ['Home', 'x', 'j', 'x']) await page.keyboard.press(key);
    const when = await until('times', () => page.$$eval('[aria-label="Snooze…"] option', (all) => all.map((one) => one.value).filter(Boolean)));
    await page.select('[aria-label="Snooze…"]', when.at(-1));
    await until('two that rest', async () => (await count(page, 'snoozed')) === 2);
    await view(page, 'snoozed');
    await until('both', async () => (await names(page)).length === 2);
    await view(page, 'due');
    await until('nothing is due', async () => (await page.$eval('.empty', (it) => it.textContent)).includes('Nothing is promised or due.'));
    await world.shot(page, 'queue-empty');
    deepEqual(await violations(page), []);
  });
});

export const dark = suite('the work queue, dark, es', { theme: 'dark' }, ({ test }) => {
  test('it speaks Spanish', async (world) => {
    await world.extension.say({ type: 'device', name: 'language', value: 'es' });
    const page = await start(world);
    equal(await page.$eval('h1', (it) => it.textContent.trim()), 'Pendientes');
    await world.shot(page, 'queue-es');
    deepEqual(await violations(page), []);
    await world.extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    const options = await world.ours('pages/options.html#service');
    await options.waitForSelector('#service-complaint');
    await world.shot(options, 'options-service-es');
    deepEqual(await violations(options), []);
  });
});

export const passing = suite('passing a mention on', ({ test }) => {
  test('a mention is passed on to another department: seen first, without names, and then it waits on them', async (world) => {
    const page = await start(world);
    await page.focus('#log-rows');
    for (const key of ['Home', 'x']) await page.keyboard.press(key);
    const name = (await names(page))[0];
    await page.click('::-p-text(Pass on…)');
    const text = () => page.$eval('#handover-text', (field) => field.value).catch(() => '');
    await until('what they will read', async () => (await text()).includes('A customer wrote on'));
    ok(!(await text()).includes(name), 'nobody is named');
    await page.click('#handover-personal');
    await until('the name', async () => (await text()).includes(name));
    await page.type('#handover-note', 'Where is the parcel?');
    await until('the note', async () => (await text()).includes('Where is the parcel?'));
    await world.shot(page, 'handover');
    deepEqual(await violations(page), []);
    const before = (await events(world)).length;
    await page.bringToFront();
    await page.evaluate(() => { navigator.clipboard.writeText = async (written) => { globalThis.written = written; }; });
    await page.click('#handover-copy');
    await until('its events', async () => (await events(world)).slice(before).some(({ t }) => t === 'due'));
    const made = (await events(world)).slice(before).map(({ t }) => t).sort();
    ok(['due', 'note', 'routed'].every((t) => made.includes(t)), `${made}`);
    match(await page.evaluate(() => globalThis.written), /Please answer with the number RJ-/);
    await until('no dialog', async () => !(await page.$('dialog.handover')));
  });
});
