// A team's log: two people with a browser each, and a real server between them.

import {
  ADMIN, SHORT_LIFE, WORKSPACE, bothWays, deepEqual, endServer, equal, figure, gate, joinTeam, logged, mainText as text, match,
  ok, press, row, setUpTeam, settle, shareNow, somebody, strip, suite, teamServer, until, upToDate,
} from '../harness/index.mjs';
import { serveTwin } from '../pages/practice.mjs';

const POST = '[data-id="p-101"]';
const BOX = `${POST} .reply-form textarea`;

/** The practice page of a person, in their own workspace. */
async function feed({ browser, site, keep }) {
  const page = await browser.newPage();
  keep?.(page);
  await page.goto(serveTwin(site, { query: '?lang=en' }), { waitUntil: 'load' });
  await page.bringToFront();
  return page;
}

export default suite('a team', {
  chain: true,
  before: teamServer,
  after: endServer,
}, ({ test }) => {
  let lines = {};
  let ben;
  let ana;
  let feeds;

  test('an administrator sets a workspace up and invites people, from the page alone', async (world) => {
    await settle(world, 'Ana');
    const page = await world.ours('pages/team.html');
    lines = await setUpTeam(page, world.given.running.url, [['ana', 'lead'], ['ben', 'agent'], ['carla', 'reader']]);
    match(lines.ben, /^rejoinder:\?url=http%3A%2F%2F127/);
    await bothWays(world, 'team-join', '#team-invite');
  }, 120_000);

  test('a wrong line and an unsafe address are told before anything is sent', async (world) => {
    const page = await world.ours('pages/team.html');
    await joinTeam(page, lines.ana.slice(0, 40));
    await until('what is wrong', async () => (await text(page)).includes('Copy the whole line'));
    await joinTeam(page, lines.ana.replace('127.0.0.1', 'couch.example.com'));
    await until('what is wrong', async () => (await text(page)).includes('must begin with https://'));
  });

  test('joining by an invitation brings the log along, and says how far it is', async (world) => {
    const page = await world.ours('pages/team.html');
    await joinTeam(page, lines.ana);
    await upToDate(page);
    await until('all confirmed', async () => (await figure(page, 'team-waiting')) === '0' && (await figure(page, 'team-saved')) !== '0'
      && (await figure(page, 'team-confirmed')) === (await figure(page, 'team-saved')));
    // What the invitation carried is worth nothing now.
    const code = new URLSearchParams(lines.ana.split('?')[1]).get('code');
    const again = await fetch(`${world.given.running.url}/_session`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'ana', password: code }),
    });
    equal(again.status, 401);
    await bothWays(world, 'team', '#team-saved', (other) => other.$eval('#team-files', (part) => { part.open = true; }));
  });

  test('every test of the connection is passed', async (world) => {
    const page = await world.ours('pages/team.html');
    await (await until('the check', () => page.$('[aria-labelledby="team-check"] button'))).click();
    await until('all tests', async () => (await page.$$('#team-tests li')).length === 8 && (await page.$eval('#team-tests', (list) => list.getAttribute('aria-busy'))) === 'false');
    deepEqual(await page.$$eval('#team-tests li', (rows) => rows.filter((one) => one.dataset.ok !== 'true').map((one) => one.innerText)), []);
  });

  test('Ben joins, and has the team\'s names', async (world) => {
    ben = { ...(await somebody(world.kind, world.site)), site: world.site };
    await settle(ben, 'Ben');
    const page = await ben.extension.open('pages/team.html');
    await joinTeam(page, lines.ben);
    await upToDate(page);
    await until('Ana\'s name', async () => (await logged(page)).some(({ t, v }) => t === 'setting' && v.value?.name === 'Ana'));
    await page.close();
  }, 120_000);

  test('Ana saves a post and takes it; Ben sees it in his page', async (world) => {
    ana = { browser: world.browser, extension: world.extension, site: world.site };
    feeds = { ana: await feed(ana), ben: await feed(ben) };
    await until('Ben\'s row', async () => {
      // A post that nobody need look at has one only under the pointer.
      await feeds.ben.hover(POST);
      return row(feeds.ben, POST);
    });
    await feeds.ana.bringToFront();
    await press(feeds.ana, '[data-act="save"]', POST);
    const page = await world.ours('pages/log.html');
    const saved = await until('the event', async () => (await logged(page)).find(({ t }) => t === 'saved'));
    const since = Date.now();
    await world.extension.say({ type: 'change', key: saved.m, change: { type: 'assignee', user: 'ana' } });
    await until('"Ana\'s" beside the post', async () => (await row(feeds.ben, POST)).marks.some((mark) => mark.includes('Ana')));
    console.log(`      ${world.kind}: a colleague's change was seen after ${Date.now() - since} ms`);
  });

  test('while Ben types, Ana sees that beside the post, in her own reply box and in the log', async (world) => {
    await feeds.ana.bringToFront();
    await feeds.ana.click(`${POST} .post-reply-button`);
    await feeds.ana.type(BOX, 'Hello Marta');
    await feeds.ben.bringToFront();
    // Ana was first, and Ben hears so.
    await until('"Ana is replying"', async () => (await row(feeds.ben, POST)).marks.includes('Ana is replying…'));
    await feeds.ben.click(`${POST} .post-reply-button`);
    const since = Date.now();
    await feeds.ben.type(BOX, 'Hello Marta, your order left us today.');
    await until('Ana at Ben\'s box', async () => (await strip(feeds.ben, POST))?.case === 'Ana is replying…');
    await feeds.ben.click(`${POST} .reply-form button[type="submit"]`);
    await until('what holds his answer', async () => (await gate(feeds.ben))?.why.includes('Ana is writing an answer'));
    await feeds.ben.keyboard.press('Escape');
    await until('"Ben is replying"', async () => (await row(feeds.ana, POST)).marks.includes('Ben is replying…'));
    console.log(`      ${world.kind}: who types was seen after ${Date.now() - since} ms`);
    await until('Ben at Ana\'s box', async () => (await strip(feeds.ana, POST)).case === 'Ben is replying…');
    const log = await world.ours('pages/log.html');
    await until('Ben in the log', () => log.$$eval('#log-rows .mention', (rows) => rows.some((one) => one.textContent.includes('Ben is replying…'))));
    await log.close();
    await feeds.ana.bringToFront();
    await feeds.ana.$eval(BOX, (box) => { box.focus(); box.select(); });
    await feeds.ana.keyboard.press('Backspace');
    await until('nobody else at Ben\'s box', async () => !(await strip(feeds.ben, POST)).case.includes('Ana is replying'));
  }, 120_000);

  test('Ben answers; Ana sees who answered', async () => {
    await feeds.ben.bringToFront();
    await feeds.ben.click(`${POST} .reply-form button[type="submit"]`);
    await feeds.ana.bringToFront();
    await until('"Answered" by Ben', async () => (await row(feeds.ana, POST)).marks.some((mark) => /Answered.*Ben/.test(mark)));
  });

  test('while the server is down everything is kept, and said; later it goes by itself', async (world) => {
    await world.given.running.kill();
    const page = await world.ours('pages/team.html');
    const { m } = (await logged(page)).find(({ t }) => t === 'saved');
    await world.extension.say({ type: 'change', key: m, change: { type: 'note', text: 'Written while the server was away' } });
    await until('what is wrong', async () => (await text(page)).includes('The server does not answer'));
    await until('it waits', async () => (await figure(page, 'team-waiting')) === '1');
    await world.given.running.restart();
    // The server has forgotten every session meanwhile.
    await shareNow(page);
    await upToDate(page);
    await until('nothing waits', async () => (await figure(page, 'team-waiting')) === '0');
    const look = await ben.extension.open('pages/team.html');
    await shareNow(look);
    await until('the note', async () => (await logged(look)).some(({ v }) => v?.text === 'Written while the server was away'));
    await look.close();
  }, 120_000);

  test('what both change while they do not know of each other is with both afterwards', async (world) => {
    const pages = [await world.ours('pages/team.html'), await ben.extension.open('pages/team.html')];
    const { m } = (await logged(pages[0])).find(({ t }) => t === 'saved');
    await world.given.running.kill();
    await world.extension.say({ type: 'change', key: m, change: { type: 'status', status: 'resolved' } });
    await ben.extension.say({ type: 'change', key: m, change: { type: 'status', status: 'open' } });
    await world.given.running.restart();
    const ids = async (page) => (await logged(page)).map(({ _id }) => _id).toSorted();
    await until('the same log on both sides', async () => {
      for (const page of pages) await shareNow(page);
      const [anas, bens] = [await ids(pages[0]), await ids(pages[1])];
      return anas.length === bens.length && anas.every((id, at) => id === bens[at]);
    }, { every: 500 });
    const set = (await logged(pages[0])).filter(({ t }) => t === 'status').slice(-2);
    deepEqual(set.map(({ by, v }) => [by, v.status]).toSorted(), [['ana', 'resolved'], ['ben', 'open']]);
    ok(!set.some(({ seen }) => seen.some((id) => set.some(({ _id }) => _id === id))), 'neither knew of the other');
    await pages[1].close();
  }, 120_000);

  test('a password that was changed on the server is asked for, and nothing is lost', async (world) => {
    const page = await ben.extension.open('pages/team.html');
    const headers = { authorization: `Basic ${btoa(`${ADMIN.name}:${ADMIN.password}`)}`, 'content-type': 'application/json' };
    const user = `${world.given.running.url}/_users/org.couchdb.user:ben`;
    const known = await (await fetch(user, { headers })).json();
    await fetch(user, { method: 'PUT', headers, body: JSON.stringify({ ...known, password: 'another one' }) });
    // Sessions from before do not end with that everywhere.
    await world.given.running.kill();
    await world.given.running.restart();
    const { m } = (await logged(page)).find(({ t }) => t === 'saved');
    await ben.extension.say({ type: 'change', key: m, change: { type: 'note', text: 'With an old password' } });
    await shareNow(page);
    await until('what to do', async () => (await text(page)).includes('does not let ben in'));
    await until('it waits', async () => Number(await figure(page, 'team-waiting')) > 0);
    await page.close();
  }, 120_000);

  test('a server that the browser no longer allows is named; allowed again, what waited goes', async (world) => {
    const page = await world.ours('pages/team.html');
    await page.bringToFront();
    if (world.kind === 'firefox') {
      await page.evaluate(() => chrome.permissions.remove({ origins: ['http://127.0.0.1/*'] }));
    } else {
      // Chromium lets nobody but a person take a permission from the tests' package: another server was never allowed.
      await world.extension.say({ type: 'team', team: { url: 'https://couch.example.com', database: WORKSPACE, user: 'ana' } });
    }
    const { m } = (await logged(page)).find(({ t }) => t === 'saved');
    await world.extension.say({ type: 'change', key: m, change: { type: 'note', text: 'Written without permission' } });
    await until('what is wrong', async () => (await text(page)).includes('does not allow Rejoinder to reach'));
    const check = await until('the check', () => page.$('[aria-labelledby="team-check"] button'));
    await check.click();
    await until('the one test', async () => (await page.$$eval('#team-tests li', (rows) => rows.map((one) => [one.dataset.test, one.dataset.ok]))).join() === 'permission,false');
    deepEqual(await world.violations(page), []);
    await world.shot(page, 'team-not-permitted');
    if (world.kind === 'firefox') {
      await page.click('main .notice.bad button');
    } else {
      await world.extension.say({ type: 'team', team: { url: world.given.running.url, database: WORKSPACE, user: 'ana' } });
    }
    await upToDate(page);
    await until('nothing waits', async () => (await figure(page, 'team-waiting')) === '0');
  }, 120_000);

  test('a reader\'s changes are not taken, stay, and are named', async (world) => {
    await ben.extension.say({ type: 'team', team: null });
    const page = await ben.extension.open('pages/team.html');
    await joinTeam(page, lines.carla);
    await until('the reader\'s status', async () => (await text(page)).includes('as carla'));
    const { m } = (await logged(page)).find(({ t }) => t === 'saved');
    await ben.extension.say({ type: 'change', key: m, change: { type: 'note', text: 'A reader\'s note' } });
    await until('it needs attention', async () => Number(await figure(page, 'team-refused')) > 0 && /reader/.test(await text(page)));
    ok((await logged(page)).some(({ v }) => v?.text === 'A reader\'s note'), 'it is kept');
    await bothWays({ extension: ben.extension, shot: (...of) => world.shot(...of), violations: (...of) => world.violations(...of) }, 'team-refused', '.notice.bad li');
    await ben.browser.close();
  });

  test('leaving keeps the log', async (world) => {
    const page = await world.ours('pages/team.html');
    const before = (await logged(page)).length;
    await (await until('the button', () => page.$('main section button.danger'))).click();
    await until('the form to join', () => page.$('#team-invite'));
    equal((await logged(page)).length, before);
  });
});

