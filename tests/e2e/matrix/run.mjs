// The insertion matrix: `extension/agent/insert.js` itself against real editors, in the page and in an open shadow root.
// Each cell says what arrived in the editor's own model and on screen, and how many Ctrl+Z took it out again.
//
//   node tests/e2e/matrix/run.mjs [chrome|firefox] [--only WORDS]

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { CASES } from './cases.mjs';
import { LIMITS } from './limits.mjs';

const HERE = import.meta.dirname;
const AGENT = join(HERE, '../../../extension/agent');
const MAX_UNDO = 4;

const args = process.argv.slice(2);
const option = name => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const browserName = args[0] === 'firefox' ? 'firefox' : 'chrome';

const bundle = buildSync({
  entryPoints: [join(HERE, 'mounts.jsx')], bundle: true, write: false,
  define: { global: 'window', 'process.env.NODE_ENV': '"production"' }, logLevel: 'error', minify: true,
}).outputFiles[0].contents;

const read = name => readFileSync(join(AGENT, name), 'utf8');
// The order of the manifest; `main.js` runs in the page's world, the rest in the agent's.
const helper = read('main.js');
const agent = 'globalThis.browser = { runtime: { id: "matrix" } };\n' + ['constants.js', 'life.js', 'port.js', 'logical.js', 'insert.js'].map(read).join("\n;\n");

const server = createServer((request, response) => {
  const script = request.url === '/editors.js';
  response.writeHead(200, { 'content-type': script ? 'text/javascript' : 'text/html; charset=utf-8' });
  response.end(script ? bundle : readFileSync(join(HERE, 'page.html')));
}).listen(0, '127.0.0.1');
await new Promise(done => server.once('listening', done));
const url = `http://127.0.0.1:${server.address().port}/`;

