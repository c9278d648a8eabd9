// Pages that make it hard: strict policies, shadow roots, frames, dialogs that hold the focus, boxes that vanish, boxes that
// send on Enter, feeds that change under the reader.

import {
  POLICY, deepEqual, equal, ok, ours, overlayShown, picker, press, row, strip, suite, underlined, until,
} from '../harness/index.mjs';
import { BEN, BOX, MARTA, RICH, form, page as document_, post, thread } from '../pages/thread.mjs';

// Any mark: a post that an earlier test saved says so instead of "Mentions us".
const marked = (page, near = 'article') => until('the mark', async () => (await row(page, near))?.marks.length);
const read = (page, css) => page.$eval(css, (element) => element.value ?? element.innerText);

/** Types `/late` into the focused box and waits until the picker offers that template. */
async function ask(page) {
  await page.keyboard.type('/late');
  await until('the template', async () => (await overlayShown(page)) && (await picker(page)).preview.includes('Marta'));
}

/** Opens the picker in `css` and inserts with Enter. */
async function insert(page, css) {
  await page.click(css);
  await until('the strip', () => strip(page));
  await ask(page);
  await page.keyboard.press('Enter');
  await until('the text', async () => (await read(page, css)).includes('Hello Marta'));
  ok(!(await read(page, css)).includes('/late'));
}

export const policies = suite('under a policy that allows nothing, with Trusted Types', ({ test }) => {
  test('marks, save, template and finding work in a plain box', async ({ site, open }) => {
    site.serve('/strict', thread(BOX), { policy: POLICY.strict });
    const page = await open('/strict');
    await marked(page);
    await press(page, '[data-act="save"]', 'article');
    await until('saved', async () => (await row(page, 'article')).buttons.some((text) => /undo/i.test(text)));
    await insert(page, 'textarea');
    await page.keyboard.type(' It will definitely arrive.');
    await until('an underline', async () => (await underlined(page)).some((text) => text.includes('definitely')));
  });

  test('the same in an editable element', async ({ site, open }) => {
    site.serve('/strict-rich', thread(RICH), { policy: POLICY.strict });
    const page = await open('/strict-rich');
    await marked(page);
    await insert(page, '[contenteditable]');
    await page.keyboard.type(' It will definitely arrive.');
    await until('an underline', async () => (await underlined(page)).some((text) => text.includes('definitely')));
  });
});

export const frames = suite('in frames and shadow roots', ({ test }) => {
  test('a same-origin frame wakes when a person writes in it', async ({ site, open }) => {
    site.serve('/inner', thread(BOX));
    site.serve('/outer', document_('<iframe src="/inner" title="Thread" width="900" height="600"></iframe>'));
    const page = await open('/outer');
    const inner = await until('the frame', () => page.frames().find((frame) => frame.url().endsWith('/inner')));
    await (await inner.waitForSelector('textarea')).click();
    await until('the strip in the frame', () => strip(inner));
    await marked(inner);
  });

  test('an open shadow root is read and served when the definition names it', async ({ site, open, define }) => {
    await define({
      id: 'shadowed', network: 'practice', hosts: ['127.0.0.1'], detect: ['html[data-shadowed]'], roots: ['x-thread'],
    });
    site.serve('/shadow', document_('<x-thread></x-thread>', {
      script: `customElements.define('x-thread', class extends HTMLElement {
        connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = ${JSON.stringify(post(MARTA, form(BOX)))}; }
      });`,
    }).replace('data-practice-network', 'data-shadowed'));
    const page = await open('/shadow');
    await until('the mark', async () => (await ours(page)).some(({ text }) => text.includes('Mentions us')));
    const box = await page.evaluateHandle(() => document.querySelector('x-thread').shadowRoot.querySelector('textarea'));
    await box.click();
    await until('the strip', () => strip(page));
    await ask(page);
    await page.keyboard.press('Enter');
    await until('the text', () => box.evaluate((element) => element.value.includes('Hello Marta')));
  });
});

export const dialogs = suite('in dialogs', ({ test }) => {
  test('a native modal dialog has the picker inside it', async ({ site, open }) => {
    site.serve('/modal', document_(`${post(BEN)}<dialog>${post(MARTA, form(BOX))}</dialog>`, { script: "document.querySelector('dialog').showModal()" }));
    const page = await open('/modal');
    await insert(page, 'textarea');
    equal(await page.evaluate(() => document.querySelector('dialog').open), true);
  });

  test('a dialog that pulls the focus back does not fight with the picker', async ({ site, open }) => {
    site.serve('/trap', document_(`${post(BEN)}<div role="dialog" aria-label="Reply">${post(MARTA, form(BOX))}</div>`, {
      script: `const dialog = document.querySelector('[role=dialog]'); globalThis.pulled = 0;
        document.addEventListener('focusin', (event) => {
          if (!dialog.contains(event.target)) { globalThis.pulled += 1; dialog.querySelector('textarea').focus(); }
        });`,
    }));
    const page = await open('/trap');
    await insert(page, 'textarea');
    equal(await page.evaluate(() => globalThis.pulled), 0);
  });

  test('a box that collapses when it loses the focus stays open', async ({ site, open }) => {
    site.serve('/collapse', thread(BOX, {
      script: `const box = document.querySelector('textarea'); globalThis.blurs = 0;
        box.addEventListener('blur', () => { globalThis.blurs += 1; box.style.height = '0'; });
        box.addEventListener('focus', () => { box.style.height = ''; });`,
    }));
    const page = await open('/collapse');
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await press(page, '.templates');
    await until('templates', async () => (await overlayShown(page)) && (await picker(page)).titles.length > 3);
    await page.keyboard.press('Escape');
    await insert(page, 'textarea');
    equal(await page.evaluate(() => globalThis.blurs), 0);
  });
});

