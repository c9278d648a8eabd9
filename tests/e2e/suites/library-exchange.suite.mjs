// Templates from other tools and to them, on the library's page: a file is looked at first, stored whole or not at all,
// taken back with one press, and written so that it comes back as it was.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { catchFile, deepEqual, equal, made, match, ok, overlayShown, picker, press, SHORT_LIFE, strip, suite, until } from '../harness/index.mjs';
import { box, definition, serveSending } from '../pages/sending.mjs';

const FIXTURES = 'tests/fixtures/templates';
const MANY = 10_000;

/** The page on its part for files, once it knows the library. */
async function exchange({ ours }) {
  const page = await ours('pages/library.html#exchange');
  await page.bringToFront();
  await until('the library', () => page.$('#import-choose:not([disabled])'));
  return page;
}

/** Chooses a file as a person does. */
async function choose(page, path) {
  await until('a library to compare with', () => page.$('#import-choose:not([disabled])'));
  await (await page.$('input[type="file"]')).uploadFile(resolve(path));
}

const text = (page, css) => page.$eval(css, (element) => element.textContent);
const counts = (page, limit) => until('what it would change', () => text(page, '#import-counts'), { within: limit });
const ended = (page, words, limit) => until(`"${words}"`, async () => {
  const said = await text(page, '#import-ended');
  if (!said.includes(words)) throw new Error(said);
  return said;
}, { within: limit });

/** The rows of the report that are drawn. */
const rows = (page) => page.$$eval('.report > li', (all) => all.map((row) => ({
  title: row.querySelector('.strong').textContent, what: row.querySelector('.chip').textContent, text: row.textContent,
  box: Boolean(row.querySelector('input')),
})));

/** Presses a button once it can be pressed, wherever the page is scrolled to. */
async function hit(page, css) {
  await until(`${css}, to press`, () => page.$(`${css}:not([disabled])`));
  await page.$eval(css, (button) => button.click());
}

/** Every template of the workspace, as the background has it. */
async function stored({ extension }) {
  const all = [];
  for (;;) {
    const { templates, total } = await extension.say({ type: 'templates', from: all.length });
    all.push(...templates);
    if (!templates.length || all.length >= total) return all;
  }
}

const many = (count) => made('many.json', JSON.stringify({
  rejoinder: 'templates', version: 1,
  templates: Array.from({ length: count }, (_, at) => ({
    id: `many-${at}`, title: `Answer number ${at}`, folder: `Folder ${at % 20}`, tags: ['many'], language: 'en',
    body: `Hello {{ author.first_name | default("there") }}, this is answer number ${at} about your parcel. {{ brand.name | default("We") }} will write again.`,
  })),
}));

