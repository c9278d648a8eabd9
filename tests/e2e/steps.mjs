// Steps of answering somebody, as a person takes them with mouse and keyboard: shared by the tests on the networks'
// pages and on real forums.

import { equal } from 'node:assert/strict';
import { card, overlayShown, picker, press, row, strip, underlined } from './harness/widgets.mjs';
import { steady, until } from './harness/until.mjs';

const CALM_MS = 700;

/** A workspace of the person's own, for a brand with these accounts. */
export async function brand(extension, name, accounts, terms) {
  const { state } = await extension.say({ type: 'open', page: 'log' });
  const value = {
    ...state.workspace, name, brand: name, sample: false, accounts, watch: terms.map((term) => ({ term, list: 'brand' })),
  };
  await extension.say({ type: 'put', item: 'workspace', id: '', value });
}

export async function control(page, key) {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}

export const isMarked = (page, post) => until('the mark', async () => (await row(page, post))?.marks.includes('Mentions us'));

/** `head` is where the pointer goes, when it must not come upon something else inside the post. */
export async function save(page, post, head = post) {
  await press(page, '[data-act="save"]', head);
  await until('"Saved" with Undo', async () => (await row(page, post)).buttons.some((text) => /undo/i.test(text)));
}

/** The strip at the composer says whose account it is. */
export async function isAccount(page, words, kind) {
  await until(`the strip to say ${words}, ${kind}`, async () => {
    const shown = await strip(page);
    if (shown?.account.includes(words) && shown.kind === kind) return true;
    throw new Error(`${shown?.account} (${shown?.kind})`);
  });
}

/** A slash and letters find a template, which arrives once in model and screen; one undo takes it out of both. */
export async function insertAndUndo(page, { slash, greeting, read, shown = read }) {
  await page.keyboard.type(slash);
  const { preview } = await until('a filled preview', async () => {
    const shown = (await overlayShown(page)) && await picker(page);
    return shown && shown.preview.includes(greeting) && shown;
  });
  await page.keyboard.press('Enter');
  await until('the text', async () => (await read()).includes(greeting));
  await until('no overlay', async () => !(await overlayShown(page)));
  const inserted = await steady('the text', read);
  equal((await shown()).split(greeting).length, 2);
  await control(page, 'z');
  await until('no text', async () => !(await read()).includes(greeting) && !(await shown()).includes(greeting));
  return { inserted, preview };
}

/** Everything out of the composer. */
export async function empty(page, read) {
  await control(page, 'a');
  await page.keyboard.press('Backspace');
  await until('an empty composer', async () => !(await read()).trim());
}

/** Words are underlined while a reply is typed, and their fix is taken by keyboard. */
export async function mend(page, { reply, words, mended, read }) {
  await page.keyboard.type(reply);
  await until('an underline', async () => (await underlined(page)).some((text) => text.includes(words)));
  await page.keyboard.down('Alt');
  await page.keyboard.press('.');
  await page.keyboard.up('Alt');
  await until('the card of the finding', async () => (await card(page))?.title.includes(words));
  await page.keyboard.press('Enter');
  await until('the fix', async () => (await read()) === mended);
  // The page agent looks a while longer whether the text stays, and lets no Enter through meanwhile.
  equal(await steady('the fix', read, CALM_MS), mended);
}

export const isAnswered = (page, post) =>
  until('the post is answered', async () => (await row(page, post))?.marks.some((mark) => /answered/i.test(mark)));

/** A log page that is open shows a mention with these words. */
export const isInLog = (log, words) =>
  until('the mention in the log', async () => (await log.evaluate(() => document.body.innerText)).includes(words));
