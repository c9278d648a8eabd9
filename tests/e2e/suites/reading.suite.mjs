// What is read where a network has two faces: a page that becomes another, a box in a shadow root, private messages before
// and after a person asked for help with them, a network's other programs.

import { readFileSync } from 'node:fs';
import { deepEqual, equal, ok, overlayShown, picker, press, row, strip, suite, traces, underlined, until } from '../harness/index.mjs';
import { over } from '../harness/popup.mjs';

const fixture = (name) => readFileSync(`tests/fixtures/${name}/source.html`, 'utf8');
/** What the background counts, without a word of any page. */
const counted = async (extension) => (await extension.say({ type: 'diagnostics' })).text;
const events = async (extension) => Number((await counted(extension)).match(/events (\d+)/)[1]);

export const faces = suite('a page that becomes another', ({ test }) => {
  test('LinkedIn\'s older layout takes over from the newer one and gives way to it again', async ({ site, open, extension }) => {
    await extension.say({ type: 'device', name: 'density:linkedin', value: 'full' });
    site.serve('https://www.linkedin.com/feed/', fixture('linkedin-next/feed'));
    const page = await open('https://www.linkedin.com/feed/');
    const NEW = '[data-testid="mainFeed"]';
    const OLD = '.feed-shared-update-v2[data-urn^="urn:li:activity:"]';
    await until('a row in the newer layout', () => row(page, NEW));

    await page.evaluate((html) => {
      const { body } = new DOMParser().parseFromString(html, 'text/html');
      history.pushState({}, '', '/in/sam-rivera/recent-activity/');
      const older = document.createElement('div');
      older.id = 'older';
      older.append(...body.childNodes);
      document.body.prepend(older);
    }, fixture('linkedin/feed'));
    await until('a row in the older layout', () => row(page, OLD));
    await until('no row in the newer one', async () => !(await page.$(`${NEW} [data-rejoinder]`)));
    await until('what runs', async () => /^linkedin:/m.test(await counted(extension)));
    const BOX = `${OLD} .ql-editor`;
    await page.click(BOX);
    await until('the strip at the older box', () => strip(page));

    await page.evaluate(() => {
      document.getElementById('older').remove();
      history.pushState({}, '', '/feed/');
    });
    await until('a row in the newer layout again', () => row(page, NEW));
    await until('no strip', async () => !(await strip(page)));
    await until('what runs now', async () => /^linkedin-next:/m.test(await counted(extension)));
  });

  test('Reddit\'s markdown box, in a shadow root, belongs to the comment around it', async ({ site, open }) => {
    const url = 'https://www.reddit.com/r/coffeekit/comments/1abcd01/alba_starter_kit_after_a_month/';
    site.serve(url, fixture('reddit/thread'));
    const page = await open(url);
    await page.evaluate(() => {
      for (const composer of document.querySelectorAll('shreddit-composer')) {
        composer.querySelector('[contenteditable]').remove();
        composer.attachShadow({ mode: 'open' }).innerHTML = '<textarea rows="3"></textarea><slot name="submit-button"></slot>';
      }
      const search = document.createElement('textarea');
      search.id = 'elsewhere';
      document.body.prepend(search);
    });
    await page.focus('#elsewhere');
    const box = await page.evaluateHandle(() => document.querySelector('shreddit-comment shreddit-composer').shadowRoot.querySelector('textarea'));
    await box.asElement().click();
    await until('the strip', () => strip(page));
    equal(await page.evaluate(() => document.querySelector('#elsewhere').nextElementSibling?.matches('[data-rejoinder]') ?? false), false);
    await page.keyboard.type('It will definitely arrive.');
    await until('an underline', async () => (await underlined(page)).some((text) => text.includes('definitely')));
    await press(page, '.more');
    await until('the post\'s card', () => overlayShown(page));
  });
});

export const named = suite('an account that is shown by name alone', ({ test }) => {
  const PAGE = 'https://www.facebook.com/';
  const strips = async (page) => {
    await page.click('div[role="textbox"][aria-label="Comment as Alba Coffee"]');
    return until('the strip', async () => (await strip(page))?.account && strip(page));
  };

  test('is not recognised before somebody said whose name it is', async ({ site, open, extension }) => {
    const { state } = await extension.say({ type: 'open', page: 'log' });
    const accounts = [{ network: 'facebook', handle: 'albacoffee', kind: 'brand' }];
    await extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, accounts } });
    site.serve(PAGE, fixture('facebook/feed'));
    const page = await open(PAGE);
    const { account, kind } = await strips(page);
    ok(account.includes('Alba Coffee'), account);
    equal(kind, 'unknown');
  });

  test('is the brand\'s once the settings hold the name', async ({ site, open, ours, extension, shot, violations }) => {
    await extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    const options = await ours('pages/options.html#accounts');
    await until('the disclosure', () => options.$('details.advanced summary'));
    await options.click('details.advanced summary');
    await options.type('details.advanced input', 'alba coffee');
    await shot(options, 'options-accounts-names-en');
    deepEqual(await violations(options), []);
    await options.keyboard.press('Tab');
    await until('it is kept', async () => (await extension.say({ type: 'open', page: 'log' })).state.workspace.accounts[0].name === 'alba coffee');
    site.serve(PAGE, fixture('facebook/feed'));
    const page = await open(PAGE);
    equal((await strips(page)).kind, 'brand');
  });
});

