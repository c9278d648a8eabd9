// A team without a server: Ana and Ben, each in a browser of their own, give each other files, or share a folder.

import { bothWays, catchFile, deepEqual, equal, logged, made, match, ok, press, row, settle, somebody, suite, until } from '../harness/index.mjs';
import { serveTwin } from '../pages/practice.mjs';

const POST = '[data-id="p-101"]';
const DAY = /\d{4}-\d\d-\d\d/.source;

const text = (page, css) => page.$eval(css, (element) => element.innerText);
const said = (page, words) => until(`"${words}"`, async () => {
  const all = await text(page, '#team-files');
  if (!all.includes(words)) throw new Error(all);
  return all;
});

/** The page's part for files, once it is built; what it hands out is caught. */
async function files(somebodys) {
  const page = await somebodys.extension.open('pages/team.html');
  await until('the part for files', () => page.$('#take-choose'));
  await catchFile(page);
  return page;
}

/** Presses a button once it can be pressed. */
async function hit(page, css) {
  await until(`${css}, to press`, () => page.$(`${css}:not([disabled])`));
  await page.$eval(css, (button) => button.click());
}

/** The file that a button hands out: its name, its text, its events. */
async function handedOut(page, css) {
  await page.evaluate(() => { globalThis.written = globalThis.writtenTo = undefined; });
  await hit(page, css);
  const written = await until('the file', () => page.evaluate(() => globalThis.written));
  return { name: await page.evaluate(() => globalThis.writtenTo), text: written, events: written.trim().split('\n').map((line) => JSON.parse(line)) };
}

const save = (file) => made(file.name, file.text);

/** Chooses files as a person does, and returns what the page tells of them. */
async function choose(page, ...paths) {
  await until('to choose', () => page.$('#take-choose:not([disabled])'));
  await (await page.$('#take-files')).uploadFile(...paths);
  return until('what they hold', () => text(page, '#take-found'));
}

async function takeIn(page) {
  await hit(page, '#take-store');
  return until('the end', () => text(page, '#take-ended'));
}

/** A person who has saved a post and made a template. */
async function atWork(person, name) {
  const { extension, browser, site } = person;
  await settle(person, name);
  await extension.say({ type: 'put', item: 'workspace', id: '', value: { brand: 'Acme' } });
  await extension.say({ type: 'put_templates', items: [['late', { title: 'Late parcel of ours', language: 'en', body: 'Hello' }]] });
  const page = await browser.newPage();
  await page.goto(serveTwin(site, { query: '?lang=en' }), { waitUntil: 'load' });
  await page.bringToFront();
  await until('the row', async () => {
    await page.hover(POST);
    return row(page, POST);
  });
  await press(page, '[data-act="save"]', POST);
  await until('saved', async () => (await row(page, POST)).buttons.length > 2);
  await page.close();
}

const titles = async ({ extension }) => {
  const { templates } = await extension.say({ type: 'templates', from: 0 });
  return templates.map(({ title }) => title);
};
const ids = async (page) => (await logged(page)).map(({ _id }) => _id).toSorted();

