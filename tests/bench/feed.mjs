// A feed without an end, scrolled for minutes, with the agent and without, side by side in two browsers: what the heap
// holds once it is collected, how many nodes there are, and the longest task of the page's main thread. Tasks are told by
// the processor time they took, which a busy machine does not stretch.
import { readFileSync } from 'node:fs';
import { FEED, run } from '../e2e/pages/feed.mjs';
import { agentFiles, definition } from './agent.mjs';

const MINUTES = 5;
const WARM_MINUTES = 2;
/** Pixels a frame: about twenty posts a second. */
const SPEED = 50;
const SAMPLE_MS = 15_000;
/** After warming up, so much of the scrolling is traced. */
const TRACED_MS = 60_000;
const LONG_MS = 50;

const agent = () => agentFiles().map(file => readFileSync(file, 'utf8').replaceAll("'use strict';", ''));

async function prepare(page, base, subject) {
  await page.goto(base);
  await page.setViewport({ width: 1000, height: 900 });
  await page.evaluate(async (how, source, site, sources) => {
    const bench = await import('/tests/bench/agent-page.mjs');
    document.documentElement.setAttribute('data-practice-network', '');
    document.body.innerHTML = '<main><div id="feed"></div></main>';
    globalThis.chrome = bench.background(site, 'dev');
    (0, eval)(`(${source})(${JSON.stringify(how)})`);
    for (const file of sources) (0, eval)(file);
  }, FEED, String(run), definition(), subject === 'agent' ? agent() : []);
}

/** The main thread's tasks while the feed goes on, in processor milliseconds. */
async function traced(page) {
  await page.tracing.start({ categories: ['-*', 'toplevel'] });
  await new Promise(done => setTimeout(done, TRACED_MS));
  const { traceEvents: events } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
  const main = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && main.has(`${pid} ${tid}`))
    // The tracer gives a few tasks no time.
    .flatMap(({ tdur }) => (tdur === undefined ? [] : tdur / 1000));
  if (tasks.length < 1000) throw new Error(`only ${tasks.length} tasks were traced`);
  return { longest: tasks.reduce((a, b) => Math.max(a, b), 0), long: tasks.filter(time => time > LONG_MS).length, tasks: tasks.length };
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
  let tasks;
  for (let at = SAMPLE_MS; at <= MINUTES * 60_000; at += SAMPLE_MS) {
    await new Promise(done => setTimeout(done, at - (performance.now() - began)));
    samples.push({ minutes: at / 60_000, ...await sample(page, session) });
    if (at === WARM_MINUTES * 60_000) {
      tasks = await traced(page);
      at += TRACED_MS;
    }
  }
  const posts = await page.evaluate(height => Math.round(scrollY / height), FEED.height);
  const marked = await page.evaluate(() => document.querySelectorAll('.post-author [data-rejoinder]').length);
  if (subject === 'agent' && !marked) throw new Error('no row beside any post');
  await page.close();
  return { samples, posts, ...tasks };
}

/** @param {() => Promise<import('puppeteer-core').Browser>} launch @param {string} base */
export async function benchFeed(launch, base) {
  const browsers = await Promise.all([launch(), launch()]);
  const [bare, agent] = await Promise.all(browsers.map((browser, i) => oneFeed(browser, base, ['bare', 'agent'][i])));
  await Promise.all(browsers.map(browser => browser.close()));
  return { minutes: MINUTES, warm: WARM_MINUTES, subjects: { 'the page alone': bare, 'with the agent': agent } };
}
