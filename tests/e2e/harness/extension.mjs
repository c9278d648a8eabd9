// Rejoinder in a running browser: its pages, its background's life, and the hooks of the test package (tests/e2e/hooks).

import { until, within } from './until.mjs';

/** Preferences of a suite that calls `kill()`. */
export const SHORT_LIFE = { 'extensions.background.idle.timeout': 500 };

/** Where a page or frame is; Firefox's tools report our own addresses as about:blank. */
export async function address(frame) {
  const url = frame.url();
  return url === 'about:blank' ? within(2_000, 'an address', frame.evaluate(() => location.href)).catch(() => url) : url;
}

export const isOurs = (url, path) => /^[a-z]+-extension:/.test(url) && url.includes(`/${path}`);

export class Extension {
  /** @param {'chromium' | 'firefox'} kind */
  constructor(kind, browser, directory) {
    this.kind = kind;
    this.browser = browser;
    this.directory = directory;
    /** A page whose content script carries our questions; the runner opens it. */
    this.door = undefined;
  }

  async install() {
    this.id = await this.browser.installExtension(this.directory);
  }

  /** The address of one of its pages. */
  async url(path = '') {
    this.base ??= this.kind === 'chromium' ? `chrome-extension://${this.id}/` : await this.ask('id');
    return this.base + path;
  }

  /** Asks the background's hooks from `page` (any page that the content script runs on). */
  async askFrom(page, name, ...args) {
    const answer = await within(5_000, `hook ${name}`, page.evaluate((question) => new Promise((done) => {
      const number = Math.random();
      const hear = (event) => {
        const heard = JSON.parse(event.detail);
        if (heard.number !== number) return;
        document.removeEventListener('rejoinder-e2e-answer', hear);
        done(heard);
      };
      document.addEventListener('rejoinder-e2e-answer', hear);
      document.dispatchEvent(new CustomEvent('rejoinder-e2e-ask', { detail: JSON.stringify({ number, ...question }) }));
    }), { name, args }));
    if (answer.error) throw new Error(`hook ${name}: ${answer.error}`);
    return answer.value;
  }

  ask(name, ...args) {
    return this.askFrom(this.door, name, ...args);
  }

  /**
   * Opens one of its pages in a tab, for a test to drive. In Firefox a tool may not go to such an address, but may drive
   * a tab that the extension has opened itself.
   */
  async open(path) {
    if (this.kind === 'chromium') {
      const page = await this.browser.newPage();
      await page.goto(await this.url(path));
      return page;
    }
    const before = new Set(await this.browser.pages());
    // Firefox does not always tell the tool where a new tab has gone: one that stays unknown is left, and another opened.
    return until(`a tab on ${path}`, async () => {
      await this.ask('open', path);
      return this.tab(path, before, 6_000);
    }, { within: 30_000 });
  }

  /** The tab on `path` that the extension has opened by itself, once it is there. */
  tab(path, before = new Set(), limit = 30_000) {
    return until(`a tab on ${path}`, async () => {
      for (const page of await this.browser.pages()) {
        if (!before.has(page) && isOurs(await address(page), path)) return page;
      }
      return undefined;
    }, { within: limit });
  }

  /** Puts the package of `directory` in the place of what runs, as an update does. Its tabs close. */
  async update(directory = this.directory) {
    await this.browser.installExtension(directory);
    await this.door?.reload();
  }

  /**
   * Asks the background as one of our own pages does (`PageRequest` in src/protocol.rs), from a page kept open for this.
   * Returns the answer's body.
   */
  async say(body) {
    if (!this.desk || this.desk.isClosed()) {
      const desk = await this.open('pages/log.html');
      // Firefox tells the address of a tab before the page in it has what our pages have.
      await until('the page, ready to ask', () => desk.evaluate(() => Boolean((globalThis.browser ?? globalThis.chrome)?.runtime?.connect)));
      this.desk = desk;
    }
    const reply = await within(20_000, `the answer to ${body.type}`, this.desk.evaluate((asked) => new Promise((done) => {
      const message = { protocol: 1, build: 'dev', id: 1, once: crypto.randomUUID(), body: asked };
      const ask = () => {
        const port = (globalThis.browser ?? globalThis.chrome).runtime.connect({ name: 'page' });
        port.onMessage.addListener((answer) => {
          if (answer.kind === 'push') return;
          port.disconnect();
          done(answer);
        });
        // A background may end before it answers; what is asked again happens once.
        port.onDisconnect.addListener(() => setTimeout(ask, 50));
        port.postMessage(message);
      };
      ask();
    }), body));
    if (reply.kind === 'failed') throw new Error(`${body.type}: ${reply.error.code} ${reply.error.text}`);
    return reply.body;
  }

  /** Which life of the background answers. */
  boot() {
    return this.ask('boot');
  }

  /** Ends the background as the browser does, and waits until the old one is gone. */
  async kill() {
    if (this.kind === 'chromium') {
      // Nothing may be attached to it: one that is asked for again while a tool holds the old one starts halted.
      this.tool ??= await this.browser.target().createCDPSession();
      const alive = async () => (await this.tool.send('Target.getTargets')).targetInfos
        .filter(({ type, url }) => type === 'service_worker' && url.startsWith(`chrome-extension://${this.id}/`));
      for (const { targetId } of await alive()) {
        await this.tool.send('Target.closeTarget', { targetId }).catch((error) => {
          if (!/No target with given id/.test(error.message)) throw error;
        });
        await until('the end of the background', async () => !(await alive()).some((one) => one.targetId === targetId));
      }
      return;
    }
    // Firefox lets an idle background end; asking it would keep it awake, so it is left alone for a little longer than
    // the suite's preference `SHORT_LIFE` says.
    const old = await this.boot();
    await until('a new background', async () => (await this.boot()) !== old, { every: 900, within: 20_000 });
  }

  /** Presses one of our keyboard commands, as the browser reports it. */
  async command(page, name) {
    await page.bringToFront();
    await this.askFrom(page, 'command', name);
  }
}