export default suite('team files by hand', { chain: true }, ({ test }) => {
  let ben;
  let pack;
  let changes;

  test('a team without a server is told what that lacks, in both languages', async (world) => {
    await settle(world, 'Ana');
    await bothWays(world, 'team-files', '#take-choose');
    const page = world.keep(await files(world));
    match(await text(page, '#team-files'), /Show live who is replying[\s\S]*Hold people to roles[\s\S]*Prove who wrote what/);
    equal(Boolean(await page.$('#folder-none')), world.kind === 'firefox', 'Firefox has no folder, and says so');
  }, 120_000);

  test('Ana exports the pack and her changes; the next file begins where the last one ended', async (world) => {
    await atWork(world, 'Ana');
    const page = world.keep(await files(world));
    pack = await handedOut(page, '#pack-save');
    match(pack.name, new RegExp(`^rejoinder-team-acme-${DAY}\\.jsonl$`));
    deepEqual([...new Set(pack.events.map(({ t }) => t))], ['setting']);
    changes = await handedOut(page, '#changes-save');
    match(changes.name, new RegExp(`^rejoinder-changes-acme-ana-${DAY}\\.jsonl$`));
    ok(changes.events.some(({ t }) => t === 'saved'));
    await hit(page, '#changes-save');
    await said(page, 'Nothing new of yours since');
    const { m } = changes.events.find(({ t }) => t === 'saved');
    await world.extension.say({ type: 'change', key: m, change: { type: 'note', text: 'Asked the warehouse' } });
    const more = await handedOut(page, '#changes-save');
    deepEqual(more.events.map(({ v }) => v.text), ['Asked the warehouse']);
    // Where it ended is known in the next page too, and everything can be had again.
    const later = world.keep(await files(world));
    await until('the last time', () => later.$('#changes-since option[value="last"]'));
    await later.select('#changes-since', 'all');
    changes = await handedOut(later, '#changes-save');
    ok(changes.events.some(({ v }) => v.text === 'Asked the warehouse'));
  });

  test('Ben looks at the files first, takes them in, and has her templates and mentions', async (world) => {
    ben = { ...(await somebody(world.kind, world.site)), site: world.site };
    await settle(ben, 'Ben');
    const page = await files(ben);
    const before = await ids(page);
    const found = await choose(page, await save(pack), await save(changes));
    const all = new Set([...pack.events, ...changes.events].map(({ _id }) => _id));
    match(found, new RegExp(`Events: ${all.size}, new here: ${all.size}`));
    match(found, /Of: Ana \(\d+\)/);
    match(found, /cannot be taken back/);
    deepEqual(await ids(page), before, 'nothing is stored yet');
    match(await takeIn(page), new RegExp(`^${all.size} new, 0 already here`));
    ok((await titles(ben)).includes('Late parcel of ours'));
    equal((await ben.extension.say({ type: 'open', page: 'log' })).state.workspace.brand, 'Acme');
    await page.close();
    const log = await ben.extension.open('pages/log.html');
    await until('the mention in his log', async () => (await log.evaluate(() => document.body.innerText)).includes('Marta'));
    await log.close();
  }, 120_000);

  test('the same files again change nothing, and the page says so', async () => {
    const page = await files(ben);
    const before = await ids(page);
    const found = await choose(page, await save(changes), await save(pack), await save(changes));
    match(found, /new here: 0/);
    ok(await page.$('#take-store[disabled]'));
    deepEqual(await ids(page), before);
    await page.close();
  });

  test('Ben answers with a file of his own since a day, and both have the same log', async (world) => {
    const { m } = changes.events.find(({ t }) => t === 'saved');
    await ben.extension.say({ type: 'change', key: m, change: { type: 'status', status: 'resolved' } });
    const bens = await files(ben);
    await bens.select('#changes-since', 'day');
    await until('the day', () => bens.$('#changes-day'));
    const file = await handedOut(bens, '#changes-save');
    match(file.name, new RegExp(`^rejoinder-changes-acme-ben-${DAY}\\.jsonl$`));
    const page = world.keep(await files(world));
    await choose(page, await save(file));
    await takeIn(page);
    deepEqual(await ids(page), await ids(bens));
    await bens.close();
  });

  test('a torn file brings what is whole, and names the lines that are not', async (world) => {
    const { m } = changes.events.find(({ t }) => t === 'saved');
    await world.extension.say({ type: 'change', key: m, change: { type: 'note', text: 'One more' } });
    const page = world.keep(await files(world));
    const file = await handedOut(page, '#changes-save');
    const torn = await made('torn.jsonl', `${file.text}\n${changes.text.split('\n')[0].slice(0, 40)}\n${changes.text.split('\n')[0].replace('"by":"', '"by":"x')}\n`);
    await bothWays({ extension: ben.extension, shot: (...of) => world.shot(...of), violations: (...of) => world.violations(...of) }, 'team-files-torn', '#take-choose', async (other) => { await choose(other, torn); });
    const bens = await files(ben);
    const lines = file.events.length;
    const found = await choose(bens, torn);
    match(found, new RegExp(`Events: ${lines}, new here: ${lines}`));
    match(found, new RegExp(`torn\\.jsonl: Line ${lines + 2} is not valid JSON`));
    match(found, new RegExp(`torn\\.jsonl: Line ${lines + 3} was changed after it was written`));
    match(await takeIn(bens), new RegExp(`^${lines} new`));
    ok((await logged(bens)).some(({ v }) => v?.text === 'One more'));
    const nothing = await choose(bens, await made('holiday.txt', 'Dear diary\nIt rained\n'));
    match(nothing, /Nothing here is an event of Rejoinder/);
    await ben.browser.close();
  }, 120_000);

  test('keys alone lead through it', async (world) => {
    const page = world.keep(await files(world));
    await page.bringToFront();
    await page.focus('#pack-save');
    const order = [];
    for (let step = 0; step < 4; step += 1) {
      order.push(await page.evaluate(() => document.activeElement.id));
      await page.keyboard.press('Tab');
    }
    deepEqual(order, ['pack-save', 'changes-since', 'changes-save', 'take-choose']);
    await page.evaluate(() => { globalThis.written = undefined; });
    await page.focus('#pack-save');
    await page.keyboard.press('Enter');
    await until('the file', () => page.evaluate(() => globalThis.written));
  });
});

/** In place of the browser's own dialog, which no test can drive: a folder that is private to the extension. */
const folderOf = (page) => page.evaluate(() => {
  globalThis.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('acme-team', { create: true });
});

/** What stands in the folder, by name. */
const standing = (page) => page.evaluate(async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('acme-team', { create: true });
  const all = {};
  for await (const [name, handle] of folder.entries()) all[name] = await (await handle.getFile()).text();
  return all;
});