export const importing = suite('a library from another tool', ({ test }) => {
  const expected = JSON.parse(readFileSync(`${FIXTURES}/espanso/base.expected.json`, 'utf8'));

  test('is looked at first, worst first, stored without what is unticked, and found by the picker', async (world) => {
    const page = await exchange(world);
    await choose(page, `${FIXTURES}/espanso/base.yml`);
    const [, added, , , refused] = /^((\d+)) new, (\d+) to update, 0 unchanged, (\d+) refused$/.exec(await counts(page)) ?? [];
    ok(Number(added) > 5, `${added} new`);
    equal((await page.$eval('#import-format', (select) => select.value)), 'espanso');
    const all = await rows(page);
    equal(all.filter((row) => row.what === 'new').length, Number(added));
    equal(all.filter((row) => row.what === 'refused').length, Number(refused));
    equal(Number(added) + Number(refused), expected.templates.length);
    ok(all.at(-1).text.length < all[0].text.length, 'what needs a look comes first');
    match(all[0].text, /refused|not converted/);
    ok(all.some((row) => row.text.includes('Switched off')), 'what is switched off is told');
    await page.select('#import-filter', 'refused');
    equal((await rows(page)).length, Number(refused));
    await page.select('#import-filter', 'added');
    const out = (await rows(page)).findIndex((row) => !row.title.startsWith('Late delivery') && row.box);
    const { title } = (await rows(page))[out];
    await page.$$eval('.report > li input', (boxes, at) => boxes[at].click(), out);
    await until('one less', async () => (await text(page, '#import-store')).includes(String(Number(added) - 1)));
    const before = (await stored(world)).length;
    await hit(page, '#import-store');
    await ended(page, `Imported ${Number(added) - 1}, updated 0`);
    const after = await stored(world);
    equal(after.length, before + Number(added) - 1);
    ok(after.every((one) => one.source?.tool !== 'espanso' || one.title !== title));

    const { site, open, define } = world;
    await define(definition);
    const reply = await open(serveSending(site));
    await reply.click(box('react'));
    await until('the strip', () => strip(reply, '[data-id="react"]'));
    await press(reply, '.templates', '[data-id="react"]');
    await until('the picker', () => overlayShown(reply));
    await reply.keyboard.type('late delivery');
    await until('the imported template', async () => (await picker(reply)).titles.some((one) => one.startsWith('Late delivery')));
  });

  test('has nothing new when it comes again, but for what was left out', async (world) => {
    const page = await exchange(world);
    await choose(page, `${FIXTURES}/espanso/base.yml`);
    const [, same, refused] = /^1 new, 0 to update, (\d+) unchanged, (\d+) refused$/.exec(await counts(page));
    equal(1 + Number(same) + Number(refused), expected.templates.length);
  });

  test('by another tool: Zendesk, CSV in Spanish; undone with one press', async (world) => {
    const page = await exchange(world);
    const before = await stored(world);
    for (const [file, format] of [['zendesk/macros.json', 'zendesk'], ['csv/spanish.csv', 'csv']]) {
      await choose(page, `${FIXTURES}/${file}`);
      const [, added] = /^(\d+) new/.exec(await counts(page));
      equal((await page.$eval('#import-format', (select) => select.value)), format);
      await hit(page, '#import-store');
      await ended(page, `Imported ${added}, updated 0`);
      equal((await stored(world)).length, before.length + Number(added));
      await hit(page, '#import-undo');
      await ended(page, 'Taken back');
      deepEqual(await stored(world), before);
    }
  });

  test('pasted, dropped, empty, or torn: the line is named', async (world) => {
    const page = await exchange(world);
    await page.type('#import-paste', '[{"title": "Pasted", "body": "Hello"},\n{"title" "Torn"}]');
    await hit(page, '#import-read');
    match(await ended(page, 'Line 2'), /^Line 2, column \d+: /);
    await choose(page, await made('torn.yml', 'matches:\n  - trigger: ":a"\n    replace: "x\n'));
    await ended(page, 'Line 4');
    await choose(page, await made('empty.csv', ''));
    await ended(page, 'empty.csv: There is nothing in this file.');
    await page.evaluate(() => {
      const files = new DataTransfer();
      files.items.add(new File(['[{"title": "<b>Dropped</b>", "body": "Hello"}]'], 'dropped.json'));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }));
    });
    match(await counts(page), /^1 new/);
    equal((await rows(page))[0].title, '<b>Dropped</b>');
    await page.select('#import-format', 'espanso');
    await ended(page, 'This is not a file of espanso matches');
  });
});

export const many10k = suite('ten thousand templates', ({ test }) => {
  test('are stored with a bar that moves while the page answers, and cancelling leaves none', async (world) => {
    const page = await exchange(world);
    const before = await stored(world);
    const file = await many(MANY);
    await page.evaluate(() => {
      globalThis.longest = 0;
      let last = performance.now();
      setInterval(() => {
        globalThis.longest = Math.max(globalThis.longest, performance.now() - last);
        last = performance.now();
      }, 10);
    });
    const begun = Date.now();
    await choose(page, file);
    match(await counts(page, 90_000), new RegExp(`^${MANY} new, 0 to update, 0 unchanged, 0 refused`));
    const read = Date.now();
    await hit(page, '#import-store');
    const seen = new Set();
    await until('a bar that moves', async () => {
      seen.add(await page.$eval('#import-progress', (bar) => bar.value));
      return seen.size > 3;
    });
    await hit(page, '#import-cancel');
    await ended(page, 'Cancelled: nothing was imported', 60_000);
    deepEqual(await stored(world), before);
    console.log(`       ${world.kind}: ${MANY} templates read and compared in ${read - begun} ms, the page's longest task ${Math.round(await page.evaluate(() => globalThis.longest))} ms`);
    await choose(page, file);
    await counts(page, 90_000);
    const storing = Date.now();
    await hit(page, '#import-store');
    await ended(page, `Imported ${MANY}, updated 0`, 180_000);
    console.log(`       ${world.kind}: stored in ${Date.now() - storing} ms`);
    equal((await stored(world)).length, before.length + MANY);
  }, 400_000);
});

