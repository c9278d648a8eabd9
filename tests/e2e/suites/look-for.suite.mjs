// Looking for something on a page: the rest steps back, nothing is hidden or moved, and the keys go from match to match.

import { deepEqual, equal, inside, ok, row, suite, until } from '../harness/index.mjs';
import { over } from '../harness/popup.mjs';
import { serveNetwork } from '../pages/networks/index.mjs';
import { ACCOUNTS, NETWORKS } from '../pages/networks/table.mjs';
import { BEN, MARTA, page as whole, post } from '../pages/thread.mjs';
import { brand, isMarked } from '../steps.mjs';

const VERA = { id: 'v1', handle: 'vera', name: 'Vera Lund', text: 'My pods leak, @albacoffee.', likes: 9 };
const OMAR = { id: 'o1', handle: 'omar', name: 'Omar Said', text: 'Thank you, @albacoffee!', likes: 7 };
const FAR = { id: 'f1', handle: 'far_away', name: 'Far Away', text: 'Snow at last.', likes: 1 };
/** A comment of somebody notable, inside a post that nobody looks for. */
const COMMENT = `<div class="reply" data-id="c1">
  <p class="post-author"><strong class="post-name">Vera Lund</strong> <span class="post-handle">@vera</span></p>
  <p><a class="post-time" href="?post=c1"><time datetime="2026-11-20T11:00:00.000Z">yesterday</time></a></p>
  <p class="post-text">Up here too.</p>
</div>`;
const ALL = [MARTA, BEN, VERA, OMAR, FAR];
const COUNT = ALL.length + 1;

/** Who stands in front, in the order of the page: whatever is pale around somebody makes them pale too. */
const front = (page) => page.$$eval('.post, .reply', (all) => all.filter((one) => {
  for (let at = one; at; at = at.parentElement) if (getComputedStyle(at).opacity !== '1') return false;
  return true;
}).map((one) => one.dataset.id));
const heights = (page) => page.$$eval('.post', (all) => all.map((one) => one.getBoundingClientRect().top));
const focused = (page) => page.evaluate(() => document.activeElement?.closest('.post')?.dataset.id ?? '');
/** Is the element pale, or something around it? */
const isPale = (page, css) => page.$eval(css, (one) => {
  for (let at = one; at; at = at.parentElement) if (getComputedStyle(at).opacity !== '1') return true;
  return false;
});
const lookFor = (extension, what, value) => extension.say({ type: 'device', name: `only:${what}:127.0.0.1`, value });

