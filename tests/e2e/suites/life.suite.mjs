// The background may die at any instant, and the extension may be updated under an open page.

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHORT_LIFE, equal, notEqual, ok, ours, overlayShown, packageOf, picker, press, row, strip, suite, traces, until } from '../harness/index.mjs';
import { BOX, thread } from '../pages/thread.mjs';

const read = (page) => page.$eval('textarea', (element) => element.value);
const saved = (page) => until('saved', async () => (await row(page, 'article')).buttons.some((text) => /undo/i.test(text)));

export const death = suite('the background dies between two actions', { prefs: SHORT_LIFE }, ({ test }) => {
  test('save, template, check and send go on; nothing that was said to be saved is lost', async ({ site, open, extension, ours: own }) => {
    site.serve('/thread', thread(BOX));
    const page = await open('/thread');
    const first = await extension.boot();
    await until('the mark', async () => (await row(page, 'article'))?.marks.includes('Mentions us'));
    await extension.kill();
    await press(page, '[data-act="save"]', 'article');
    await saved(page);
    await extension.kill();
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await extension.kill();
    await page.keyboard.type('/late');
    await until('the template', async () => (await overlayShown(page)) && (await picker(page)).preview.includes('Marta'));
    await page.keyboard.press('Enter');
    await until('the text', async () => (await read(page)).includes('Hello Marta'));
    await extension.kill();
    await page.keyboard.type(' It will definitely arrive.');
    await until('a finding', async () => (await strip(page)).findings.startsWith('1'));
    await extension.kill();
    const log = await own('pages/log.html');
    await until('the mention in the log', async () => (await log.evaluate(() => document.body.innerText)).includes('My order is late'));
    notEqual(await extension.boot(), first);
  });

  test('a save whose answer was lost happens once', async ({ site, open, extension, ours: own }) => {
    site.serve('/once', thread(BOX, { title: 'Once' }).replaceAll('m1', 'm9').replace('My order is late', 'Nobody answers me'));
    const page = await open('/once');
    await until('the mark', async () => (await row(page, 'article'))?.marks.includes('Mentions us'));
    await press(page, '[data-act="save"]', 'article');
    await extension.kill();
    await saved(page);
    const log = await own('pages/log.html');
    await until('the mention', async () => (await log.evaluate(() => document.body.innerText)).includes('Nobody answers me'));
    equal(await log.evaluate(() => document.body.innerText.split('Nobody answers me').length - 1), 1);
  });
});

export const updated = suite('the extension is updated while a page is open', ({ test }) => {
  test('the old agent goes without a trace and the new one serves the page', async ({ kind, site, open, extension }) => {
    site.serve('/thread', thread(BOX));
    const page = await open('/thread');
    await until('the mark', async () => (await row(page, 'article'))?.marks.includes('Mentions us'));
    await page.click('textarea');
    await until('the strip', () => strip(page));
    const before = await page.evaluate(() => [...new Set([...document.querySelectorAll('[data-rejoinder]')].map((it) => it.getAttribute('data-rejoinder')))]);
    equal(before.length, 1);

    const folder = mkdtempSync(join(tmpdir(), 'rejoinder-update-'));
    // Firefox goes on reading the files from there.
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const next = kind === 'chromium' ? extension.directory : join(folder, 'next');
    if (kind === 'firefox') {
      cpSync(packageOf(kind), next, { recursive: true });
      for (const name of readdirSync(next, { recursive: true }).filter((it) => it.endsWith('.js'))) {
        const path = join(next, name);
        writeFileSync(path, readFileSync(path, 'utf8').replace(/const BUILD = '[^']*';/, "const BUILD = 'next';"));
      }
    }
    await extension.update(next);
    await until('the new agent alone', async () => {
      const marks = await page.evaluate(() => [...new Set([...document.querySelectorAll('[data-rejoinder]')].map((it) => it.getAttribute('data-rejoinder')))]);
      return marks.length === 1 && marks[0] !== before[0];
    });
    await until('the mark again, once', async () => (await ours(page)).filter(({ text }) => text.includes('Mentions us')).length === 1);
    await press(page, '[data-act="save"]', 'article');
    await saved(page);
  });

  test('an extension that was removed leaves no trace', async ({ site, open, extension, browser }) => {
    site.serve('/thread', thread(BOX));
    const page = await open('/thread');
    await until('the mark', async () => (await row(page, 'article'))?.marks.length);
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await browser.uninstallExtension(extension.id);
    await page.keyboard.type('a');
    await until('nothing of ours', async () => (await traces(page)) === 0);
    ok(await page.evaluate(() => [...CSS.highlights].length === 0 && document.adoptedStyleSheets.length === 0));
  });
});