export const round = suite('a library written and read again', ({ test }) => {
  test('comes back as it was', async (world) => {
    const page = await exchange(world);
    const own = [
      { title: 'One "quoted"', trigger: 'one', folder: 'A/B', tags: ['x', 'ñ'], language: 'es', address: 'informal', kind: 'promo', networks: ['x'],
        note: 'Look', attachment: 'map', body: 'Hola {{ form.city }}', fields: [{ name: 'city', label: 'City', kind: 'choice', choices: ['Vigo'] }], actions: { tags: ['t'], due_hours: 4 } },
      { title: 'Two', folder: '', tags: [], language: 'en', kind: 'holding', body: 'Line\nline', off: true },
    ];
    await world.extension.say({ type: 'put_templates', items: own.map((value, at) => [`own-${at}`, value]) });
    await until('both', () => page.$('#import-choose:not([disabled])'));
    const before = await stored(world);
    await until('the folder', () => page.$('#export-part option[value="folder:A/B"]'));
    await catchFile(page);
    await hit(page, '#export-save');
    const written = await until('the file', () => page.evaluate(() => globalThis.written));
    match(await page.evaluate(() => globalThis.writtenTo), /^rejoinder-templates-\d{4}-\d\d-\d\d\.json$/);
    equal(JSON.parse(written).templates.length, before.length);
    await page.select('#export-part', 'folder:A/B');
    await page.select('#export-format', 'espanso');
    await hit(page, '#export-save');
    match(await until('what it cannot carry', () => text(page, '#export-told')), /cannot carry everything/);

    await world.extension.say({ type: 'workspace', id: 'other' });
    const other = await exchange(world);
    await choose(other, await made('library.json', written));
    match(await counts(other), /^2 new/);
    await hit(other, '#import-store');
    await ended(other, 'Imported 2, updated 0');
    deepEqual((await stored(world)).map((one) => JSON.stringify(one)).sort(), before.map((one) => JSON.stringify(one)).sort());
  });
});

/** In a page of ours: what the store keeps of the workspace's settings; `gathered`: as an earlier version kept them. */
const keep = (page, workspace, gathered) => page.evaluate(async (id, gather) => {
  const wait = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  const db = await wait(indexedDB.open(`rejoinder-${id}`));
  const meta = db.transaction('meta', 'readwrite').objectStore('meta');
  const settings = JSON.parse(await wait(meta.get('settings')));
  const range = IDBKeyRange.bound('template:', 'template;');
  const records = await wait(meta.getAll(range));
  if (gather) {
    settings.items.template = JSON.parse(`{${records.join(',')}}`);
    await wait(meta.delete(range));
    await wait(meta.put(JSON.stringify(settings), 'settings'));
  }
  db.close();
  return { records: records.length, inSettings: Object.keys(settings.items.template ?? {}).length };
}, workspace, gathered);

export const older = suite('templates that an earlier version stored', { prefs: SHORT_LIFE }, ({ test }) => {
  test('in one record with all settings become records of their own, and nothing is lost', async (world) => {
    const { extension, ours } = world;
    const value = (at) => ({ title: `Kept ${at}`, language: 'en', body: 'Hello' });
    await extension.say({ type: 'put_templates', items: [0, 1, 2].map((at) => [`kept-${at}`, value(at)]) });
    await extension.say({ type: 'remove', item: 'template', id: 'kept-1' });
    const { state: { workspace_id: workspace } } = await extension.say({ type: 'open', page: 'log' });
    const before = await stored(world);
    const page = await ours('pages/log.html');
    deepEqual(await keep(page, workspace, false), { records: 3, inSettings: 0 });
    await keep(page, workspace, true);
    deepEqual(await keep(page, workspace, false), { records: 0, inSettings: 3 });
    await page.close();
    await extension.kill();
    deepEqual(await stored(world), before);
    deepEqual(await keep(await ours('pages/log.html'), workspace, false), { records: 3, inSettings: 0 });
  });
});

function look(theme, lang) {
  return suite(`how import and export look, ${theme}, ${lang}`, { theme }, ({ test }) => {
    test('before, with a file, and after', async (world) => {
      const { extension, shot, violations } = world;
      for (const [name, value] of [['language', lang], ['theme', 'auto']]) await extension.say({ type: 'device', name, value });
      const page = await exchange(world);
      await shot(page, `exchange-${lang}`);
      deepEqual(await violations(page), []);
      await choose(page, `${FIXTURES}/espanso/base.yml`);
      await counts(page);
      await shot(page, `exchange-checked-${lang}`);
      deepEqual(await violations(page), []);
      await hit(page, '#import-store');
      await until('the end', () => page.$('#import-undo'));
      await page.select('#export-format', 'espanso');
      await hit(page, '#export-save');
      await until('what it cannot carry', () => page.$('#export-told'));
      await shot(page, `exchange-done-${lang}`);
      deepEqual(await violations(page), []);
    });
  });
}

export const light = look('light', 'en');
export const dark = look('dark', 'es');
