// A feed that recycles its nodes: what Rejoinder knows belongs to the post, not to the node that shows it.

import { deepEqual, equal, ok, suite, until } from '../harness/index.mjs';
import { FEED, feed, names } from '../pages/feed.mjs';

const STEPS = 40;

/** What stands on the screen: the posts' numbers, and how often each is marked. */
const shown = page => page.evaluate(() => [...document.querySelectorAll('#feed > .post')].map(node => {
  const { top, bottom } = node.getBoundingClientRect();
  const hosts = [...node.querySelectorAll('[data-rejoinder]')];
  return {
    number: Number(node.dataset.id?.slice(1) ?? 0),
    near: bottom > 0 && top < innerHeight,
    marks: hosts.flatMap(host => [...host.shadowRoot.querySelectorAll('.mark')].map(mark => mark.textContent)),
  };
}));

/** Every post on the screen is there and marked as it should be; no node is marked for another's sake. */
async function right(page) {
  const rows = await shown(page);
  return rows.filter(({ near }) => near).every(({ number }) => number)
    && rows.every(({ number, near, marks }) => (number && names(number) ? marks.length === 1 || !near && !marks.length : !marks.length));
}

/** Scrolls and lets the page draw. */
const scroll = (page, by) => page.evaluate(by => new Promise(done => {
  scrollBy(0, by);
  requestAnimationFrame(() => requestAnimationFrame(() => done(scrollY)));
}), by);

/** How often each post was sent to be judged. */
async function reads(page, extension) {
  const ids = await extension.askFrom(page, 'reads');
  const count = {};
  for (const id of ids) count[id] = (count[id] ?? 0) + 1;
  return count;
}

const twice = count => Object.entries(count).filter(([, times]) => times > 1).map(([id]) => id);

export default suite('a feed that recycles its nodes', ({ test }) => {
  test('marks follow the posts down, and back up without reading again', async ({ site, open, extension }) => {
    site.serve('/feed', feed());
    const page = await open('/feed');
    await until('the first marks', () => right(page));
    for (let step = 0; step < STEPS; step++) {
      await scroll(page, 500);
      await until(`marks at step ${step}`, () => right(page));
    }
    const down = await reads(page, extension);
    deepEqual(twice(down), []);
    const deepest = Math.max(...(await shown(page)).map(({ number }) => number));
    ok(deepest > 140, `only ${deepest} posts`);
    for (let number = 1; number <= deepest - FEED.rows; number++) equal(down[`p${number}`], 1, `post ${number}`);
    for (let step = 0; step < STEPS / 2; step++) {
      await scroll(page, -1000);
      await until(`marks on the way up, step ${step}`, () => right(page));
    }
    equal(await page.evaluate(() => scrollY), 0);
    const up = await reads(page, extension);
    deepEqual(twice(up), []);
    // At the end of the way down a few more came near.
    ok(Object.keys(up).length - Object.keys(down).length <= FEED.rows, `${Object.keys(up).length} after ${Object.keys(down).length}`);
  });

  test('a flight through a thousand posts leaves nothing behind', async ({ site, open, extension }) => {
    site.serve('/feed', feed());
    const page = await open('/feed');
    await until('the first marks', () => right(page));
    const flight = (by, frames) => page.evaluate((by, frames) => new Promise(done => {
      const step = left => { scrollBy(0, by); requestAnimationFrame(() => (left ? step(left - 1) : done())); };
      step(frames);
    }), by, frames);
    // Faster than anything is read, past the end that the feed first had.
    await flight(900, 170);
    ok(await page.evaluate(height => scrollY > 1000 * height, FEED.height));
    await until('the marks where it ended', () => right(page));
    await flight(-1100, 60);
    await until('the marks on the way back', () => right(page));
    deepEqual(twice(await reads(page, extension)), []);
    const hosts = await page.evaluate(() => document.querySelectorAll('[data-rejoinder]').length);
    ok(hosts <= FEED.rows, `${hosts} rows of ours in ${FEED.rows} nodes`);
  });
});
