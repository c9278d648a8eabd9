// The figures of the README: every subject beside a peer or the bare floor, in one browser and one run.
//
//   node tests/bench/run.mjs [PATTERN]    only the parts whose name holds PATTERN
//
//   agent, feed                the page agent beside the page alone; feed is five minutes of scrolling
//   voice, templates, search   the engines beside other people's
//   watch                      watch terms beside regular expressions, and all that is asked of a post
//   peers                      other people's checkers, from $PEERS
//   save, overlay, start       the extension at work
//   store                      ten thousand events into IndexedDB, beside other people's stores, from $STORES
//   sync                       five thousand events to a server ($POUCHDB_SERVER) and from it, beside PouchDB
//   log                        the log's page with a hundred thousand mentions
//
// The part `fold` is native: ./build.sh bench fold

import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { cpus } from 'node:os';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { launch, packageOf } from '../e2e/harness/browsers.mjs';
import { Site } from '../e2e/harness/site.mjs';
import { benchAgent } from './agent.mjs';
import { benchFeed } from './feed.mjs';
import { benchList } from './log/list.mjs';
import { benchStore } from './log/store.mjs';
import { benchSync } from './log/sync.mjs';
import { benchKeys, benchOverlay } from './overlay.mjs';
import { summary } from './measure.mjs';
import { buildId, inPage } from './page.mjs';
import { benchPeers, bundled } from './peers/index.mjs';
import { ms, say, table, times } from './report.mjs';
import * as texts from './texts.mjs';

const LIBRARY = 5_000;
/** Templates of a workspace that has very many. */
const MANY = 10_000;
const pattern = process.argv[2] ?? '';
const wanted = name => name.includes(pattern);
const MODULES = join(process.env.CARGO_TARGET_DIR ?? 'target', 'rejoinder-wasm');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/**
 * The peers as scripts: bundled here, never shipped. Two, since a bundle with a module in it is strict code, and write-good
 * needs to be sloppy.
 */
async function peers() {
  const bundle = async (contents) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: 'tests' }, bundle: true, write: false, format: 'iife', platform: 'browser',
      logLevel: 'error', define: { 'process.env.NODE_ENV': '"production"' },
    });
    return outputFiles[0].text;
  };
  return [
    await bundle("globalThis.peers = { writeGood: require('write-good'), Handlebars: require('handlebars/dist/cjs/handlebars.js').default };"),
    await bundle("import { text } from 'alex'; globalThis.peers.alex = words => text(words).messages;"),
    await bundle("import Fuse from 'fuse.js'; import { Liquid } from 'liquidjs'; Object.assign(globalThis.peers, { Fuse, Liquid });"),
  ].join(';\n');
}

