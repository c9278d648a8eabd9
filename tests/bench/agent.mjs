// Agent: read and mark 1,000 posts, beside the bare loop; longest task; start.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';

const POSTS = 1000;
const ROUNDS = 9;

/** A definition as the background sends it: every list present. */
function definition() {
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

async function oneRound(open, subject) {
  const page = await open();
  // All posts stand near the viewport at once: a person would have to scroll for that.
  await page.setViewport({ width: 1000, height: 4000 });
  await page.evaluate(async (count, site) => {
    const bench = await import('/tests/bench/agent-page.mjs');
    const style = new CSSStyleSheet();
    style.replaceSync('*{margin:0;padding:0;font-size:1px;line-height:2px}.post{height:4px;overflow:hidden}');
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
  }, POSTS, definition());
  const before = await cpu(page);
  let start = 0;
  if (subject === 'agent') {
    start = await page.evaluate(sources => {
      const began = performance.now();
      for (const source of sources) (0, eval)(source);
      return performance.now() - began;
    }, agentFiles().map(file => readFileSync(file, 'utf8').replaceAll("'use strict';", '')));
    await page.waitForFunction(count => document.querySelectorAll('.post-author [data-rejoinder]').length >= count, { polling: 100, timeout: 20_000 }, POSTS / 5);
  } else {
    await page.evaluate(() => new Promise(done => {
      requestAnimationFrame(() => { globalThis.bench.bareLoop(document); requestAnimationFrame(() => setTimeout(done)); });
    }));
  }
  const spent = (await cpu(page)) - before;
  const longest = await page.evaluate(() => globalThis.longest);
  await page.close();
  return { spent, longest, start };
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export async function benchAgent(open) {
  const rounds = { agent: [], bare: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of ['bare', 'agent']) rounds[subject].push(await oneRound(open, subject));
  }
  const of = (subject, key) => median(rounds[subject].map(round => round[key]));
  return {
    posts: POSTS, rounds: ROUNDS,
    agent: of('agent', 'spent'), bare: of('bare', 'spent'), ratio: of('agent', 'spent') / of('bare', 'spent'),
    longest: Math.max(...rounds.agent.map(round => round.longest)), start: of('agent', 'start'),
  };
}
