// The log page: mentions that are one case, what comes first, and what can wait.

import { deepEqual, equal, events, match, ok, suite, until, violations } from '../harness/index.mjs';
import { MENTIONS, saves } from '../pages/mentions.mjs';

const ROW = '#log-rows .mention';

const names = (page) => page.$$eval(`${ROW} .name`, (all) => all.map((one) => one.textContent));
const number = (page) => page.$eval('#case-title', (title) => title.textContent.replace('Case ', ''));
const others = (page) => page.$$eval('.case-mentions li', (all) => all.map((one) => one.textContent)).catch(() => []);
const details = (page) => page.$eval('.details h2', (title) => title.textContent).catch(() => '');

/** The mention of this author in this network, opened. */
async function open(page, name, network) {
  const rows = await page.$$(ROW);
  for (const row of rows) {
    if ((await row.evaluate((one) => one.textContent)).includes(name) && (await row.evaluate((one) => one.textContent)).includes(network)) {
      await row.click();
      return until('its details', async () => (await details(page)).includes(name));
    }
  }
  throw new Error(`no row of ${name}, ${network}`);
}

async function start({ extension, ours }) {
  await extension.say({ type: 'import', jsonl: saves(MENTIONS) });
  const page = await ours('pages/log.html');
  await page.bringToFront();
  await until('the rows', async () => (await names(page)).length === MENTIONS.length);
  return page;
}

export default suite('the log page', ({ test }) => {
  test('the same words of the same person on two networks are proposed as one case, joined, and parted by undo', async (world) => {
    const page = await start(world);
    await open(page, 'Marta', 'Facebook');
    const own = await number(page);
    match(own, /^RJ-[0-9A-HJKMNP-TV-Z]{5}$/);
    await until('the proposal', async () => (await others(page)).some((text) => text.startsWith('X · Marta')));
    await page.click('.case .notice ::-p-text(Put into this case)');
    await until('one case', async () => !(await page.$('.case .notice')) && (await others(page)).length === 1);
    await page.click('.case-mentions button');
    await until('the other mention', async () => (await number(page)) === own && (await page.$eval('.details', (it) => it.textContent)).includes('X'));
    const moved = (await events(world)).findLast(({ t }) => t === 'case');
    equal(moved.m, MENTIONS[0].m);
    await page.bringToFront();
    await page.click('.log-bar .button');
    await until('two cases', async () => (await number(page)) !== own && (await page.$('.case .notice')));
  });

  test('chosen mentions are made one case, found by its number, and one is taken out again', async (world) => {
    const page = await start(world);
    await page.focus('#log-rows');
    for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
    await page.click('::-p-text(Make one case)');
    await until('no choice between them', async () => !(await page.$('::-p-text(Make one case)')));
    await open(page, 'Ben', 'X');
    await until('the other', async () => (await others(page)).length === 1);
    const shared = await number(page);
    await page.type('#log-search', shared);
    await until('both', async () => (await names(page)).length === 2);
    await page.click('::-p-text(Take out of this case)');
    await until('one', async () => (await names(page)).length === 1);
    deepEqual(await violations(page), []);
  });

  test('what was done about a post and why, and that it is gone, is chosen, shown and taken back', async (world) => {
    const page = await start(world);
    await open(page, 'Ben', 'X');
    const choose = async (id, words, standing) => {
      const value = await until(`"${words}"`, () => page.$$eval(`#${id} option`, (all, wanted) => all.find((one) => one.textContent === wanted)?.value, words));
      await page.select(`#${id}`, value);
      // The lists are built anew once it lasts: both say then what stands.
      await until(`${id}: ${words}`, () => page.$$eval('#details-moderation, #details-ground', (lists, wanted) => lists.length === 2
        && lists.every((list) => list.value === wanted), JSON.stringify(standing)));
    };
    equal(await page.$('#details-ground'), null, 'nothing was done: there is no reason');
    await choose('details-moderation', 'Hidden by us', { action: 'hidden' });
    await choose('details-ground', 'spam', { action: 'hidden', reason: 'spam' });
    await choose('details-moderation', 'Author blocked', { action: 'blocked', reason: 'spam' });
    const said = async () => (await events(world)).filter(({ t }) => t === 'moderated').map(({ v }) => [v.action, v.reason ?? null]);
    deepEqual((await said()).slice(-3), [['hidden', null], ['hidden', 'spam'], ['blocked', 'spam']]);
    await page.bringToFront();
    await page.click('::-p-text(The post is gone from the network)');
    await until('the chip', () => page.$$eval(ROW, (rows) => rows.some((one) => one.textContent.includes('Gone'))));
    await world.shot(page, 'log-moderated');
    deepEqual(await violations(page), []);
    await page.click('.log-bar .button');
    await until('no chip', () => page.$$eval(ROW, (rows) => !rows.some((one) => one.textContent.includes('Gone'))));
  });

  test('what is urgent and what can wait is set by keyboard, shown and filtered', async (world) => {
    const page = await start(world);
    const choose = async (id, value) => {
      await until(`the ${id}`, () => page.evaluate((name) => document.activeElement?.id === name, id));
      await page.select(`#${id}`, value);
    };
    await page.focus('#log-rows');
    await page.keyboard.press('p');
    await choose('details-priority', 'urgent');
    await until('the word', () => page.$$eval(ROW, (rows) => rows[0].textContent.includes('Urgent')));
    await page.focus('#log-rows');
    await page.keyboard.press('j');
    await page.keyboard.press('z');
    const times = await page.$$eval('#details-snooze option', (all) => all.map((one) => Number(one.value)).filter(Boolean));
    ok(times.length === 4 && times.every((at, i) => at > Date.now() && (!i || at > times[i - 1] || i === 1)), `${times}`);
    await choose('details-snooze', String(times[3]));
    await until('the clock', () => page.$$eval(ROW, (rows) => rows[1].textContent.includes('Snoozed until')));
    const all = (await names(page)).length;
    await page.select('[aria-label="Snoozed or not"]', 'no');
    await until('those that are awake', async () => (await names(page)).length === all - 1);
    await page.select('[aria-label="Any priority"]', 'urgent');
    await until('what is urgent', async () => (await names(page)).length === 1);
    const said = (await events(world)).filter(({ t }) => t === 'priority' || t === 'snoozed').map(({ t, v }) => [t, v.priority ?? v.until]);
    deepEqual(said.slice(-2), [['priority', 'urgent'], ['snoozed', times[3]]]);
  });
});