async function serve() {
  const bundle = ['voice', 'templates', 'search'].some(wanted) ? await peers() : '';
  const others = wanted('peers') ? await bundled(process.env.PEERS) : null;
  const scripts = Object.values(others?.scripts ?? {});
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://x').pathname);
    const answer = (type, body) => { response.writeHead(200, { 'content-type': type }); response.end(body); };
    if (path === '/') return answer('text/html', '<!doctype html><html lang="en"><title>bench</title><body></body></html>');
    if (path === '/peers.js') return answer('text/javascript', bundle);
    if (path.startsWith('/peer/')) return answer('text/javascript', scripts[parseInt(path.slice(6))]);
    if (path.startsWith('/peers/')) return answer(TYPES[extname(path)] ?? 'text/plain', readFileSync(join(process.env.PEERS, path.slice(7))));
    const file = path.startsWith('/wasm/') ? join(MODULES, path.slice(6)) : join('.', path);
    try {
      return answer(TYPES[extname(file)] ?? 'text/plain', readFileSync(file));
    } catch {
      response.writeHead(404);
      return response.end();
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { base: `http://127.0.0.1:${server.address().port}`, others, stop: () => server.close() };
}

/** The text of a file of the package. */
const shipped = name => readFileSync(join(packageOf('chromium', 'shipped'), name), 'utf8');

async function engines(browser, base) {
  const page = await browser.newPage();
  await page.goto(base);
  await page.addScriptTag({ url: '/peers.js' });
  if (wanted('voice')) {
    const { rows, rules } = await page.evaluate(async packs => (await import('/tests/bench/engines-page.mjs')).voice(packs), shipped('packs.txt'));
    say('Voice check, engine in Wasm, ms per check', table(
      ['text', 'checker', 'rules on', 'findings', 'mean', 'p95', 'against ours'],
      Object.entries(rows).flatMap(([text, { times: measured, findings }]) => Object.entries(measured).map(([name, time]) =>
        [text, name, rules[name] ?? '–', findings[name], ms(time.mean), ms(time.p95), times(time.mean / measured.rejoinder.mean)]))));
  }
  if (wanted('templates')) {
    const measured = await page.evaluate(async () => (await import('/tests/bench/engines-page.mjs')).templates());
    const own = measured['rejoinder (compile and render)'].mean;
    say('Filling a template, ms each', table(['engine', 'mean', 'p95', 'against ours'],
      Object.entries(measured).map(([name, time]) => [name, ms(time.mean), ms(time.p95), times(time.mean / own)])));
  }
  if (wanted('search')) {
    const { en } = JSON.parse(shipped('templates.json'));
    const { made, rows } = await page.evaluate(async (starters, size) => (await import('/tests/bench/engines-page.mjs')).search(starters, size), en, LIBRARY);
    const compare = measured => Object.entries(measured).map(([name, time]) => [name, ms(time.mean), ms(time.p95), times(time.mean / measured.rejoinder.mean)]);
    say(`Searching ${LIBRARY} templates, ms per key`, table(['typed, letter by letter', 'engine', 'mean', 'p95', 'against ours', 'first found'],
      [...compare(made).map(row => ['(making the index)', ...row, '–']),
        ...Object.entries(rows).flatMap(([words, { times: measured, first }]) => compare(measured).map(row => [words, ...row, first[row[0]]]))]));
  }
  await page.close();
}

async function watch(browser, base) {
  const page = await browser.newPage();
  await page.goto(base);
  const { times: measured, posts, terms, marked } = await page.evaluate(
    async packs => (await import('/tests/bench/watch-page.mjs')).watch(packs), shipped('packs.txt'));
  const own = measured['rejoinder, watch terms'].mean;
  say(`${posts} posts against ${terms} watch terms (${marked} posts match), engine in Wasm, ms for all`, table(
    ['subject', 'mean', 'p95', 'against our terms', 'budget'],
    Object.entries(measured).map(([name, time]) => [name, ms(time.mean), ms(time.p95), times(time.mean / own), name.includes('class') ? '50' : '–'])));
  await page.close();
}

async function checkers(browser, { base, others }) {
  const rows = await benchPeers(browser, base, others, texts);
  const ours = lang => rows.find(row => row.lang === lang);
  for (const lang of new Set(rows.map(row => row.lang))) {
    say(`Checkers side by side, ${lang}, ms`, table(
      ['checker', 'rules on', 'loaded, KB gz', 'memory, MB', 'first answer', '280 characters (findings)', 'against ours', '2,000 characters (findings)', 'against ours'],
      rows.filter(row => row.lang === lang).map(row => [row.name, row.rules ?? '–', Math.round(row.size).toLocaleString('en'), row.memory.toFixed(1), ms(row.first),
        `${ms(row.short.mean)} (${row.shortFindings})`, times(row.short.mean / ours(lang).short.mean),
        `${ms(row.long.mean)} (${row.longFindings})`, times(row.long.mean / ours(lang).long.mean)])));
  }
}

async function agent(browser, base) {
  const open = async () => {
    const page = await browser.newPage();
    await page.goto(base);
    return page;
  };
  const result = await benchAgent(open);
  say(`Page agent: read and mark ${result.posts} posts, main-thread ms (median of ${result.rounds})`, table(
    ['subject', 'ms', 'against the bare loop'],
    [['bare loop, same reads and writes', ms(result.bare), times(1)], ['agent', ms(result.agent), times(result.ratio)],
      ['agent, start of all files', ms(result.start), '–']]));
  const longest = value => (value ? ms(value) : 'none over 50');
  say(`Longest task while ${result.posts} posts are scrolled from end to end, ms (worst of ${result.scrolls})`, table(['subject', 'ms'],
    [['the page alone', longest(result.scrolled.bare)], ['with the agent', longest(result.scrolled.agent)]]));
}

async function feed(launchBare, base) {
  const { minutes, warm, subjects } = await benchFeed(launchBare, base);
  const kb = value => Math.round(value / 1024).toLocaleString('en');
  const rows = Object.entries(subjects).map(([name, { samples, posts, tasks, long, longest }]) => {
    const from = samples.find(it => it.minutes >= warm);
    const to = samples.at(-1);
    return [name, posts.toLocaleString('en'), kb(samples[0].heap), kb(from.heap), kb(to.heap), `${kb(to.heap - from.heap)} KB`,
      `${from.nodes} → ${to.nodes}`, Math.max(...samples.map(it => it.ours)), `${long} of ${tasks.toLocaleString('en')}`, ms(longest)];
  });
  say(`A feed that recycles its nodes, ${minutes} minutes of scrolling; heap after a collection, tasks in processor time`, table(
    ['subject', 'posts passed', 'heap at 15 s, KB', `at ${warm} min`, `at ${minutes} min`, 'growth since', 'nodes', 'ours, most', 'tasks over 50 ms', 'longest, ms'],
    rows));
}

async function background() {
  const site = await Site.start();
  const { browser, extension } = await launch('chromium', { site });
  const id = buildId();
  const page = await extension.open('pages/practice.html');
  const run = inPage(page, 'background-page.mjs');
  if (wanted('save')) {
    await run('save', id, 'practice', 0, 20);
    const measured = await run('save', id, 'practice', 0, 200);
    const [own, bare, message] = [summary(measured.rejoinder), summary(measured.bare), summary(measured.message)];
    const row = (name, time) => [name, ms(time.p50), ms(time.p95), times(time.p50 / bare.p50)];
    say('Saving a mention, ms', table(['subject', 'p50', 'p95', 'against the bare transaction (p50)'],
      [row('bare strict transaction, same stores and indexes', bare), row('a message of that size, there and back', message),
        row('save, durable, with its message', own),
        ['save without its message', ms(own.p50 - message.p50), '–', times((own.p50 - message.p50) / bare.p50)]]));
  }
  if (wanted('voice')) {
    const rows = [];
    const { rules } = await extension.say({ type: 'rules' });
    const { state } = await extension.say({ type: 'open', page: 'log' });
    const on = rules.filter(rule => !rule.on && !rule.id.includes('spelling')).slice(0, 200 - rules.filter(rule => rule.on).length).map(rule => rule.id);
    for (const [name, more] of [['en280', []], ['es280', []], ['en2000', []], ['es2000', []], ['en280', on], ['es280', on], ['en2000', on], ['es2000', on]]) {
      await extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, rules_on: more } });
      await run('check', id, texts[name], 20);
      const measured = await run('check', id, texts[name], 200);
      const [check, echo] = [summary(measured.check), summary(measured.echo)];
      const { rules: now } = await extension.say({ type: 'rules' });
      rows.push([name, now.filter(rule => rule.on).length, ms(check.p50), ms(check.p95), ms(echo.p50), ms(echo.p95), ms(check.p95 - echo.p95)]);
    }
    say('Voice check with its message, page → background → page, ms', table(
      ['text', 'rules on', 'check p50', 'check p95', 'echo of the text p50', 'echo p95', 'check p95 over echo p95 (budget 6)'], rows));
  }
  if (wanted('overlay')) {
    const opened = summary(await benchOverlay(browser, site));
    await run('fill', id, LIBRARY);
    const many = summary(await benchOverlay(browser, site));
    const keys = summary(await benchKeys(browser, site));
    say('Picker, warm, ms', table(['what', 'p50', 'p95', 'budget'], [
      ['click to picture', ms(opened.p50), ms(opened.p95), '100'],
      [`click to picture, ${LIBRARY} templates more`, ms(many.p50), ms(many.p95), '100'],
      [`key to the changed list, ${LIBRARY} templates more`, ms(keys.p50), ms(keys.p95), '16.7, a frame'],
    ]));
  }
  if (wanted('start')) {
    const rows = [];
    for (const stored of [0, MANY]) {
      if (stored) say(`Storing ${stored} templates, 100 at a time`, table(['s'], [[ms(await run('fill', id, stored) / 1000)]]));
      const starts = [];
      for (let i = 0; i < 15; i++) {
        await extension.kill();
        starts.push(await run('firstAnswer', id));
      }
      await run('change', id, 3);
      const changed = await run('change', id, 20);
      const row = (name, times, budget) => rows.push([stored, name, ms(summary(times).p50), ms(summary(times).p95), budget]);
      row('background killed → first answer', starts, '150');
      row('change of a setting', changed.setting, '50');
      row('change of a template', changed.template, '50');
    }
    say('Start and changes, ms', table(['templates stored', 'what', 'p50', 'p95', 'budget'], rows));
  }
  await browser.close();
  await site.stop?.();
}