export default suite('looking for something on a page', { chain: true }, ({ test }) => {
  let page;

  test('influencers whom nobody has answered stay in front, everybody else steps back', async ({ site, browser, extension, shot }) => {
    const { state } = await extension.say({ type: 'open', page: 'log' });
    const listed = ['vera', 'omar'].map((handle) => ({ network: 'practice', handle, role: 'vip', notes: '' }));
    await extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, listed } });
    site.serve('/sought', whole(ALL.map((one) => post(one, one === FAR ? COMMENT : '')).join('')));
    page = await browser.newPage();
    await page.goto(`${site.origin}/sought`);
    await page.bringToFront();
    await until('the labels', async () => (await row(page, '[data-id="o1"]'))?.marks.includes('VIP'));
    deepEqual(await front(page), [...ALL.map(({ id }) => id), 'c1']);
    const before = await heights(page);
    const omar = await inside(page, '.row', '[data-id="o1"]');
    await omar.focus();
    await page.keyboard.press('w');
    await until('the answer of another place', async () => (await row(page, '[data-id="o1"]')).marks.some((text) => /Answered/.test(text)));
    await lookFor(extension, 'influencers', 'on');
    await until('the influencers', async () => (await front(page)).join() === 'v1,o1,f1,c1');
    await lookFor(extension, 'unanswered', 'on');
    await until('the ones without an answer', async () => (await front(page)).join() === 'v1,f1,c1');
    await shot(page, 'look-for');
    deepEqual(await heights(page), before);
    const tab = await extension.askFrom(page, 'tab');
    await until('every post to count once', async () => (await extension.say({ type: 'site', tab })).site.health.seen === COUNT);
  });

  test('the key for the next post goes from match to match', async ({ extension }) => {
    await lookFor(extension, 'influencers', 'off');
    await until('what the brand has to answer', async () => (await front(page)).join() === 'm1,v1,f1');
    await page.bringToFront();
    for (const expect of ['m1', 'v1', 'm1']) {
      await extension.askFrom(page, 'command', 'next');
      await until(`focus on ${expect}`, async () => (await focused(page)) === expect);
    }
    await page.keyboard.press('j');
    await until('focus on the next', async () => (await focused(page)) === 'v1');
    await page.keyboard.press('k');
    await until('focus on the one before', async () => (await focused(page)) === 'm1');
  });

  for (const lang of ['en', 'es']) {
    test(`the popup says what is looked for and changes it, ${lang}`, async ({ extension, ours, shot, violations }) => {
      await extension.say({ type: 'device', name: 'language', value: lang });
      const tab = await extension.askFrom(page, 'tab');
      const popup = await ours('pages/popup.html');
      await popup.setViewport({ width: 400, height: 800 });
      await over(popup, extension, { id: tab, url: page.url() });
      const box = await until('the switches', () => popup.$('input[name="unanswered"]'));
      ok(await box.evaluate((input) => input.checked));
      await shot(popup, `popup-look-for-${lang}`);
      deepEqual(await violations(popup), []);
      await box.click();
      await page.bringToFront();
      await until('everything in front', async () => (await front(page)).length === COUNT);
      await lookFor(extension, 'unanswered', 'on');
      await until('the one it was', async () => (await front(page)).join() === 'm1,v1,f1');
    });
  }

  test('with the marks switched off, nothing stays pale', async ({ extension }) => {
    await page.bringToFront();
    await extension.say({ type: 'pause', host: '127.0.0.1', feature: 'marks', on: true });
    await until('everything in front', async () => (await front(page)).length === COUNT);
    equal(await page.evaluate(() => document.querySelectorAll('[data-rejoinder]').length), 0);
    await extension.say({ type: 'pause', host: '127.0.0.1', feature: 'marks', on: false });
    await until('pale again', async () => (await front(page)).join() === 'm1,v1,f1');
  });
});

export const dark = suite('the popup where something is looked for, dark, es', { theme: 'dark' }, ({ test }) => {
  test('it says so, and that nothing can be looked for without marks', async ({ site, open, extension, ours, shot, violations }) => {
    await extension.say({ type: 'device', name: 'language', value: 'es' });
    await lookFor(extension, 'mentions', 'on');
    site.serve('/sought', whole(ALL.map((one) => post(one)).join('')));
    const page = await open('/sought');
    await until('the one that names the brand', async () => (await front(page)).join() === 'm1,v1,o1');
    const tab = await extension.askFrom(page, 'tab');
    const popup = await ours('pages/popup.html');
    await popup.setViewport({ width: 400, height: 800 });
    await over(popup, extension, { id: tab, url: page.url() });
    await until('the switch', () => popup.$eval('input[name="mentions"]', (input) => input.checked));
    await shot(popup, 'popup-look-for-es');
    deepEqual(await violations(popup), []);
    await extension.say({ type: 'pause', host: '127.0.0.1', feature: 'marks', on: true });
    await until('the reason', async () => (await popup.$eval('#popup-only-help', (help) => help.textContent)).includes('Las marcas están desactivadas'));
    ok(await popup.$eval('input[name="mentions"]', (input) => input.disabled));
    await shot(popup, 'popup-look-for-off-es');
    deepEqual(await violations(popup), []);
  });
});

export const networks = suite('looking for something on the networks\' own pages', ({ test }) => {
  const some = NETWORKS.filter(({ name, starts }) => starts || /^X\b/.test(name));
  for (const network of some) {
    test(`${network.name}: what names the brand stays in front, also where the feed starts without marks`, async ({ site, open, extension }) => {
      await brand(extension, 'Alba Coffee', ACCOUNTS, ['Alba']);
      const page = await open((network.serve ?? serveNetwork)(site, network));
      await page.bringToFront();
      const name = `only:mentions:${new URL(page.url()).hostname}`;
      await extension.say({ type: 'device', name, value: 'on' });
      await isMarked(page, network.post);
      await until('the other one to be pale', () => isPale(page, network.ordinary));
      equal(await isPale(page, network.post), false);
      await extension.say({ type: 'device', name, value: 'off' });
      await until('it is as it was', async () => !(await isPale(page, network.ordinary)));
    });
  }
  test('both networks were looked at', async () => { ok(some.length >= 3, some.map(({ name }) => name).join()); });
});