const launch = () => puppeteer.launch(browserName === 'firefox'
  ? { browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true }
  : { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'] });

const squash = text => text.replace(/[\s\u200b\ufeff]+/g, '');
/** Lines that hold something: what must survive of the breaks. */
const lines = text => text.split('\n').map(line => line.replace(/\u00a0/g, ' ').trim()).filter(Boolean).join('\n');

/** @param {import('puppeteer-core').Page} page */
async function press(page, chord) {
  const keys = chord.split('+');
  for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
  await page.keyboard.press(keys.at(-1));
  for (const key of keys.slice(0, -1).reverse()) await page.keyboard.up(key);
}

/** Longer than any of these editors takes to follow the selection (Slate: 100 ms). */
const settle = page => page.evaluate(() => new Promise(done => { setTimeout(done, 120); }));

/** A fresh editor with the caret at the end of its text, as a person would put it there. */
async function begin(page, kind, shadow, text) {
  await page.goto(url);
  const world = page.mainFrame().isolatedRealm();
  await page.evaluate(helper);
  await world.evaluate(agent);
  await page.evaluate((kind, text, shadow) => window.matrix.mount(kind, text, shadow), kind, text, shadow);
  const spot = await world.evaluate(() => {
    globalThis.box = document.querySelector('#box') ?? document.body.lastElementChild?.shadowRoot?.querySelector('#box');
    const { x, y, width, height } = globalThis.box.getBoundingClientRect();
    return [x + width / 2, y + Math.min(height / 2, 10)];
  });
  await page.mouse.click(...spot);
  await press(page, 'Control+End');
  await settle(page);
  return {
    world,
    model: () => page.evaluate(() => window.matrix.model()),
    screen: () => world.evaluate(() => Logical.read(globalThis.box).text),
  };
}

/** Does the editor itself follow a person's typing, selecting and undoing here? Several do not in a shadow root. */
async function types(page, kind, shadow) {
  const keep = async text => { await settle(page); await page.keyboard.type(text); await settle(page); };
  const empty = await begin(page, kind, shadow, '');
  await keep('/x');
  if (squash(await empty.model()) !== '/x') return false;
  await press(page, 'Control+z');
  await settle(page);
  if (squash(await empty.model()) !== '') return false;
  const { model, screen } = await begin(page, kind, shadow, 'one three');
  await settle(page);
  await press(page, 'Control+ArrowLeft');
  await keep('two ');
  await press(page, 'Control+Shift+ArrowRight');
  await keep('four');
  if (squash(await model()) !== 'onetwofour') return false;
  await press(page, 'Control+z');
  await keep('z');
  return squash(await model()) === squash(await screen());
}

/** One cell. */
async function cell(page, kind, shadow, test) {
  const { world, model, screen } = await begin(page, kind, shadow, test.start);
  for (const key of test.keys ?? []) await press(page, key);
  if (test.type) await page.keyboard.type(test.type);
  await settle(page);
  const before = await model();
  if (lines(before) !== lines(test.start + (test.type ?? ''))) throw new Error(`set-up: ${JSON.stringify(before)}`);

  const replace = test.replace ? { start: test.replace[0], end: test.replace[1] } : null;
  const outcome = await world.evaluate((text, replace) => Insert.put(globalThis.box, text, { replace }), test.put, replace);
  const [inModel, onScreen] = [await model(), await screen()];
  const right = lines(inModel) === lines(test.expect) && squash(onScreen) === squash(test.expect);
  const result = { outcome, right, got: right ? '' : `${JSON.stringify(inModel)} / ${JSON.stringify(onScreen)}`, undo: '' };
  for (let i = 1; i <= MAX_UNDO && !result.undo; i++) {
    await press(page, 'Control+z');
    await settle(page);
    const now = squash(await model());
    if (now === squash(before)) result.undo = i === 1 ? 'ok' : `${i} z`;
    // Typed a moment before: the editor's history took both as one step.
    else if (now === squash(test.start)) result.undo = i === 1 ? 'ok+' : `${i} z+`;
    else if (i === 1) result.got += ` undone: ${JSON.stringify(now)}`;
  }
  // The editor must still listen, and screen and model still agree.
  await page.keyboard.type('z');
  await settle(page);
  const [lastModel, lastScreen] = [squash(await model()), squash(await screen())];
  result.alive = lastModel === lastScreen && lastModel.includes('z');
  if (!result.alive) result.got += ` typed on: ${JSON.stringify(lastModel)} / ${JSON.stringify(lastScreen)}`;
  return result;
}

/** Every editor and case, in the page or in an open shadow root, in a browser of its own. */
async function half(shadow) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(url);
  const kinds = (await page.evaluate(() => window.matrix.kinds)).filter(kind => !option('--only') || kind.includes(option('--only')));
  const rows = [];
  for (const kind of kinds) {
    const able = await types(page, kind, shadow);
    const row = { kind, shadow, texts: [] };
    rows.push(row);
    for (const test of CASES) {
      let result = { got: '' };
      let text = 'editor';
      if (able) {
        try { result = await cell(page, kind, shadow, test); } catch (error) { result = { outcome: 'threw', got: String(error) }; }
        if (result.outcome !== 'ok') text = result.outcome;
        else if (!result.right) text = 'WRONG';
        else text = result.alive ? result.undo || 'no z' : 'deaf';
      }
      row.texts.push(text);
      const limit = LIMITS.find(l => kind.startsWith(l.kind) && (!l.browser || l.browser === browserName)
        && l.shadow === shadow && (!l.test || l.test.test(test.name)) && l.is === text);
      if (limit) limit.met = true;
      if (text === 'ok' || text === 'ok+' || limit) continue;
      failures += 1;
      console.log(`  ${kind}${shadow ? ' in shadow' : ''}, ${test.name}: ${text} ${result.got ?? ''}`);
    }
  }
  await browser.close();
  return rows;
}

let failures = 0;
const [inPage, inShadow] = await Promise.all([half(false), half(true)]);
for (const rows of [inPage, inShadow]) {
  console.log(`\n${browserName}, ${rows === inShadow ? 'open shadow root' : 'page'}`);
  console.log(''.padEnd(22) + CASES.map((_, i) => String(i + 1).padEnd(8)).join(''));
  for (const { kind, texts } of rows) console.log(kind.padEnd(22) + texts.map(text => text.padEnd(8)).join(''));
}
console.log(`\n${CASES.map((test, i) => `${i + 1} ${test.name}`).join(' · ')}`);
console.log('ok: once in model and on screen, one Ctrl+Z takes it out · ok+: and the words typed a moment before · 2 z: two · no z: undo does not\n'
  + 'deaf: after undo and typing model and screen differ · editor: does not follow even a person\'s typing there');
for (const limit of LIMITS) {
  if (limit.browser && limit.browser !== browserName) continue;
  if (limit.met) console.log(`limit: ${limit.kind}: ${limit.why}`);
  else if (!option('--only')) { failures += 1; console.log(`stale limit, take it out: ${limit.kind}: ${limit.why}`); }
}
server.close();
console.log(failures ? `\n${failures} cells fail` : '\nevery cell holds');
process.exitCode = failures ? 1 : 0;
