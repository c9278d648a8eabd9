// The main job against a real forum server: the reply is really posted, and read back from the server.

import { equal } from 'node:assert/strict';
import { suite, until } from './harness/index.mjs';
import { brand, empty, insertAndUndo, isAccount, isAnswered, isInLog, isMarked, mend, save } from './steps.mjs';

const REPLY = 'We are sorry about the delay. Your parcel will definitely arrive tomorrow.';
const MENDED = 'We are sorry about the delay. Your parcel should arrive tomorrow.';

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
    const read = () => page.$eval(box, (element) => element.value);

    test('a post that names the brand is marked, whoever wrote it', async ({ browser, extension, given: { server } }) => {
      await brand(extension, 'Acme', [{ network, handle: 'acme', kind: 'brand' }], ['acme']);
      await browser.setCookie(...await server.signIn('acme'));
      page = await browser.newPage();
      await page.goto(forum.thread(server), { waitUntil: 'load' });
      await isMarked(page, post);
    }, 120_000);

    test('Save keeps it in the log', () => save(page, post));

    test('the reply box has a strip that knows the account', async () => {
      await forum.openReply(page);
      await page.click(box);
      await isAccount(page, '@acme', 'brand');
    });

    test('a template arrives filled, and one undo takes it out', async () => {
      await insertAndUndo(page, { slash: '/late', greeting: forum.greeting, read });
      await empty(page, read);
    });

    test('a risky promise is underlined, and its fix taken by keyboard', () =>
      mend(page, { reply: REPLY, words: 'definitely', mended: MENDED, read }));

    test('the forum\'s own button posts it: the server has it once, the log as answered', async ({ ours, given: { server } }) => {
      await page.click(forum.send);
      await until('the reply on the server', async () => (await forum.replies(server)).some((text) => text.includes(MENDED)), { within: 20_000, every: 200 });
      equal((await forum.replies(server)).filter((text) => text.includes(MENDED)).length, 1);
      // A form that loads a new page takes its agent along before the reply is seen: the new page shows it.
      await isAnswered(page, post);
      await isInLog(await ours('pages/log.html'), forum.text);
    });
  });
}
