// A page that wants in: it reads, drives and spoofs what is ours, forges events and messages, and is full of markup.

import { deepEqual, equal, ok, ours, overlay, overlayShown, picker, press, row, strip, suite, until } from '../harness/index.mjs';
import { BOX, MARTA, form, page as document_, post, thread } from '../pages/thread.mjs';

const EVIL = {
  id: 'e"1', handle: 'evil', name: '<b>{{ 7*7 }}</b> \u202e${evil}\u202c\u200b',
  text: '<img src=x onerror="globalThis.owned = 1"> @albacoffee {{ constructor.constructor("globalThis.owned = 2")() }} <script>globalThis.owned = 3</script> pay\u200bpal \u202etxt.exe\u202c',
};
const marked = (page) => until('the mark', async () => (await row(page, 'article'))?.marks.includes('Mentions us'));

export default suite('a hostile page', ({ test }) => {
  test('events that no person caused do nothing', async ({ site, open }) => {
    site.serve('/forged', thread(BOX));
    const page = await open('/forged');
    await marked(page);
    await page.hover('article');
    await until('the buttons', async () => (await row(page, 'article')).buttons.length);
    // The test package has open roots, so the page gets further here than it ever could.
    await page.evaluate(() => {
      for (const host of document.querySelectorAll('[data-rejoinder]')) {
        for (const button of host.shadowRoot.querySelectorAll('button')) {
          button.click();
          button.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
          button.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true, composed: true }));
        }
      }
      const box = document.querySelector('textarea');
      box.focus();
      for (const key of ['/', 'l', 'a', 't', 'e', 'Enter']) {
        box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
      }
    });
    await press(page, '[data-act="save"]', 'article:nth-of-type(2)');
    await until('the person\'s own save', async () => (await row(page, 'article:nth-of-type(2)')).buttons.some((text) => /undo/i.test(text)));
    ok(!(await row(page, 'article')).buttons.some((text) => /undo/i.test(text)), 'the forged click saved');
    equal(await page.$eval('textarea', (box) => box.value), '');
  });

  test('our frame answers nobody but the person in front of it', async ({ site, open, extension, kind, browser }) => {
    site.serve('/frame', thread(BOX, { script: "globalThis.heard = []; addEventListener('message', (event) => heard.push(event.data))" }));
    const page = await open('/frame');
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await press(page, '.templates');
    await until('templates', async () => (await overlayShown(page)) && (await picker(page)).titles.length > 3);
    const frame = await overlay(page);
    // Once more, with the nonce that was used already: this frame stays empty.
    const spoofed = await page.evaluate(() => {
      const src = [...document.querySelectorAll('[data-rejoinder]')].map((host) => host.shadowRoot.querySelector('iframe')).find(Boolean).src;
      const copy = document.createElement('iframe');
      copy.src = src;
      copy.id = 'copy';
      document.body.append(copy);
      return src;
    });
    ok(spoofed.includes('#'), spoofed);
    for (const target of page.frames()) if (target !== page.mainFrame()) await target.evaluate(() => document.readyState).catch(() => {});
    await page.evaluate(() => {
      for (let i = 0; i < frames.length; i += 1) frames[i].postMessage({ type: 'choose', index: 0 }, '*');
      document.getElementById('copy').contentWindow.postMessage({ type: 'pair', nonce: 'x' }, '*');
    });
    const copies = [];
    for (const other of page.frames()) {
      if (other === page.mainFrame() || other === frame) continue;
      copies.push(await other.evaluate(() => document.querySelectorAll('.picker-list li').length).catch(() => 0));
    }
    deepEqual(copies.filter(Boolean), []);
    equal(await page.$eval('textarea', (box) => box.value), '');
    deepEqual(await page.evaluate(() => globalThis.heard), []);
  });

  test('markup, template syntax and direction marks are shown and saved as text', async ({ site, open, ours: own }) => {
    site.serve('/markup', document_(post(EVIL, form(BOX))));
    const page = await open('/markup');
    await marked(page);
    await press(page, '[data-act="save"]', 'article');
    await until('saved', async () => (await row(page, 'article')).buttons.some((text) => /undo/i.test(text)));
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await page.keyboard.type('/look');
    const { preview } = await until('a preview', async () => {
      const found = await picker(page);
      return found.preview && found;
    });
    ok(!preview.includes('49') && !preview.includes('\u202e'), preview);
    await page.keyboard.press('Escape');
    const log = await own('pages/log.html');
    const text = await until('the mention', async () => {
      const all = await log.evaluate(() => document.body.innerText);
      return all.includes('onerror') && all;
    });
    ok(text.includes('{{ constructor'), 'the text is kept as it was');
    equal(await log.evaluate(() => document.querySelectorAll('main img[src="x"], main script').length), 0);
    equal(await log.evaluate(() => globalThis.owned), undefined);
    equal(await page.evaluate(() => globalThis.owned), undefined);
  });

  test('a page that breaks the built-ins of its own world breaks nothing of ours', async ({ site, open }) => {
    site.serve('/broken', thread(BOX, {
      script: `Array.prototype.map = String.prototype.includes = EventTarget.prototype.dispatchEvent = () => { throw new Error('broken'); };
        JSON.stringify = () => { throw new Error('broken'); }; globalThis.MutationObserver = null; globalThis.ClipboardEvent = null;`,
    }));
    const page = await open('/broken');
    const found = await until('the row', async () => {
      const handles = await page.$$('[data-rejoinder]');
      return handles.length > 0 && handles;
    });
    ok(found.length);
  });

  test('a page full of look-alikes draws nothing twice', async ({ site, open }) => {
    site.serve('/spoof', thread(BOX).replace('<main>', '<main><span data-rejoinder="old">stale</span>'));
    const page = await open('/spoof');
    await marked(page);
    equal((await ours(page)).filter(({ text }) => text === 'stale').length, 0);
    equal(MARTA.id, 'm1');
  });
});
