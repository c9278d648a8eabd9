// X's structure around a real Draft.js editor, served as https://x.com under a policy that runs only the site's scripts.

import { card, deepEqual, equal, ok, overlayShown, picker, press, row, steady, strip, suite, underlined, until } from '../harness/index.mjs';
import { sentOnX, serveX } from '../pages/x.mjs';

const BOX = '[data-testid="tweetTextarea_0"]';
const model = (page) => page.evaluate(() => globalThis.modelText);

async function acme(extension) {
  const { state } = await extension.say({ type: 'open', page: 'log' });
  const value = {
    ...state.workspace, name: 'Acme', brand: 'Acme', sample: false,
    accounts: [{ network: 'x', handle: 'acme', kind: 'brand' }], watch: [{ term: 'Acme', list: 'brand' }],
  };
  await extension.say({ type: 'put', item: 'workspace', id: '', value });
}

export default suite('a status page of X with Draft.js', { chain: true }, ({ test }) => {
  let page;

  test('marks the post that names the brand, and counts it as X does', async ({ site, browser, extension }) => {
    await acme(extension);
    page = await browser.newPage();
    await page.goto(serveX(site));
    await until('the mark', async () => (await row(page, 'article[tabindex="-1"]'))?.marks.includes('Mentions us'));
    ok(!(await row(page, 'article[tabindex="0"]'))?.marks.includes('Mentions us'));
  });

  test('saves it', async () => {
    await press(page, '[data-act="save"]', 'article[tabindex="-1"]');
    await until('saved', async () => (await row(page, 'article[tabindex="-1"]')).buttons.some((text) => /undo/i.test(text)));
  });

  test('the strip says whose account it is', async () => {
    await page.click(BOX);
    const { account, kind } = await until('the strip', async () => {
      const found = await strip(page);
      return found?.account && found;
    });
    ok(account.includes('@acme'), account);
    equal(kind, 'brand');
  });

  test('a template arrives in the editor\'s model, once, and one undo takes it out', async () => {
    await page.keyboard.type('/late');
    await until('the template', async () => (await overlayShown(page)) && (await picker(page)).preview.includes('Marta'));
    await page.keyboard.press('Enter');
    await until('the text in the model', async () => (await model(page)).startsWith('Hello Marta'));
    await steady('the model', () => model(page));
    equal((await model(page)).split('Hello Marta').length, 2);
    equal(await page.$eval(BOX, (box) => box.innerText.split('Hello Marta').length), 2);
    await page.keyboard.down('Control');
    await page.keyboard.press('z');
    await page.keyboard.up('Control');
    await until('the model without it', async () => !(await model(page)).includes('Hello Marta'));
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.press('Backspace');
    await until('an empty model', async () => (await model(page)) === '');
  });

  test('a finding is underlined in the editor, and its fix arrives in the model', async () => {
    await page.keyboard.type('Hello Marta, we are sorry about the delay. Your parcel will definitely arrive tomorrow.');
    await until('an underline', async () => (await underlined(page)).some((text) => text.includes('definitely')));
    await page.keyboard.down('Alt');
    await page.keyboard.press('.');
    await page.keyboard.up('Alt');
    await until('the card', () => card(page));
    await page.keyboard.press('Enter');
    await until('the fix', async () => (await model(page)) === 'Hello Marta, we are sorry about the delay. Your parcel should arrive tomorrow.');
  });

  test('X\'s own button sends the text once, and the log knows it', async ({ site, ours }) => {
    await page.click('[data-testid="tweetButtonInline"]');
    await until('the reply at the server', () => sentOnX(site).length);
    deepEqual(sentOnX(site), ['Hello Marta, we are sorry about the delay. Your parcel should arrive tomorrow.']);
    await until('the post is answered', async () => (await row(page, 'article[tabindex="-1"]')).marks.some((mark) => /answered/i.test(mark)));
    const log = await ours('pages/log.html');
    await until('the mention', async () => (await log.evaluate(() => document.body.innerText)).includes('My order 7731 is two weeks late'));
  });
});
