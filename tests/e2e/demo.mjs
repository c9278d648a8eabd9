// Shows the main job without a display: headless, on the practice page and on its twin on the web with the real content
// script. Says what happens and saves a picture of each step to dist/demo.

import { rm } from 'node:fs/promises';
import { launch } from './harness/browsers.mjs';
import { Site } from './harness/site.mjs';
import { shot } from './harness/look.mjs';
import { STEPS } from './job.mjs';
import { serveTwin } from './pages/practice.mjs';

const FOLDER = 'dist/demo';

async function show(title, name, open) {
  console.log(`\n   ${title}`);
  const site = await Site.start();
  const { kind, browser, extension } = await launch('chromium', { site });
  try {
    site.serve('/door', '<!doctype html><title>Door</title>');
    extension.door = await browser.newPage();
    await extension.door.goto(`${site.origin}/door`);
    await (await extension.tab('pages/options.html')).close();
    const page = await open({ browser, extension, site });
    for (const [index, [words, step]] of STEPS.entries()) {
      await page.bringToFront();
      await step({ kind, browser, extension, site, page });
      const picture = await shot(page, `${name}-${String(index + 1).padStart(2, '0')}`, FOLDER);
      console.log(`   ${String(index + 1).padStart(2)}. ${words}   ${picture}`);
    }
    const log = await extension.open('pages/log.html');
    await log.waitForFunction(() => document.body.innerText.includes('Third order in a row'));
    console.log(`   ${STEPS.length + 1}. the log lists the post   ${await shot(log, `${name}-log`, FOLDER)}`);
  } finally {
    await browser.close();
    await site.stop();
  }
}

await rm(FOLDER, { recursive: true, force: true });
await show('On the practice page that comes with the extension', 'practice', ({ extension }) => extension.open('pages/practice.html?lang=en'));
await show('On an ordinary web page, with the content script', 'web', async ({ browser, site }) => {
  const page = await browser.newPage();
  await page.goto(serveTwin(site, { query: '?lang=en' }));
  return page;
});
console.log(`\n   Done: pictures in ${FOLDER}. With a display, ./build.sh run opens a browser.`);
