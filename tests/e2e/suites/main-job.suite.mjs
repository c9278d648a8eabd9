// The main job on the practice page that ships, and on its twin on the web, where the real content script runs.

import { ok, equal, suite, until } from '../harness/index.mjs';
import { STEPS } from '../job.mjs';
import { serveTwin } from '../pages/practice.mjs';

/** The steps share one page, which stays open between them. */
function job(name, open) {
  return suite(name, { chain: true }, ({ test }) => {
    let page;
    for (const [title, step] of STEPS) {
      test(title, async (world) => {
        page ??= await open(world);
        await page.bringToFront();
        await step({ ...world, page, extension: world.extension });
      });
    }
    test('the log lists the post as answered, with its text', async (world) => {
      const log = await world.ours('pages/log.html');
      await until('the mention', async () => (await log.evaluate(() => document.body.innerText)).includes('Third order in a row'));
    });
    test('the popup tells about the site', async (world) => {
      const popup = await world.ours('pages/popup.html');
      await until('the popup', async () => (await popup.evaluate(() => document.body.innerText)).length > 20);
      ok(true);
      equal(await popup.evaluate(() => document.querySelectorAll('[role="alert"]').length), 0);
    });
  });
}

export const twin = job('the main job on the practice page\'s twin on the web', async ({ browser, site }) => {
  const page = await browser.newPage();
  await page.goto(serveTwin(site, { query: '?lang=en' }), { waitUntil: 'load' });
  return page;
});

export const own = job('the main job on the practice page', ({ extension }) => extension.open('pages/practice.html?lang=en'));
