// Ten thousand events into IndexedDB and out again: the product's own way in its own pages, its storing alone, the floor
// written by hand, and other people's stores, in turns in one browser.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../e2e/harness/until.mjs';
import { summary } from '../measure.mjs';
import { buildId, inPage } from '../page.mjs';
import { ms, say, table, times } from '../report.mjs';
import { bundledOurs, bundledStores } from '../stores/bundle.mjs';
import { history } from './history.mjs';

const EVENTS = 10_000;
/** The first one is for the engines to get warm, and is not counted. */
const ROUNDS = 5;
const FLOOR = 'IndexedDB by hand, strict';

/** In the log's page: milliseconds from a click on the export until its file is made, and the file's size. */
function exported() {
  return new Promise((done) => {
    const make = URL.createObjectURL;
    const start = performance.now();
    URL.createObjectURL = (blob) => {
      URL.createObjectURL = make;
      done({ read: performance.now() - start, size: blob.size });
      return make(blob);
    };
    const [, jsonl] = document.querySelectorAll('.files button');
    jsonl.click();
  });
}

/** @param {import('../../e2e/harness/extension.mjs').Extension} extension @param {string} modules  the folder of our modules */
export async function benchStore(extension, modules) {
  const texts = history(EVENTS);
  const build = buildId();
  const page = await extension.open('pages/practice.html');
  const run = inPage(page, 'background-page.mjs', 'log/store-page.mjs');
  await page.evaluate(await bundledStores(process.env.STORES ?? ''));
  await page.evaluate(await bundledOurs(modules));
  await page.evaluate((bytes) => { globalThis.ours.start(Uint8Array.from(atob(bytes), it => it.charCodeAt(0))); },
    readFileSync(join(modules, 'bench_bg.wasm')).toString('base64'));
  await page.evaluate((all) => { globalThis.texts = all; }, texts);

  /** @type {Record<string, Record<string, number[]>>} */
  const measured = {};
  const note = (/** @type {string} */ name, /** @type {Record<string, number>} */ took) => {
    for (const [what, time] of Object.entries(took)) ((measured[name] ??= {})[what] ??= []).push(time);
  };
  let records = {};
  for (let round = 0; round < ROUNDS; round++) {
    const workspace = `bench-store-${round}`;
    await run('askAs', build, { type: 'workspace', id: workspace });
    const every = await run('imported', build);
    const log = await extension.open('pages/log.html');
    await until('the whole log', () => log.evaluate(() => document.querySelector('#log-rows') && !document.querySelector('.log-bar progress')));
    const read = await log.evaluate(exported);
    await log.close();
    if (!round) records = await run('made', `rejoinder-${workspace}`);
    const [parsing, looking, folding, writing] = await run('alone', `alone-${round}`);
    /** @type {[string, Record<string, number>][]} */
    const others = [];
    for (const name of await run('subjects')) others.push([name, await run('other', name, round)]);
    if (!round) continue;
    note('rejoinder, the whole way', { every, ...read });
    note('rejoinder, storing alone', { every: writing });
    note('parts', { parsing, looking, folding, writing });
    for (const [name, took] of others) note(name, took);
  }
  await page.close();

  // On a machine that others use too the least says more than the middle.
  const both = (/** @type {string} */ name, /** @type {string} */ what) => {
    const all = measured[name][what];
    return all && [summary(all).p50, Math.min(...all)];
  };
  const cells = (/** @type {string} */ name, /** @type {string} */ what) => {
    const [own, floor] = [both(name, what), both(FLOOR, what)];
    if (!own) return ['–', '–'];
    const [ratio, least] = own.map((time, at) => times(time / floor[at]));
    return [`${ms(own[0])} (${ms(own[1])})`, `${ratio} (${least})`];
  };
  const { parts, ...subjects } = measured;
  const counts = Object.entries(records).map(([name, count]) => `${count.toLocaleString('en')} ${name}`).join(', ');
  const bytes = Math.round(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / EVENTS);
  say(`${EVENTS.toLocaleString('en')} events of ${bytes} B stored in one go, ms (p50 of ${ROUNDS - 1}, in turns, and the least); every record: ${counts}`, table(
    ['subject', 'every record', `against ${FLOOR.replace(', strict', '')}`, 'the events alone', 'against it', 'events read back as text', 'against it'],
    Object.keys(subjects).map(name => [name, ...cells(name, 'every'), ...cells(name, 'events'), ...cells(name, 'read')])));
  say('Parts of our way, in a page, ms (p50)', table(Object.keys(parts), [Object.values(parts).map(all => ms(summary(all).p50))]));
  const sizes = new Set(Object.values(subjects).flatMap(({ size }) => size ?? []));
  if (sizes.size !== 1) throw new Error(`not everybody read the same back: ${[...sizes].join(', ')} bytes`);
}
