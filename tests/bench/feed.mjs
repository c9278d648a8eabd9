// A feed without an end, scrolled for minutes, with the agent and without, side by side in two browsers: what the heap
// holds once it is collected, how many nodes there are, and the longest task. Our own callbacks are timed one by one.
import { readFileSync } from 'node:fs';
import { FEED, run } from '../e2e/pages/feed.mjs';
import { agentFiles, definition } from './agent.mjs';

const MINUTES = 5;
const WARM_MINUTES = 2;
/** Pixels a frame: about twenty posts a second. */
const SPEED = 50;
const SAMPLE_MS = 15_000;

/** The agent's files, every callback of theirs timed; the page's scripts need no strictness of their own. */
const agent = () => agentFiles().map(file => readFileSync(file, 'utf8').replaceAll("'use strict';", '')
  + (file.endsWith('/life.js') ? '\n;globalThis.timed(Life.Scope)' : ''));

async function prepare(page, base, subject) {
  await page.goto(base);
  await page.setViewport({ width: 1000, height: 900 });
  await page.evaluate(async (how, source, site, sources) => {
    const bench = await import('/tests/bench/agent-page.mjs');
    document.documentElement.setAttribute('data-practice-network', '');
    document.body.innerHTML = '<main><div id="feed"></div></main>';
    const figures = globalThis.figures = { longest: 0, long: 0, own: 0, ran: 0 };
    globalThis.timed = scope => {
      const { wrap } = scope.prototype;
      scope.prototype.wrap = function (place, work) {
        return wrap.call(this, place, (...args) => {
          const began = performance.now();
          try { return work(...args); } finally {
            figures.own = Math.max(figures.own, performance.now() - began);
            figures.ran += 1;
          }
        });
      };
    };
    globalThis.chrome = bench.background(site, 'dev');
    (0, eval)(`(${source})(${JSON.stringify(how)})`);
    for (const file of sources) (0, eval)(file);
    await new Promise(done => setTimeout(done, 1000));
    figures.own = figures.ran = 0;
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) {
        figures.long += 1;
        figures.longest = Math.max(figures.longest, duration);
      }
    }).observe({ type: 'longtask' });
  }, FEED, String(run), definition(), subject === 'agent' ? agent() : []);
}

/** What is left once the garbage is gone. */
async function sample(page, session) {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { Nodes: nodes } = await page.metrics();
  return {
    heap: usedSize, nodes,
    ours: await page.evaluate(() => document.querySelectorAll('[data-rejoinder]').length),
  };
}

async function oneFeed(browser, base, subject) {
  const page = await browser.newPage();
  await prepare(page, base, subject);
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.enable');
  await page.evaluate(speed => {
    const step = () => { scrollBy(0, speed); requestAnimationFrame(step); };
    requestAnimationFrame(step);
  }, SPEED);
  const samples = [];
  const began = performance.now();
  for (let at = SAMPLE_MS; at <= MINUTES * 60_000; at += SAMPLE_MS) {
    await new Promise(done => setTimeout(done, at - (performance.now() - began)));
    // A collection of the whole heap is a long task of the tool's own.
    const { longest, long, own } = await page.evaluate(() => ({ ...globalThis.figures }));
    samples.push({ minutes: at / 60_000, ...await sample(page, session), longest, long, own });
    await page.evaluate(kept => new Promise(done => {
      setTimeout(() => { Object.assign(globalThis.figures, kept); done(); }, 100);
    }), { longest, long });
  }
  const posts = await page.evaluate(height => Math.round(scrollY / height), FEED.height);
  const marked = await page.evaluate(() => document.querySelectorAll('.post-author [data-rejoinder]').length);
  if (subject === 'agent' && !marked) throw new Error('no row beside any post');
  await page.close();
  return { samples, posts };
}

/** @param {() => Promise<import('puppeteer-core').Browser>} launch @param {string} base */
export async function benchFeed(launch, base) {
  const browsers = await Promise.all([launch(), launch()]);
  const [bare, agent] = await Promise.all(browsers.map((browser, i) => oneFeed(browser, base, ['bare', 'agent'][i])));
  await Promise.all(browsers.map(browser => browser.close()));
  return { minutes: MINUTES, warm: WARM_MINUTES, subjects: { 'the page alone': bare, 'with the agent': agent } };
}
