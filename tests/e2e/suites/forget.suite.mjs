// A person asks to be forgotten, and a member leaves: what is gone afterwards, where, and who may do it.

import {
  ADMIN, SHORT_LIFE, bothWays, catchFile, deepEqual, endServer, equal, figure, joinTeam, logged, match, ok, setUpTeam, settle, somebody, stored, suite, teamServer,
  mainText as text, until, upToDate, write,
} from '../harness/index.mjs';
import { MENTIONS, saves } from '../pages/mentions.mjs';

const PERSON = 'Marta Ruiz';
const [MARTAS, , BENS] = MENTIONS;

/** Everything that this browser keeps of the workspace, as text. */
async function kept(page) {
  const all = await Promise.all(['events', 'outbox', 'mentions', 'cases', 'meta'].map((store) => stored(page, store)));
  return JSON.stringify(all);
}

/** The team's page with the part opened and a person looked for. */
async function lookFor(page, name) {
  await (await until('the part', () => page.$('#team-erase > summary'))).click();
  await write(page, '#erase-name', name);
  await page.click('#erase-look');
  return until('what was found', () => page.$eval('#erase-counts', (line) => line.textContent));
}

async function eraseChosen(page, name) {
  await write(page, '#erase-again', name);
  await (await until('to press', () => page.$('#erase-now:not([disabled])'))).click();
}

const ended = (page) => until('the end', () => page.$eval('#erase-ended', (line) => line.textContent.trim()));

export default suite('forgetting a person', { chain: true, prefs: SHORT_LIFE }, ({ test }) => {
  test('a person is found as author and where others name them, and nothing goes before the name is typed again', async (world) => {
    const { extension } = world;
    await settle(world, 'Ana');
    await extension.say({ type: 'import', jsonl: saves(MENTIONS) });
    await extension.say({ type: 'change', key: BENS.m, change: { type: 'note', text: `${PERSON} recommended us to him` } });
    const page = await world.ours('pages/team.html');
    await page.bringToFront();
    match(await lookFor(page, `@${PERSON.toLowerCase()}`), /Posts of theirs: 2\. Others that name them: 1\./);
    deepEqual(await page.$$eval('#team-erase li input', (all) => all.map((one) => one.checked)), [true, true, false]);
    ok(await page.$('#erase-now[disabled]'), 'the name is missing');
    await write(page, '#erase-again', 'Marta');
    ok(await page.$('#erase-now[disabled]'), 'that is another name');
    await page.close();
    await bothWays(world, 'forget', '#team-erase', async (other) => {
      await other.bringToFront();
      await lookFor(other, PERSON);
      await other.$eval('#erase-counts', (line) => line.scrollIntoView());
    });
  }, 120_000);

  test('what is erased is nowhere in this browser any more, and a record says so without naming anybody', async (world) => {
    const page = await world.ours('pages/team.html');
    await page.bringToFront();
    await catchFile(page);
    await lookFor(page, PERSON);
    await eraseChosen(page, PERSON);
    equal(await ended(page), 'Erased: 2. Looked again afterwards, and found: 1.');
    await page.click('#erase-rest');
    await (await until('the note', () => page.$('#erase_naming input'))).click();
    await eraseChosen(page, PERSON);
    await until('none', async () => (await ended(page)) === 'Erased: 1. Looked again afterwards, and found: 0.');
    const all = await kept(page);
    ok(!/marta|ruiz|4711/i.test(all), all);
    equal((await stored(page, 'events')).filter(({ text: words }) => !words).length, 4, 'that they were there is kept');
    await page.click('#erase-record');
    const record = await until('the record', () => page.evaluate(() => globalThis.written));
    ok(!/marta/i.test(record), record);
    deepEqual([JSON.parse(record).mentions.length, JSON.parse(record).events_emptied.length, JSON.parse(record).mentions_found_afterwards], [3, 4, 0]);
    await world.shot(page, 'forget-done');
    deepEqual(await world.violations(page), []);
  }, 120_000);

  test('neither a background that starts anew nor the same file brings it back', async (world) => {
    await world.extension.kill();
    await world.extension.say({ type: 'import', jsonl: saves([MARTAS], Date.now() - 60_000) });
    const page = await world.ours('pages/log.html');
    await until('an empty log', () => page.$('.empty'));
    equal(await page.$('#log-rows .mention'), null);
    ok(!/marta/i.test(await kept(page)));
  });
});