export const dying = suite('a team whose background dies', {
  chain: true,
  prefs: SHORT_LIFE,
  before: teamServer,
  after: endServer,
}, ({ test }) => {
  test('what was saved reaches the server, whenever the background dies', async (world) => {
    await settle(world, 'Ana');
    const page = await world.ours('pages/team.html');
    const lines = await setUpTeam(page, world.given.running.url, [['ana', 'agent']]);
    await joinTeam(page, lines.ana);
    await upToDate(page);
    const names = [];
    for (let turn = 0; turn < 6; turn += 1) {
      names.push(`Brand ${turn}`);
      await world.extension.say({ type: 'put', item: 'workspace', id: '', value: { brand: names.at(-1) } });
      // Every other time it dies while that is on its way.
      if (turn % 2) await world.extension.kill();
    }
    const headers = { authorization: `Basic ${btoa(`${ADMIN.name}:${ADMIN.password}`)}` };
    await until('all of it on the server', async () => {
      await world.extension.say({ type: 'sync' });
      const { rows } = await (await fetch(`${world.given.running.url}/${WORKSPACE}/_all_docs?include_docs=true`, { headers })).json();
      const there = rows.map(({ doc }) => doc.v?.value?.brand);
      return names.every((name) => there.filter((one) => one === name).length === 1);
    }, { every: 300 });
    // A page in front reads its figures now and then, also when no background is left that knows it.
    await page.bringToFront();
    await until('nothing waits', async () => (await figure(page, 'team-waiting')) === '0');
  }, 180_000);
});
