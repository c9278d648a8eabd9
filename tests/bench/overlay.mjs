// The overlay, warm: from the person's click on Templates until the picker is to be seen with its list, and from a key
// until the list has changed.

import { overlay, overlayShown, picker, press, strip, until } from '../e2e/harness/index.mjs';
import { serveTwin } from '../e2e/pages/practice.mjs';

const BOX = '[data-id="p-101"] .reply-form textarea';
const ROUNDS = 20;
/** What is typed and taken back, letter by letter. */
const WORDS = ['refund', '4711', 'late parcel', 'rfnd'];

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

/** In the page, before anything else listens: when the last key went down, in milliseconds since 1970. */
function noteKeys() {
  addEventListener('keydown', () => {
    globalThis.pressed = performance.timeOrigin + performance.now();
  }, { capture: true });
}

/** In our frame: when its content changed last. */
function noteChanges() {
  new MutationObserver(() => {
    globalThis.changed = performance.timeOrigin + performance.now();
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** In our frame: when it changed; nothing when it looks as before, since the key leads to the same list. */
async function answered() {
  const waiting = performance.now();
  while (!globalThis.changed && performance.now() - waiting < 250) await new Promise((done) => { setTimeout(done, 5); });
  return globalThis.changed;
}

/** At a reply box, with its strip. */
async function atComposer(browser, site) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(noteKeys);
  await page.goto(serveTwin(site, { query: '?lang=en' }));
  await page.bringToFront();
  await until('the reply button', () => page.$('[data-id="p-101"] .post-reply-button'));
  await page.click('[data-id="p-101"] .post-reply-button');
  await page.click(BOX);
  await until('the strip', () => strip(page));
  return page;
}

/** Milliseconds from each key to the changed list; the first word, which wakes the index, is left out. */
export async function benchKeys(browser, site) {
  const page = await atComposer(browser, site);
  await press(page, '.templates');
  await until('the list', async () => (await picker(page)).titles.length);
  const frame = await overlay(page);
  await frame.evaluate(noteChanges);
  const times = [];
  for (let round = 0; round < 4; round++) {
    for (const words of WORDS) {
      for (const key of [...words, ...Array.from(words, () => 'Backspace')]) {
        await frame.evaluate(() => { globalThis.changed = 0; });
        await page.keyboard.press(key === ' ' ? 'Space' : key);
        const changed = await frame.evaluate(answered);
        const pressed = await page.evaluate(() => globalThis.pressed);
        if (round && changed) times.push(changed - pressed);
      }
    }
  }
  await page.close();
  return times;
}

/** Milliseconds per opening; the first, cold one is left out. */
export async function benchOverlay(browser, site) {
  const page = await atComposer(browser, site);
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
