// One page with the agent beside the editors, in the document, in an open shadow root or in a frame; and the hands of a
// person at them.

import { BOX, agent, helper } from './agent.mjs';

export const PLACES = ['page', 'shadow', 'iframe'];
const FIELDS = ['input', 'textarea', 'React textarea'];

/** White space is what editors change. */
export const squash = text => text.replace(/[\s\u200b\u2060\ufeff]+/g, '');
/** The same letters, whether their marks are joined to them or follow. */
export const composed = text => text.normalize('NFC');
/** Lines that hold something: what must survive of the breaks. */
export const lines = text => text.split('\n').map(line => line.replace(/\u00a0/g, ' ').trim()).filter(Boolean).join('\n');

/** @param {import('puppeteer-core').Page} page */
export async function press(page, chord) {
  const keys = chord.split('+');
  for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
  await page.keyboard.press(keys.at(-1));
  for (const key of keys.slice(0, -1).reverse()) await page.keyboard.up(key);
}

/** One kind of editor in one place. */
export class Stand {
  /** @param {import('puppeteer-core').Page} page @param {string} url */
  constructor(page, url, browserName, kind, place) {
    Object.assign(this, { page, url, browserName, kind, place, loaded: false });
  }

  /** A page load, before the first editor and after one that went wrong. */
  async load() {
    await this.page.goto(this.place === 'iframe' ? `${this.url}frame` : this.url);
    const frame = this.place === 'iframe' ? this.page.frames()[1] : this.page.mainFrame();
    this.frame = frame;
    this.world = frame.isolatedRealm();
    await frame.evaluate(helper);
    await this.world.evaluate(agent);
    this.loaded = true;
  }

  /** A fresh editor with the caret at the end of its text, as a person would put it there. */
  async begin(text, options = {}) {
    if (!this.loaded) await this.load();
    await this.frame.evaluate((kind, text, options) => window.matrix.mount(kind, text, options),
      this.kind, text, { shadow: this.place === 'shadow', ...options });
    const spot = await this.world.evaluate(select => {
      globalThis.box = (document.querySelector('#host').shadowRoot ?? document).querySelector(select);
      const { x, y, width, height } = globalThis.box.getBoundingClientRect();
      return [x + width / 2, y + Math.min(height / 2, 10)];
    }, BOX);
    await this.page.mouse.click(...spot);
    await this.press('Control+End');
  }

  /** Longer than these editors take to follow the selection (Slate: 100 ms). */
  settle() {
    return this.wait(FIELDS.includes(this.kind) ? 20 : 120);
  }

  wait(ms) { return new Promise(done => { setTimeout(done, ms); }); }

  async press(chord) { await press(this.page, chord); await this.settle(); }
  async type(text) { await this.page.keyboard.type(text); await this.settle(); }

  model() { return this.frame.evaluate(() => window.matrix.model()); }
  screen() { return this.world.evaluate(() => Logical.read(globalThis.box).text); }

  /** What the box can hold: the browser gives a box of one line a space for each break. */
  holds(text) { return this.kind === 'input' ? text.replaceAll('\n', ' ') : text; }

  /** @param {string} text @param {{ replace?: any, cursor?: number }} [options] */
  put(text, options = {}) {
    return this.world.evaluate((text, options) => Insert.put(globalThis.box, text, options), text, options);
  }

  /** What went wrong inside the agent since the page was loaded. */
  faults() { return this.world.evaluate(() => [...Life.faults].join(' ')); }

  /** Asks a question of the agent's world until it says yes; false when it never does. */
  async until(question, ...args) {
    for (let round = 0; round < 60; round++) {
      if (await this.world.evaluate(question, ...args)) return true;
      await this.wait(50);
    }
    return false;
  }
}