/** What keeps the folder in step does its work. */
const bring = (page, all) => page.evaluate(async (texts) => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('acme-team', { create: true });
  for (const [name, content] of Object.entries(texts)) {
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(content);
    await file.close();
  }
}, all);

async function folderPage(person) {
  const page = await files(person);
  await folderOf(page);
  return page;
}

const exchanged = (page) => until('the end', () => text(page, '#folder-ended'));

// Firefox lets nobody open a folder to a page.
export const folder = suite('team files in a shared folder', { chain: true, browsers: ['chromium'] }, ({ test }) => {
  let ben;
  let anas;

  test('Ana chooses a folder, is told that it is empty, and writes her file', async (world) => {
    await atWork(world, 'Ana');
    const page = world.keep(await folderPage(world));
    await hit(page, '#folder-choose');
    match(await until('the look', () => text(page, '#folder-found')), /acme-team[\s\S]*you are the first[\s\S]*cannot be taken back/);
    deepEqual(await standing(page), {}, 'nothing is written yet');
    await hit(page, '#folder-use');
    match(await exchanged(page), /Taken in: 0 new/);
    anas = await standing(page);
    const [name] = Object.keys(anas);
    match(name, /^rejoinder-first-d-[a-z0-9-]+\.jsonl$/);
    deepEqual(anas[name].trim().split('\n').map((line) => JSON.parse(line)._id).toSorted(), await ids(page));
  });

  test('Ben looks first, then has what Ana did, and writes a file of his own', async (world) => {
    ben = { ...(await somebody(world.kind, world.site)), site: world.site };
    await settle(ben, 'Ben');
    const page = await folderPage(ben);
    await bring(page, anas);
    await hit(page, '#folder-choose');
    match(await until('the look', () => text(page, '#folder-found')), /Of: Ana \(\d+\)/);
    await hit(page, '#folder-use');
    await exchanged(page);
    ok((await titles(ben)).includes('Late parcel of ours'));
    const { m } = (await logged(page)).find(({ t }) => t === 'saved');
    await ben.extension.say({ type: 'change', key: m, change: { type: 'note', text: 'On its way, says Ben' } });
    await hit(page, '#folder-now');
    await until('his note in his file', async () => Object.values(await standing(page)).some((all) => all.includes('says Ben')));
    const all = await standing(page);
    equal(Object.keys(all).length, 2);
    const [name] = Object.keys(anas);
    equal(all[name], anas[name], 'Ana\'s file is Ana\'s');
    await bring(world.keep(await folderPage(world)), all);
    await page.close();
  }, 120_000);

  test('Ana needs one press the next time; a torn file is named and stops nothing', async (world) => {
    const page = world.keep(await files(world));
    await bring(page, { 'rejoinder-first-d-torn.jsonl': '{"_id":"2026-11!' });
    await until('the folder she chose', async () => (await text(page, '#folder-where')).includes('acme-team'));
    await hit(page, '#folder-now');
    await exchanged(page);
    ok((await logged(page)).some(({ v }) => v?.text === 'On its way, says Ben'));
    await said(page, 'rejoinder-first-d-torn.jsonl: Line 1 is not valid JSON');
    await hit(page, '#folder-now');
    match(await until('nothing new', async () => {
      const words = await exchanged(page);
      return words.includes('Taken in: 0 new') && words;
    }), /Taken in: 0 new/);
    await bothWays(world, 'team-folder', '#folder-now', async (other) => { await other.$eval('#folder-now', (button) => button.scrollIntoView()); });
  }, 120_000);

  test('what the own file holds and the log does not comes back', async (world) => {
    const page = world.keep(await files(world));
    const [name] = Object.keys(anas);
    const lost = anas[name].trim().split('\n').map((line) => JSON.parse(line)).find(({ t }) => t === 'saved');
    await page.evaluate((id) => new Promise((done, fail) => {
      const open = indexedDB.open('rejoinder-first');
      open.onsuccess = () => {
        const work = open.result.transaction('events', 'readwrite');
        work.objectStore('events').delete(id);
        work.oncomplete = () => { open.result.close(); done(); };
        work.onabort = () => fail(work.error);
      };
    }), lost._id);
    await hit(page, '#folder-now');
    match(await exchanged(page), /Taken in: 1 new/);
    ok((await standing(page))[name].includes(lost._id));
  });

  test('a folder with another workspace of hers is refused', async (world) => {
    const { extension } = world;
    await extension.say({ type: 'workspace', id: 'second' });
    const page = world.keep(await folderPage(world));
    const before = await standing(page);
    await hit(page, '#folder-choose');
    match(await until('the refusal', () => text(page, '#folder-failed')), new RegExp(`already holds ${Object.keys(anas)[0]}`));
    deepEqual(await standing(page), before);
    await ben.browser.close();
  });
});
