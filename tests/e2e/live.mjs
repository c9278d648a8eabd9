// The main job against a real forum server: the reply is really posted, and read back from the server.

import { equal, ok } from 'node:assert/strict';
import { card, overlayShown, picker, press, row, strip, suite, underlined, until } from './harness/index.mjs';

const REPLY = 'We are sorry about the delay. Your parcel will definitely arrive tomorrow.';
const MENDED = 'We are sorry about the delay. Your parcel should arrive tomorrow.';

const value = (page, box) => page.$eval(box, (element) => element.value);

async function control(page, key) {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}

/**
 * @param {string} name
 * @param {object} forum
 * @param {() => Promise<any>} forum.start the server with its seeded thread
 * @param {string} forum.network
 * @param {(server: any) => string} forum.thread its address
 * @param {string} forum.post selector of the customer's post
 * @param {string} forum.text words of it
 * @param {string} forum.greeting how a template begins for its author
 * @param {(page: any) => Promise<void>} forum.openReply what a person does to reach the reply box
 * @param {string} forum.box
 * @param {string} forum.send
 * @param {(server: any) => Promise<string[]>} forum.replies the texts that the server has, as text
 */
export function answering(name, forum) {
  const { network, post, box } = forum;
  return suite(name, { before: async () => ({ server: await forum.start() }), after: ({ server }) => server?.stop() }, ({ test }) => {
    let page;

    test('a post that names the brand is marked, whoever wrote it', async ({ browser, extension, given: { server } }) => {
      const { state } = await extension.say({ type: 'open', page: 'log' });
      const value = {
        ...state.workspace, name: 'Acme', brand: 'Acme', sample: false,
        accounts: [{ network, handle: 'acme', kind: 'brand' }], watch: [{ term: 'acme', list: 'brand' }],
      };
      await extension.say({ type: 'put', item: 'workspace', id: '', value });
      await browser.setCookie(...await server.signIn('acme'));
      page = await browser.newPage();
      await page.goto(forum.thread(server), { waitUntil: 'load' });
      await until('the mark', async () => (await row(page, post))?.marks.includes('Mentions us'));
    }, 120_000);

    test('Save keeps it in the log', async () => {
      await press(page, '[data-act="save"]', post);
      await until('"Saved" with Undo', async () => (await row(page, post)).buttons.some((text) => /undo/i.test(text)));
    });

    test('the reply box has a strip that knows the account', async () => {
      await forum.openReply(page);
      await page.click(box);
      const { account, kind } = await until('the strip', async () => {
        const found = await strip(page);
        return found?.account && found;
      });
      ok(account.includes('@acme'), account);
      equal(kind, 'brand');
    });

    test('a template arrives filled, and one undo takes it out', async () => {
      await page.keyboard.type('/late');
      await until('a filled preview', async () => (await overlayShown(page)) && (await picker(page)).preview.startsWith(forum.greeting));
      await page.keyboard.press('Enter');
      await until('the text', async () => (await value(page, box)).startsWith(forum.greeting));
      await until('no overlay', async () => !(await overlayShown(page)));
      await control(page, 'z');
      await until('no text', async () => !(await value(page, box)).includes(forum.greeting));
      await control(page, 'a');
      await page.keyboard.press('Backspace');
    });

    test('a risky promise is underlined, and its fix taken by keyboard', async () => {
      await page.keyboard.type(REPLY);
      await until('an underline', async () => (await underlined(page)).some((text) => text.includes('definitely')));
      await page.keyboard.down('Alt');
      await page.keyboard.press('.');
      await page.keyboard.up('Alt');
      await until('the card of the promise', async () => (await card(page))?.title.includes('definitely'));
      await page.keyboard.press('Enter');
      await until('the fix', async () => (await value(page, box)) === MENDED);
    });

    test('the forum\'s own button posts it: the server has it once, the log as answered', async ({ ours, given: { server } }) => {
      await page.click(forum.send);
      await until('the reply on the server', async () => (await forum.replies(server)).some((text) => text.includes(MENDED)), { within: 20_000, every: 200 });
      equal((await forum.replies(server)).filter((text) => text.includes(MENDED)).length, 1);
      // A form that loads a new page takes its agent along before the reply is seen: the new page shows it.
      await until('the post is answered', async () => (await row(page, post))?.marks.some((mark) => /answered/i.test(mark)));
      const log = await ours('pages/log.html');
      await until('the mention', async () => (await log.evaluate(() => document.body.innerText)).includes(forum.text));
    });
  });
}