export const messages = suite('private messages', ({ test }) => {
  const BOX = '[data-testid="dmComposerTextInput"]';
  let page;

  test('without being asked for, nothing of ours appears and nothing leaves', async ({ site, browser, extension }) => {
    site.serve('https://x.com/messages/1-2', fixture('x/messages'));
    page = await browser.newPage();
    await page.goto('https://x.com/messages/1-2');
    await until('the agent', async () => /^x:/m.test(await counted(extension)));
    await page.bringToFront();
    await page.click(BOX);
    await page.keyboard.type(' It will definitely arrive. /late');
    // Whatever the agent had to say of this box, it would have said before it answers our key.
    await extension.askFrom(page, 'command', 'picker');
    await until('the page\'s own fields', async () => /^x: seen 0 .*composers 0 /m.test(await counted(extension)));
    equal(await traces(page), 0);
    deepEqual(await underlined(page), []);
    equal(await extension.say({ type: 'site', tab: await extension.askFrom(page, 'tab') }).then(({ site: status }) => status.private), false);
  });

  test('the popup has the switch, and one sentence about it', async ({ extension, ours, shot, violations }) => {
    const tab = await extension.askFrom(page, 'tab');
    const popup = await ours('pages/popup.html');
    await popup.setViewport({ width: 400, height: 700 });
    await over(popup, extension, { id: tab, url: 'https://x.com/messages/1-2' });
    const toggle = await until('the switch', () => popup.$('[aria-describedby="private-help"]'));
    ok((await popup.$eval('#private-help', (help) => help.textContent)).includes('never read or stored'));
    await shot(popup, 'popup-private-en');
    deepEqual(await violations(popup), []);
    await toggle.click();
    await until('it is on', () => popup.$eval('[aria-describedby="private-help"]', (input) => input.checked));
  });

  test('once asked for: account, voice and templates with the first name, without a reload', async () => {
    await page.bringToFront();
    const said = await until('the strip', () => strip(page));
    ok(said.account.includes('albacoffee'), said.account);
    await until('an underline', async () => (await underlined(page)).some((text) => text.includes('definitely')));
    await page.$eval(BOX, (box) => { box.textContent = ''; });
    await page.click(BOX);
    await page.keyboard.type('/late');
    await until('the template', async () => (await overlayShown(page)) && (await picker(page)).preview.includes('Hello Nadia'));
    await page.keyboard.press('Enter');
    await until('the text', async () => (await page.$eval(BOX, (box) => box.textContent)).includes('Hello Nadia'));
  });

  test('what is sent there is in no log, and what was said there was never read', async ({ extension, ours }) => {
    const before = await events(extension);
    await page.bringToFront();
    await page.$eval('[data-testid="dmComposerSendButton"]', (button) => {
      button.addEventListener('click', () => { document.querySelector('[data-testid="dmComposerTextInput"]').textContent = ''; });
    });
    await page.click('[data-testid="dmComposerSendButton"]');
    await page.click(BOX);
    await page.keyboard.type('It will definitely arrive.');
    await until('a check after it', async () => (await underlined(page)).some((text) => text.includes('definitely')));
    equal(await events(extension), before);
    const log = await ours('pages/log.html');
    ok(!(await log.evaluate(() => document.body.innerText)).includes('Fern Lane'));
    await log.close();
  });

  test('switched off again, all of it goes', async ({ extension }) => {
    await extension.say({ type: 'device', name: 'private:x', value: 'off' });
    await page.bringToFront();
    await until('nothing of ours', async () => !(await strip(page)) && !(await underlined(page)).length);
    await page.close();
  });
});

export const others = suite('a network\'s other programs', ({ test }) => {
  for (const [lang, words] of [['en', 'X Pro is not supported yet: use x.com.'], ['es', 'X Pro aún no es compatible: usa x.com.']]) {
    test(`the popup says plainly that they are not supported, ${lang}`, async ({ extension, ours, shot, violations }) => {
      await extension.say({ type: 'device', name: 'language', value: lang });
      const popup = await ours('pages/popup.html');
      await popup.setViewport({ width: 400, height: 600 });
      await over(popup, extension, { id: 999_999, url: 'https://pro.x.com/i/decks/1' });
      await until('the sentence', async () => (await popup.evaluate(() => document.body.innerText)).includes(words));
      equal(await popup.evaluate(() => document.querySelectorAll('button.primary').length), 0);
      await shot(popup, `popup-unsupported-${lang}`);
      deepEqual(await violations(popup), []);
    });
  }
});