export const team = suite('forgetting a person in a team', { chain: true, before: teamServer, after: endServer }, ({ test }) => {
  let lines;
  let carla;

  const martas = async (page) => (await kept(page)).includes('Marta');

  test('who is no lead may not, and loses nothing by trying', async (world) => {
    await settle(world, 'Ana');
    const page = await world.ours('pages/team.html');
    lines = await setUpTeam(page, world.given.running.url, [['ana', 'lead'], ['carla', 'reader']]);
    await joinTeam(page, lines.ana);
    await upToDate(page);
    await world.extension.say({ type: 'import', jsonl: saves(MENTIONS) });
    await world.extension.say({ type: 'change', key: BENS.m, change: { type: 'assignee', user: 'carla' } });
    carla = { ...(await somebody(world.kind, world.site)), site: world.site };
    await settle(carla, 'Carla');
    const hers = await carla.extension.open('pages/team.html');
    await hers.bringToFront();
    await joinTeam(hers, lines.carla);
    await until('the log', () => martas(hers));
    await lookFor(hers, PERSON);
    await eraseChosen(hers, PERSON);
    match(await until('why not', () => hers.$eval('#erase-failed', (line) => line.textContent)), /only a lead may/);
    ok(await martas(hers));
    await hers.close();
  }, 120_000);

  test('what a lead erases is gone from every colleague\'s browser at the next contact', async (world) => {
    const page = await world.ours('pages/team.html');
    await page.bringToFront();
    await lookFor(page, PERSON);
    await eraseChosen(page, PERSON);
    equal(await ended(page), 'Erased: 2. Looked again afterwards, and found: 0.');
    const hers = await carla.extension.open('pages/team.html');
    await until('nothing of the person', async () => {
      await carla.extension.say({ type: 'sync' });
      return !(await martas(hers));
    }, { every: 300 });
    ok((await kept(hers)).includes('cold brew'), 'and nothing else is');
    await hers.close();
  }, 120_000);

  test('what the server still has is counted and listed; one that cannot remove it says so', async (world) => {
    const page = await world.ours('pages/team.html');
    await page.bringToFront();
    await (await until('the part', () => page.$('#team-erase > summary'))).click();
    await page.click('#purge-look');
    await until('the count', async () => (await text(page)).includes('still has 2 documents'));
    await catchFile(page);
    await page.click('#purge-list');
    const list = await until('the list', () => page.evaluate(() => globalThis.written));
    match(list, /^(\d{4}-\d\d![0-9A-Z]{13}-[0-9A-Z]{8}\n){2}$/);
    await write(page, '#purge-name', ADMIN.name);
    await write(page, '#purge-password', ADMIN.password);
    await page.click('#erase-server form button[type="submit"]');
    await until('what it cannot', async () => (await text(page)).includes('cannot remove documents for good'));
    deepEqual(await world.violations(page), []);
    await world.shot(page, 'forget-server');
  }, 120_000);

  test('a member who is removed keeps what was not sent, and nothing else; the open cases go to somebody else', async (world) => {
    const hers = await carla.extension.open('pages/team.html');
    await carla.extension.say({ type: 'change', key: BENS.m, change: { type: 'note', text: 'A reader\'s note' } });
    await until('it is refused', async () => Number(await figure(hers, 'team-refused')) > 0);
    const page = await world.ours('pages/team.html');
    await page.bringToFront();
    await (await until('the part for administrators', () => page.$('#team-admin > summary'))).click();
    await write(page, '#admin-name', ADMIN.name);
    await write(page, '#admin-password', ADMIN.password);
    await write(page, '#leaver-user', 'carla');
    await page.click('#team-leaver button[type="submit"]');
    await until('the open case', async () => (await page.$eval('#leaver-cases', (part) => part.textContent)).includes('Open cases of theirs: 1'));
    await write(page, '#leaver-heir', 'Ana');
    await page.click('#leaver-pass');
    await until('it is Ana\'s', async () => (await logged(page)).findLast(({ t }) => t === 'assigned').v.user === 'Ana');
    await until('what she sees', async () => {
      await carla.extension.say({ type: 'sync' });
      return hers.$('#removed-unsent');
    }, { every: 300 });
    await hers.bringToFront();
    const left = await logged(hers);
    ok(left.some(({ v }) => v.text === 'A reader\'s note') && left.every(({ by }) => by === 'carla' || by.startsWith('u-')), JSON.stringify(left));
    ok(!(await kept(hers)).includes('cold brew'));
    deepEqual(await world.violations(hers), []);
    await world.shot(hers, 'team-removed');
    await catchFile(hers);
    await hers.click('#removed-save');
    match(await until('the file', () => hers.evaluate(() => globalThis.written)), /A reader's note/);
    await hers.click('#removed-leave');
    await until('the form to join', () => hers.$('#team-invite'));
    await carla.browser.close();
  }, 120_000);
});
