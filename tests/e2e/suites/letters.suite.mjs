// Letters of every shape are read as what they stand for; the browser knows how, and both modules ask it.

import { overlayShown, picker, press, row, strip, suite, until } from '../harness/index.mjs';
import { BOX, form, page as document_, post } from '../pages/thread.mjs';

const FANCY = { id: 'f1', handle: 'f1', name: '𝓛𝓸𝓵𝓪 𝓡𝓾𝓲𝔃', text: '𝐀𝐥𝐛𝐚 𝐂𝐨𝐟𝐟𝐞𝐞, it is ｔｏｏ hot' };

export default suite('letters of every shape', ({ test }) => {
  test('a brand and a name in mathematical letters are known, and found in the log', async ({ site, open, ours: own }) => {
    site.serve('/letters', document_(post(FANCY, form(BOX))));
    const page = await open('/letters');
    await until('the mark', async () => (await row(page, 'article'))?.marks.includes('Mentions us'));
    await press(page, '[data-act="save"]', 'article');
    await until('saved', async () => (await row(page, 'article')).buttons.some((text) => /undo/i.test(text)));
    await page.click('textarea');
    await until('the strip', () => strip(page));
    await page.keyboard.type('/late');
    await until('the name', async () => (await overlayShown(page)) && (await picker(page)).preview.startsWith('Hello Lola'));
    await page.keyboard.press('Escape');

    const log = await own('pages/log.html');
    const texts = () => log.$$eval('.mention', (rows) => rows.map((it) => it.innerText));
    await log.waitForSelector('#log-search');
    await log.type('#log-search', 'lola too hot');
    await until('the mention alone', async () => (await texts()).length === 1 && (await texts())[0].includes('hot'));
    await log.type('#log-search', ' never');
    await until('nothing', async () => (await texts()).length === 0);
  });
});
