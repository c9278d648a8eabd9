// What one test is given: pages that close when it ends, the site, the extension, and what the suite prepared.

import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { shot, violations } from './look.mjs';
import { within } from './until.mjs';

export class World {
  #pages = [];

  constructor({ kind, browser, extension, site, theme, given, name }) {
    /** `chromium` or `firefox`. */
    this.kind = kind;
    this.browser = browser;
    /** @type {import('./extension.mjs').Extension} */
    this.extension = extension;
    /** @type {import('./site.mjs').Site} */
    this.site = site;
    this.theme = theme;
    this.given = given;
    this.name = name;
    /** Lines that pages and frames wrote to the console, shown when the test fails. */
    this.console = [];
  }

  /** Opens `url` (or `/path` of the site) in a new tab, in front. */
  async open(url, { cookies, ...options } = {}) {
    if (cookies) await this.browser.setCookie(...cookies);
    const page = this.keep(await this.browser.newPage());
    await page.goto(new URL(url, this.site.origin).href, { waitUntil: 'load', ...options });
    // The extension may have opened a tab of its own in front meanwhile.
    await page.bringToFront();
    return page;
  }

  /** One of Rejoinder's own pages. */
  async ours(path) {
    return this.keep(await this.extension.open(path));
  }

  /** Adds a site definition as a person may: the practice network's, with the given top-level keys changed. */
  async define(changes) {
    const site = parse(readFileSync('extension/sites/practice.toml', 'utf8'));
    await this.extension.say({ type: 'put', item: 'definition', id: changes.id, value: { ...site, name: changes.id, network: changes.id, ...changes } });
  }

  /** Closes `page` when the test ends. */
  keep(page) {
    this.#pages.push(page);
    page.on('console', (message) => this.console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.console.push(`error: ${error.message}`));
    return page;
  }

  /** A picture in dist/shots, named after browser, theme and `name` (end it with the language). */
  shot(target, name) {
    return shot(target, `${this.kind}-${name}-${this.theme}`);
  }

  violations(frame, options) {
    return violations(frame, options);
  }

  /** Pictures of every page that is open, for a failed test. */
  async pictures(name) {
    const pages = (await this.browser.pages()).filter((page) => page !== this.extension.door && page !== this.extension.desk);
    for (const [index, page] of pages.entries()) {
      await within(5_000, 'a picture', shot(page, `${name}-${index}`, 'dist/failed')).catch(() => {});
    }
  }

  async end() {
    for (const page of this.#pages) if (!page.isClosed()) await page.close().catch(() => {});
  }
}
