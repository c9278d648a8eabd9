// The insertion matrix: the page agent itself beside real editors, in the page, in an open shadow root and in a frame of
// the same origin. A cell says whether the editor's own model, the screen, the caret and undo are what a person expects.
//
//   node tests/e2e/matrix/run.mjs [chrome|firefox] [--only WORDS] [--case WORDS] [--place page|shadow|iframe]

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { CASES } from './cases.mjs';
import { MORE, insertion, types } from './cells.mjs';
import { LIMITS } from './limits.mjs';
import { PLACES, Stand } from './stand.mjs';

const HERE = import.meta.dirname;
/** Browsers at work at the same time: the cells mostly wait for editors. */
const WORKERS = 3;
/** Cells that look at what the one before left; they go together. */
const CHAIN = 'underline follows, editor untouched, idle';

const args = process.argv.slice(2);
const option = name => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const browserName = args[0] === 'firefox' ? 'firefox' : 'chrome';

const bundle = buildSync({
  entryPoints: [join(HERE, 'mounts.jsx')], bundle: true, write: false,
  define: { global: 'window', 'process.env.NODE_ENV': '"production"' }, logLevel: 'error', minify: true,
}).outputFiles[0].contents;

const FILES = {
  '/': ['text/html; charset=utf-8', readFileSync(join(HERE, 'page.html'))],
  '/frame': ['text/html; charset=utf-8', '<!doctype html><title>Frame</title><iframe src="/" style="position:fixed;inset:0;border:0;width:100%;height:100%"></iframe>'],
  '/editors.js': ['text/javascript', bundle],
};
const server = createServer((request, response) => {
  const [type, body] = FILES[request.url] ?? ['text/plain', ''];
  response.writeHead(200, { 'content-type': type });
  response.end(body);
}).listen(0, '127.0.0.1');
await new Promise(done => server.once('listening', done));
const url = `http://127.0.0.1:${server.address().port}/`;

const launch = () => puppeteer.launch(browserName === 'firefox'
  // The input method is driven from the browser's own window.
  ? { browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true, args: ['--remote-allow-system-access'] }
  : { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'] });

const tests = [...CASES.map(test => ({ name: test.name, run: stand => insertion(stand, test) })), ...MORE]
  .filter(({ name }) => !option('--case') || (CHAIN.includes(name) ? CHAIN : name).includes(option('--case')));

const limitOf = (stand, name, text) => LIMITS.find(l => stand.kind.startsWith(l.kind) && (!l.browser || l.browser === browserName)
  && (!l.place || l.place === stand.place) && (!l.test || l.test.test(name)) && l.is === text);

/** Every cell of one kind in one place. */
async function column(browser, kind, place) {
  const page = await browser.newPage();
  const stand = new Stand(page, url, browserName, kind, place);
  const able = await types(stand);
  const cells = {};
  for (const { name, run } of tests) {
    let result = { text: 'editor' };
    if (able) {
      try { result = await run(stand); } catch (error) { result = { text: 'threw', got: String(error) }; }
    }
    const faults = await stand.faults();
    if (faults) result = { text: 'FAULT', got: faults };
    const { text, got = '' } = result;
    cells[name] = text;
    const limit = limitOf(stand, name, text);
    if (limit) limit.met = true;
    if (limit || ['ok', 'ok+', 'kept'].includes(text)) continue;
    failures += 1;
    stand.loaded = false;
    console.log(`  ${kind}, ${place}, ${name}: ${text} ${got}`);
  }
  await page.close();
  return cells;
}

/** @type {Record<string, Record<string, Record<string, string>>>} */
const table = {};
let failures = 0;
const browsers = await Promise.all(Array.from({ length: WORKERS }, launch));
const [first] = await browsers[0].pages();
await first.goto(url);
const kinds = (await first.evaluate(() => window.matrix.kinds)).filter(kind => !option('--only') || kind.includes(option('--only')));
const places = PLACES.filter(place => !option('--place') || place === option('--place'));
const work = places.flatMap(place => kinds.map(kind => ({ place, kind })));
await Promise.all(browsers.map(async browser => {
  for (let task = work.shift(); task; task = work.shift()) {
    (table[task.place] ??= {})[task.kind] = await column(browser, task.kind, task.place);
  }
  await browser.close();
}));
server.close();

const WIDTH = 22;
for (const place of places) {
  console.log(`\n${browserName}, ${{ page: 'page', shadow: 'open shadow root', iframe: 'frame of the same origin' }[place]}`);
  const widths = kinds.map(kind => Math.max(kind.length, 7) + 1);
  console.log(''.padEnd(WIDTH) + kinds.map((kind, i) => kind.padEnd(widths[i])).join(''));
  for (const { name } of tests) {
    console.log(name.padEnd(WIDTH) + kinds.map((kind, i) => table[place][kind][name].padEnd(widths[i])).join(''));
  }
}
console.log('\nok: once in model and on screen, the caret behind it, one Ctrl+Z takes it out · ok+: and the words typed a moment before · 2 z: two · no z: undo does not\n'
  + 'deaf: after undo and typing model and screen differ · kept: refused whole, the box as it was, and what fits goes in · –: does not apply\n'
  + 'editor: does not follow even a person\'s typing there');
for (const limit of LIMITS) {
  if (limit.browser && limit.browser !== browserName) continue;
  if (limit.met) console.log(`limit: ${limit.kind || 'others'}${limit.place ? `, ${limit.place}` : ''}: ${limit.why}`);
  else if (!args.some(arg => arg.startsWith('--'))) { failures += 1; console.log(`stale limit, take it out: ${limit.kind}: ${limit.why}`); }
}
console.log(failures ? `\n${failures} cells fail` : '\nevery cell holds');
process.exitCode = failures ? 1 : 0;
