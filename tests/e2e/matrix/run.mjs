// The insertion matrix: `extension/agent/insert.js` itself against real editors, in the page and in an open shadow root.
// Each cell says what arrived in the editor's own model and on screen, and how many Ctrl+Z took it out again.
//
//   node tests/e2e/matrix/run.mjs [chrome|firefox] [--only WORDS] [--json FILE]

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CASES } from './cases.mjs';
import { LIMITS } from './limits.mjs';

const HERE = import.meta.dirname;
const AGENT = join(HERE, '../../../extension/agent');
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rejoinder/editors');
const MAX_UNDO = 4;

const args = process.argv.slice(2);
const option = name => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const browserName = args[0] === 'firefox' ? 'firefox' : 'chrome';

/** Editors and puppeteer, installed once outside the clone. */
function install() {
  const wanted = readFileSync(join(HERE, 'package.json'), 'utf8');
  const stamp = join(CACHE, 'installed');
  const id = createHash('sha256').update(wanted).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === id) return;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'package.json'), wanted);
  execFileSync('npm', ['install', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: CACHE, stdio: 'inherit', env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
  });
  writeFileSync(stamp, id);
}

install();
const require = createRequire(join(CACHE, 'package.json'));
const puppeteer = require('puppeteer-core');
const { buildSync } = require('esbuild');
const bundle = buildSync({
  entryPoints: [join(HERE, 'mounts.jsx')], bundle: true, write: false, nodePaths: [join(CACHE, 'node_modules')],
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

const browser = await puppeteer.launch(browserName === 'firefox'
  ? { browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr', headless: true }
  : { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });

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

const settle = page => page.evaluate(() => new Promise(done => { setTimeout(done, 80); }));

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

const page = await browser.newPage();
await page.goto(url);
const kinds = (await page.evaluate(() => window.matrix.kinds)).filter(kind => !option('--only') || kind.includes(option('--only')));
const table = [];
let failures = 0;
for (const shadow of [false, true]) {
  for (const kind of kinds) {
    const able = await types(page, kind, shadow);
    for (const test of CASES) {
      const at = { browser: browserName, kind, shadow, test: test.name };
      let result = { got: '' };
      let text = 'editor';
      if (able) {
        try { result = await cell(page, kind, shadow, test); } catch (error) { result = { outcome: 'threw', got: String(error) }; }
        if (result.outcome !== 'ok') text = result.outcome;
        else if (!result.right) text = 'WRONG';
        else text = result.alive ? result.undo || 'no z' : 'deaf';
      }
      const limit = LIMITS.find(l => kind.startsWith(l.kind) && (!l.browser || l.browser === browserName)
        && (l.shadow === undefined || l.shadow === shadow) && (!l.test || l.test.test(test.name)) && l.is === text);
      if (limit) limit.met = true;
      const good = text === 'ok' || text === 'ok+' || Boolean(limit);
      if (!good) { failures += 1; console.log(`  ${kind}${shadow ? ' in shadow' : ''}, ${test.name}: ${text} ${result.got ?? ''}`); }
      table.push({ ...at, text, good });
    }
  }
}

const width = Math.max(...kinds.map(kind => kind.length)) + 10;
for (const shadow of [false, true]) {
  console.log(`\n${browserName}, ${shadow ? 'open shadow root' : 'page'}`);
  console.log(''.padEnd(width) + CASES.map((_, i) => String(i + 1).padEnd(8)).join(''));
  for (const kind of kinds) {
    const row = table.filter(c => c.kind === kind && c.shadow === shadow);
    console.log(kind.padEnd(width) + row.map(c => c.text.padEnd(8)).join(''));
  }
}
console.log(`\n${CASES.map((test, i) => `${i + 1} ${test.name}`).join(' · ')}`);
console.log('ok: once in model and on screen, one Ctrl+Z takes it out · ok+: and the words typed a moment before · 2 z: two · no z: undo does not\n'
  + 'deaf: after undo and typing model and screen differ · editor: does not follow even a person\'s typing there');
for (const limit of LIMITS) {
  if (limit.browser && limit.browser !== browserName) continue;
  if (limit.met) console.log(`limit: ${limit.kind}: ${limit.why}`);
  else if (!option('--only')) { failures += 1; console.log(`stale limit, take it out: ${limit.kind}: ${limit.why}`); }
}
if (option('--json')) writeFileSync(option('--json'), JSON.stringify(table));
await browser.close();
server.close();
console.log(failures ? `\n${failures} cells fail` : '\nevery cell holds');
process.exitCode = failures ? 1 : 0;