export const refusals = suite('a box that refuses', ({ test }) => {
  const offered = async (page, kept) => {
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await ask(page);
    await page.keyboard.press('Enter');
    await until('the offer', async () => (await strip(page)).notice.includes('Copy it'));
    equal(await read(page, 'textarea'), kept);
    await press(page, '.copy');
    await until('copied', async () => (await strip(page)).notice === 'Copied');
    await page.click('#elsewhere');
    await page.keyboard.down('Control');
    await page.keyboard.press('v');
    await page.keyboard.up('Control');
    await until('the template from the clipboard', async () => (await read(page, '#elsewhere')).includes('Hello Marta'));
  };
  const elsewhere = '<input id="elsewhere" aria-label="Elsewhere">';

  test('more than the box may hold: nothing of it goes in, and it can be copied', async ({ site, open }) => {
    site.serve('/short', thread(BOX.replace('<textarea', '<textarea maxlength="20"') + elsewhere));
    await offered(await open('/short'), '/late');
  });

  test('a box that clips what it gets: half a template is taken out again, and the whole can be copied', async ({ site, open }) => {
    site.serve('/clips', thread(BOX + elsewhere, {
      script: `const box = document.querySelector('textarea'); box.addEventListener('input', () => { box.value = box.value.slice(0, 20); });`,
    }));
    await offered(await open('/clips'), '/late');
  });
});

export const enter = suite('where Enter sends', ({ test }) => {
  const SENDS = `globalThis.sent = []; const box = document.querySelector('textarea');
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey) return;
      event.preventDefault(); globalThis.sent.push(box.value); box.value = '';
    });`;

  test('the Enter that inserts a template sends nothing, however long it is held', async ({ site, open }) => {
    site.serve('/enter', thread(BOX, { script: SENDS }));
    const page = await open('/enter');
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await ask(page);
    for (let held = 0; held < 30; held += 1) await page.keyboard.down('Enter');
    await until('the text', async () => (await read(page, 'textarea')).includes('Hello Marta'));
    for (let held = 0; held < 30; held += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.keyboard.press('Enter');
    deepEqual(await page.evaluate(() => globalThis.sent), []);
    ok((await read(page, 'textarea')).includes('Hello Marta'));
  });

  test('a later Enter of the person sends as ever', async ({ site, open }) => {
    site.serve('/enter', thread(BOX, { script: SENDS }));
    const page = await open('/enter');
    await insert(page, 'textarea');
    await until('the guard to end', async () => {
      await page.keyboard.press('Enter');
      return (await page.evaluate(() => globalThis.sent)).length === 1;
    }, { every: 500 });
  });
});

export const changes = suite('when the page changes under the reader', ({ test }) => {
  test('navigation inside the document leaves nothing of the old page and serves the new one', async ({ site, open }) => {
    site.serve('/spa', document_(post(MARTA, form(BOX)), {
      script: `globalThis.go = (path, html) => { history.pushState({}, '', path); document.querySelector('main').innerHTML = html; };`,
    }));
    const page = await open('/spa');
    await marked(page);
    await page.evaluate((html) => globalThis.go('/spa/other', html), post({ ...MARTA, id: 'm2', text: 'Thank you @albacoffee!' }) + post(BEN));
    await marked(page);
    equal(await page.evaluate(() => location.pathname), '/spa/other');
    await page.evaluate((html) => globalThis.go('/spa/quiet', html), post(BEN));
    await until('no mark', async () => !(await ours(page)).some(({ text }) => text.includes('Mentions us')));
  });

  test('a recycled node never keeps the marks of the post it showed before', async ({ site, open }) => {
    site.serve('/recycled', document_(post(MARTA) + post(BEN), {
      script: `globalThis.become = (at, { id, handle, name, text }) => {
        const node = document.querySelectorAll('article')[at];
        node.dataset.id = id; node.querySelector('.post-time').href = '?post=' + id;
        node.querySelector('.post-handle').textContent = '@' + handle; node.querySelector('.post-name').textContent = name;
        node.querySelector('.post-text').textContent = text;
      };`,
    }));
    const page = await open('/recycled');
    await marked(page);
    await page.evaluate((ben, marta) => { globalThis.become(0, ben); globalThis.become(1, marta); }, BEN, MARTA);
    await until('the marks to follow the posts', async () =>
      !(await row(page, 'article:nth-of-type(1)'))?.marks.length && (await row(page, 'article:nth-of-type(2)'))?.marks.includes('Mentions us'));
  });
});
