// The log's page with a hundred thousand mentions: its first rows, and what a person finds in it.

import { until } from '../../e2e/harness/until.mjs';
import { summary } from '../measure.mjs';
import { buildId, inPage } from '../page.mjs';
import { ms, say, table } from '../report.mjs';
import { history } from './history.mjs';
import { noteAnswers, noteFirst } from './list-page.mjs';

const MENTIONS = 100_000;
/** Events of which the records are made that are multiplied. */
const EVENTS = 3_000;
/** So many are put into the log at a time. */
const PORTION = 5_000;
const OPENINGS = 8;
const ROUNDS = 5;
const WORKSPACE = 'bench-log';
/** Typed letter by letter and taken back: what many have, few, one, and none. */
const WORDS = ['parcel late', 'marta klein', 'order 150123', 'zzz'];
/** What is chosen in the list of statuses. */
const STATUSES = ['open', 'resolved', 'to_do', ''];

/** @param {import('../../e2e/harness/extension.mjs').Extension} extension */
export async function benchList(extension) {
  const build = buildId();
  const desk = await extension.open('pages/practice.html');
  const run = inPage(desk, 'background-page.mjs', 'log/list-page.mjs');
  await run('askAs', build, { type: 'workspace', id: WORKSPACE });
  await run('askAs', build, { type: 'import', jsonl: history(EVENTS).join('\n') });
  let stored = 0;
  while (stored < MENTIONS) stored = await run('multiply', `rejoinder-${WORKSPACE}`, stored, Math.min(MENTIONS, stored + PORTION));

  const address = await extension.url('pages/log.html');
  const times = { page: [], rows: [], loaded: [], longest: [] };
  let page;
  for (let turn = 0; turn <= OPENINGS; turn++) {
    await page?.close();
    page = await extension.browser.newPage();
    await page.evaluateOnNewDocument(noteFirst, stored);
    await page.goto(address);
    await until('the whole log', () => page.evaluate(() => globalThis.loaded), { within: 120_000, every: 200 });
    const { cursor, shown, loaded, long } = await page.evaluate(() => ({ cursor: globalThis.cursor, shown: globalThis.shown, loaded: globalThis.loaded, long: globalThis.long }));
    if (!turn) continue;
    times.page.push(shown);
    times.rows.push(shown - cursor);
    times.loaded.push(loaded);
    times.longest.push(Math.max(0, ...long.map(({ duration }) => duration)));
  }

  await page.bringToFront();
  await page.evaluate(noteAnswers);
  let count = 0;
  /** What is done, and the answer to it. */
  const answer = async (/** @type {() => Promise<unknown>} */ act) => {
    await act();
    count += 1;
    return until('the answer', () => page.evaluate(at => globalThis.answers[at - 1], count));
  };
  const keys = Object.fromEntries(WORDS.map(words => [words, { times: [], found: 0 }]));
  const chosen = Object.fromEntries(STATUSES.map(status => [status, { times: [], found: 0 }]));
  for (let round = 0; round < ROUNDS; round++) {
    await page.focus('#log-search');
    for (const words of WORDS) {
      for (const letter of words) {
        const { took, found } = await answer(() => page.keyboard.type(letter));
        keys[words].times.push(took);
        keys[words].found = found;
      }
      for (const _ of words) keys[words].times.push((await answer(() => page.keyboard.press('Backspace'))).took);
    }
    for (const status of STATUSES) {
      const { took, found } = await answer(() => page.select('.filters select', status));
      chosen[status].times.push(took);
      chosen[status].found = found;
    }
  }
  await page.close();

  const row = (/** @type {string} */ name, /** @type {number[]} */ all, /** @type {unknown} */ found, budget = '–') =>
    [name, found, ms(summary(all).p50), ms(summary(all).p95), ms(Math.max(...all)), budget];
  const number = (/** @type {number} */ of) => of.toLocaleString('en');
  say(`The log's page with ${number(stored)} mentions, ms`, table(['what', 'found', 'p50', 'p95', 'most', 'budget'], [
    row('from reading by cursor to the first rows in the picture', times.rows, '–', '100'),
    row('from opening the page to that picture, its module included', times.page, '–'),
    row('until everything is loaded', times.loaded, '–'),
    row('longest task while loading', times.longest, '–'),
    ...Object.entries(keys).map(([words, { times: all, found }]) => row(`“${words}”, typed and taken back: a key to the list in the picture`, all, number(found), '100')),
    ...Object.entries(chosen).map(([status, { times: all, found }]) => row(status ? `filter by status ${status}` : 'filter taken away', all, number(found), '100')),
  ]));
}
