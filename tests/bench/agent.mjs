// Agent: read and mark 1,000 posts, beside the bare loop; the longest task while scrolling; start.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';

const POSTS = 1000;
const ROUNDS = 9;
const SCROLLS = 3;

/** A definition as the background sends it: every list present. */
export function definition() {
  const filled = { detect: [], roots: [], frames: false, page: {}, posts: [], composers: [], canonical: {} };
  const site = { ...filled, ...parse(readFileSync('extension/sites/practice.toml', 'utf8')) };
  return { ...site, composers: [] };
}

/** The manifest's list of the agent's files in the page agent's own world. */
export function agentFiles() {
  const { content_scripts: scripts } = JSON.parse(readFileSync('extension/manifest.base.json', 'utf8'));
  return scripts.find(({ world }) => world !== 'MAIN').js.map(file => join('extension', file));
}

/** CPU the page's main thread spent between two calls, in ms. */
async function cpu(page) {
  const { TaskDuration } = await page.metrics();
  return TaskDuration * 1000;
}

/** Every post near the viewport at once: a person would have to scroll for that. */
const AT_ONCE = { height: 4000, css: '*{margin:0;padding:0;font-size:1px;line-height:2px}.post{height:4px;overflow:hidden}' };
/** As a network lays them out. */
const SCROLLED = { height: 900, css: '.post{height:140px;overflow:hidden}' };

async function feed(open, { height, css }) {
  const page = await open();
  await page.setViewport({ width: 1000, height });
  await page.evaluate(async (count, site, rules) => {
    const bench = await import('/tests/bench/agent-page.mjs');
    const style = new CSSStyleSheet();
    style.replaceSync(rules);
    document.adoptedStyleSheets = [style];
    document.documentElement.setAttribute('data-practice-network', '');
    document.body.append(bench.feed(count));
    globalThis.bench = bench;
    globalThis.longest = 0;
    globalThis.chrome = bench.background(site, 'dev');
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: 'longtask' });
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    globalThis.longest = 0;
  }, POSTS, definition(), css);
  return page;
}

/** Runs the agent's files in the page; returns the milliseconds until the last has run. */
const startAgent = page => page.evaluate(sources => {
  const began = performance.now();
  for (const source of sources) (0, eval)(source);
  return performance.now() - began;
}, agentFiles().map(file => readFileSync(file, 'utf8').replaceAll("'use strict';", '')));

async function oneRound(open, subject) {
  const page = await feed(open, AT_ONCE);
  const before = await cpu(page);
  let start = 0;
  if (subject === 'agent') {
    start = await startAgent(page);
    await page.waitForFunction(count => document.querySelectorAll('.post-author [data-rejoinder]').length >= count, { polling: 100, timeout: 20_000 }, POSTS / 5);
  } else {
    await page.evaluate(() => new Promise(done => {
      requestAnimationFrame(() => { globalThis.bench.bareLoop(document); requestAnimationFrame(() => setTimeout(done)); });
    }));
  }
  const spent = (await cpu(page)) - before;
  await page.close();
  return { spent, start };
}

/** The longest task while the feed is scrolled from end to end, 150 px a frame, with the agent or without. */
async function scroll(open, subject) {
  const page = await feed(open, SCROLLED);
  if (subject === 'agent') {
    await startAgent(page);
    await page.waitForFunction(() => document.querySelector('.post-author [data-rejoinder]'), { polling: 100, timeout: 20_000 });
  }
  const longest = await page.evaluate(() => new Promise(done => {
    globalThis.longest = 0;
    const step = () => {
      const before = scrollY;
      scrollBy(0, 150);
      // The observer of long tasks tells them in a task of its own.
      if (scrollY === before) setTimeout(() => done(globalThis.longest), 200);
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }));
  const rows = await page.evaluate(() => document.querySelectorAll('.post-author [data-rejoinder]').length);
  if (subject === 'agent' && rows < POSTS / 6) throw new Error(`only ${rows} rows after scrolling`);
  await page.close();
  return longest;
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export async function benchAgent(open) {
  const rounds = { agent: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of ['bare', 'agent']) rounds[subject].push(await oneRound(open, subject));
  }
  const scrolled = { agent: 0, bare: 0 };
  for (let round = 0; round < SCROLLS; round++) {
    for (const subject of ['bare', 'agent']) scrolled[subject] = Math.max(scrolled[subject], await scroll(open, subject));
  }
  const of = (subject, key) => median(rounds[subject].map(round => round[key]));
  return {
    posts: POSTS, rounds: ROUNDS,
    agent: of('agent', 'spent'), bare: of('bare', 'spent'), ratio: of('agent', 'spent') / of('bare', 'spent'),
    scrolled, scrolls: SCROLLS, start: of('agent', 'start'),
  };
}