/** Parts that need a browser of their own, or two, with the extension in it. */
async function own(part) {
  const site = await Site.start();
  const opened = [];
  const open = async () => {
    const made = await launch('chromium', { site });
    opened.push(made.browser);
    return made.extension;
  };
  await part(open);
  for (const one of opened) await one.close();
  await site.stop();
}

const server = await serve();
const launchBare = () => puppeteer.launch({
  headless: true, pipe: true, executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', protocolTimeout: 300_000,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
});
const browser = await launchBare();
console.log(`${await browser.version()}, Node ${process.version}, ${cpus().length} × ${cpus()[0].model}, ${new Date().toISOString().slice(0, 10)}; headless, single run`);
if (wanted('agent')) await agent(browser, server.base);
if (['voice', 'templates', 'search'].some(wanted)) await engines(browser, server.base);
if (wanted('watch')) await watch(browser, server.base);
if (wanted('peers')) await checkers(browser, server);
await browser.close();
if (wanted('feed')) await feed(launchBare, server.base);
server.stop();
if (['save', 'start', 'voice', 'overlay'].some(wanted)) await background();
if (wanted('store')) await own(async open => benchStore(await open(), MODULES));
if (wanted('sync')) await own(benchSync);
if (wanted('log')) await own(async open => benchList(await open()));
process.exit(0);
