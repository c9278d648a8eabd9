// The overlay, warm: from the person's click on Templates until the picker is to be seen with its list.

import { overlayShown, picker, press, strip, until } from '../e2e/harness/index.mjs';
import { serveTwin } from '../e2e/pages/practice.mjs';

const BOX = '[data-id="p-101"] .reply-form textarea';
const ROUNDS = 20;

/** In the page: notes when the click came and when our frame was painted after it. */
function watch() {
  const frame = () => {
    for (const host of document.querySelectorAll('[data-rejoinder]')) {
      const found = host.shadowRoot?.querySelector('iframe');
      if (found?.checkVisibility() && found.getBoundingClientRect().height > 1) return found;
    }
    return null;
  };
  addEventListener('click', () => {
    const began = performance.now();
    globalThis.opened = null;
    const look = () => {
      if (frame()) globalThis.opened = performance.now() - began;
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, { capture: true });
}

/** Milliseconds per opening; the first, cold one is left out. */
export async function benchOverlay(browser, site) {
  const page = await browser.newPage();
  await page.goto(serveTwin(site, { query: '?lang=en' }));
  await page.bringToFront();
  await until('the reply button', () => page.$('[data-id="p-101"] .post-reply-button'));
  await page.click('[data-id="p-101"] .post-reply-button');
  await page.click(BOX);
  await until('the strip', () => strip(page));
  await page.evaluate(watch);
  const times = [];
  for (let round = 0; round <= ROUNDS; round++) {
    await press(page, '.templates');
    const time = await until('the picker', () => page.evaluate(() => globalThis.opened));
    await until('its list', async () => (await picker(page)).titles.length);
    if (round) times.push(time);
    await page.keyboard.press('Escape');
    await until('no picker', async () => !(await overlayShown(page)));
  }
  await page.close();
  return times;
}
