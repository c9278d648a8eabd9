// A person adds a forum of their own by pointing at its page with mouse and keyboard, works there at once, shares the
// definition as a file, and takes it away again.

import { deepEqual, equal, inside, match, ok, overlayShown, picker, press, row, strip, steady, suite, traces, until } from '../harness/index.mjs';
import { TALK } from '../pages/talk.mjs';

const words = (page) => page.evaluate(() => document.body.innerText);
const said = async (page, css) => {
  const element = await inside(page, css);
  return element ? page.evaluate((node) => node.textContent, element) : '';
};
/** The bar's words, once they begin so; a failure tells what they were. */
const bar = (page, css, text) => until(`the bar to say "${text}"`, async () => {
  const now = await said(page, css);
  if (!now.startsWith(text)) throw new Error(now);
  return true;
});
const title = (page, text) => bar(page, '.title', text);
const line = (page, text) => bar(page, '.line', text);

/** The middle of an element, or a place in its corner; a bar that lies over it is moved out of the way. */
async function place(page, css, corner) {
  const { x, y, width, height } = await (await page.$(css)).boundingBox();
  const at = corner ? [x + corner, y + corner] : [x + width / 2, y + height / 2];
  const own = await (await inside(page, '.bar')).boundingBox();
  if (at[1] > own.y && at[1] < own.y + own.height) {
    await press(page, '[data-act="move"]');
    // The next move must find it where it stands now.
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  }
  return at;
}

async function point(page, css, found, corner) {
  await page.mouse.move(...await place(page, css, corner));
  await line(page, found);
  await page.mouse.down();
  await page.mouse.up();
}

/** The tab on the forum, in front. */
const forum = (browser, path = '/talk') => until('the forum\'s tab', async () => {
  for (const page of await browser.pages()) if (page.url().includes(path)) return page;
  return undefined;
});

export default suite('a forum of one\'s own', { chain: true }, ({ test }) => {
  /** @type {import('puppeteer-core').Page} */
  let options;
  let page;
  let exported = '';

  test('the address opens the forum, and the tool asks for a post', async ({ site, extension, browser }) => {
    site.serve('/talk', TALK);
    await extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    options = await extension.open('pages/options.html#sites');
    await until('the sites', () => options.$('#site-add'));
    await options.click('#site-add');
    await options.type('#site-address', 'not an address');
    await options.keyboard.press('Enter');
    await until('a word about it', async () => (await words(options)).includes('This is no address'));
    await options.$eval('#site-address', (input) => input.select());
    await options.type('#site-address', `${site.origin}/talk?room=4`);
    await options.keyboard.press('Enter');
    page = await forum(browser);
    await page.setViewport({ width: 1200, height: 900 });
    await title(page, 'Point at one whole post');
    equal(await traces(page), 1, 'nothing of ours but the tool');
  });

  test('what a page does by itself picks nothing', async () => {
    await page.evaluate(() => {
      for (const target of [document, window, document.querySelector('.entry')]) {
        target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        target.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      }
      window.clicks = window.keys = 0;
    });
    await title(page, 'Point at one whole post');
  });

  test('mouse and arrow keys choose, and nothing is pressed on the page', async () => {
    await page.mouse.move(...await place(page, '#e72 .words'));
    await line(page, 'matches 3 posts here');
    await until('the words', async () => (await said(page, '.what')).includes('Nice weather'));
    await page.keyboard.press('ArrowUp');
    await until('the whole post', async () => (await said(page, '.what')).includes('Ben K'));
    await line(page, 'matches 3 posts here');
    await page.keyboard.press('ArrowDown');
    await until('the words again', async () => !(await said(page, '.what')).includes('Ben K'));
    await page.keyboard.press('ArrowUp');
    await until('the whole post', async () => (await said(page, '.what')).includes('Ben K'));
    await page.keyboard.press('Enter');
    await title(page, 'Point at the author\'s name');
    await page.keyboard.press('Escape');
    await title(page, 'Point at one whole post');
    await point(page, '#e72', 'matches 3 posts here', 8);
    await title(page, 'Point at the author\'s name');
  });

  test('part by part, with what cannot be said plainly', async () => {
    await page.mouse.move(...await place(page, 'h1'));
    await line(page, 'This lies outside the posts');
    await point(page, '#e72 .who b', 'found in 3 of 3 posts');
    await title(page, 'Point at the text of the post');
    await point(page, '#e72 .words', 'found in 3 of 3 posts');
    await title(page, 'Point at the time of the post');
    await point(page, '#e72 time', 'found in 3 of 3 posts');
    await title(page, 'Point at the link to this post');
    await line(page, 'found in 3 of 3 posts');
    await page.keyboard.press('Enter');
    await title(page, 'Point at the reply box');
    await page.mouse.move(...await place(page, 'h1'));
    await line(page, 'Nobody can write here');
    await point(page, 'textarea', 'found here: 1');
    await title(page, 'Point at the button that sends the reply');
    await point(page, '.go', 'found here: 1');
    await title(page, 'Point at a post\'s own Reply or Quote button');
    await point(page, '#e72 .answer-this', 'found in 3 of 3 posts');
    await title(page, 'Point at your own name on the page');
  });

  test('the page can be used meanwhile, and stays as it was', async ({ violations }) => {
    deepEqual(await violations(page, { within: ['[data-rejoinder]', '.bar'] }), []);
    await press(page, '[data-act="use"]');
    await page.click('textarea');
    await page.keyboard.type('hello');
    equal(await page.$eval('textarea', (box) => box.value), 'hello');
    await page.$eval('textarea', (box) => { box.value = ''; });
    await press(page, '[data-act="go_on"]');
    await title(page, 'Point at your own name on the page');
    equal(await page.evaluate(() => window.clicks), 0);
    equal(await page.evaluate(() => window.keys), 5, 'only what was typed while the page was in use');
    ok(page.url().endsWith('/talk?room=4'), page.url());
  });

  test('the review shows what it reads, and the tool leaves no trace', async ({ violations }) => {
    await point(page, '.me', 'found here: 1');
    await until('the posts', async () => (await words(options)).includes('Where is it?'));
    const rows = await options.$$eval('.trial tbody tr', (all) => all.map((one) => [...one.cells].map((cell) => cell.textContent)));
    equal(rows.length, 3);
    match(rows[0][0], /^@marta Marta Ruiz$/);
    equal(rows[0][1], 'My order from Alba Coffee is late. Where is it?');
    match(rows[0][2], /2026/);
    match(rows[0][3], /\/talk\?room=4#e71$/);
    deepEqual(await options.$$eval('#site-missing li', (all) => all.map((one) => one.textContent)), ['3 posts read, 1 reply boxes found on this page']);
    await until('no trace', async () => (await traces(page)) === 0);
    deepEqual(await violations(options), []);
  });

  test('saved, it works on that host at once', async () => {
    await options.bringToFront();
    await options.$eval('#site-name', (input) => input.select());
    await options.type('#site-name', 'Kettle talk');
    await options.click('#site-save');
    await until('the site in the list', async () => (await words(options)).includes('Kettle talk'));
    await page.bringToFront();
    await until('the mark', async () => (await row(page, '#e71'))?.marks.includes('Mentions us'));
    await press(page, '[data-act="save"]', '#e71');
    await until('saved', async () => (await row(page, '#e71')).buttons.some((text) => /undo/i.test(text)));
    await page.click('textarea');
    const { account } = await until('the strip', () => strip(page));
    ok(account.includes('@albacoffee'), account);
    await page.keyboard.type('/late');
    await until('the template', async () => (await overlayShown(page)) && (await picker(page)).preview.includes('Marta'));
    await page.keyboard.press('Enter');
    await until('the text', async () => (await page.$eval('textarea', (box) => box.value)).startsWith('Hello Marta'));
  });

  test('the log has the post with its own link', async ({ ours }) => {
    const log = await ours('pages/log.html');
    await until('the mention', async () => (await words(log)).includes('My order from Alba Coffee'));
  });

  test('exported, it is a file for people', async () => {
    await options.bringToFront();
    await options.evaluate(() => {
      const make = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => { window.exported = blob.text(); return make(blob); };
    });
    await options.click('[aria-label="Export TOML: Kettle talk"]');
    exported = await until('the file', () => options.evaluate(() => window.exported));
    match(exported, /^name = "Kettle talk"$/m);
    match(exported, /^\[\[posts\]\]\nselect = /m);
    ok(!/x8fk2|q1z9x|mt-4/.test(exported), exported);
  });

  test('removed, the page is left alone; undone, it is served again', async () => {
    await options.click('[aria-label="Remove: Kettle talk"]');
    await until('none', () => options.$('#sites-none'));
    await page.bringToFront();
    await until('no trace', async () => (await traces(page)) === 0);
    await options.bringToFront();
    await options.click('#site-undo');
    await until('the site', async () => (await words(options)).includes('Kettle talk'));
    await page.bringToFront();
    await until('the state', async () => (await row(page, '#e71'))?.marks.length);
  });

  test('its health is told field by field, and the report to copy holds no word of the page', async ({ site }) => {
    const marked = TALK.replace(/<time [^>]*>/g, '<time>').replaceAll('yesterday', 'gestern zzqtime').replaceAll('class="entry', 'title="zzqtitle" data-note="zzqnote" class="zzqclass entry')
      .replace('Nice weather', 'zzqtext');
    site.serve('/talk', marked);
    await page.reload();
    await until('the mark', async () => (await row(page, '#e71'))?.marks.length);
    await options.bringToFront();
    await until('the line', async () => {
      await options.click('#health-again');
      return (await words(options)).includes('The time was missing in 3 of 3 posts.');
    });
    await options.click('[aria-label="Copy report: 127.0.0.1"]');
    const report = await until('the report', () => options.$eval('.diagnostics', (one) => one.textContent));
    match(report, /^missing published 3: /m);
    match(report, /^post div\[class data-note id title\]\(/m);
    ok(!/zzq|marta|ben\.k|people|talk|Alba/i.test(report.replace('site 127-0-0-1', '')), report);
    site.serve('/talk', TALK);
  });

  test('a file is taken in, or what is wrong with it is said', async ({ extension }) => {
    const { definitions } = (await extension.say({ type: 'open', page: 'options' })).state;
    const give = (value) => options.evaluate((text) => {
      const input = document.querySelector('#site-import + input');
      const files = new DataTransfer();
      files.items.add(new File([text], 'board.json'));
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, JSON.stringify(value));
    const [own] = definitions;
    const wrong = structuredClone(own);
    wrong.posts[0].fields.colour = [{ css: '.c' }];
    wrong.hosts = ['https://x'];
    await give(wrong);
    const said = await until('what is wrong', () => options.$eval('#site-problems', (one) => one.textContent));
    ok(said.includes('hosts[0]') && said.includes('posts[0].fields.colour'), said);
    await give({ ...own, id: 'board', network: 'board', name: 'Board of others', hosts: ['board.example'] });
    await until('the site', async () => (await words(options)).includes('Board of others'));
    equal(await options.$('#site-problems'), null);
  });

  test('mended: one part is pointed at again, another typed', async () => {
    await options.click('[aria-label="Edit: Kettle talk"]');
    await until('the review', () => options.$('#site-part-text'));
    await options.click('[aria-label="Point: Text"]');
    await title(page, 'Point at the text of the post');
    equal(await said(page, '.number'), 'Step 1 of 1');
    await page.bringToFront();
    await point(page, '#e73 .words', 'found in 3 of 3 posts');
    await until('the posts', async () => (await options.$$('.trial tbody tr')).length === 3);
    await options.bringToFront();
    await options.$eval('#site-part-text', (input) => input.select());
    await options.type('#site-part-text', '.nowhere');
    await options.keyboard.press('Tab');
    // What was typed is taken in first, and may move the button.
    await steady('the button', () => options.$eval('#site-again', (one) => one.getBoundingClientRect().top));
    await options.click('#site-again');
    await until('the line', async () => (await words(options)).includes('The text was missing in 3 of 3 posts.'));
    await until('no trace of the tool', async () => !(await inside(page, '.bar')));
  });
});

/** A grant is a click on a prompt of the browser's own, which a test can answer only here (see browsers.mjs). */
export const granted = suite('a forum on a host that has to be allowed', { browsers: ['firefox'] }, ({ test }) => {
  test('is asked for by the click, and pointed at', async ({ site, extension, browser, ours }) => {
    site.serve('https://foro.example/talk', TALK);
    await extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    const options = await ours('pages/options.html#sites');
    await until('the sites', () => options.$('#site-add'));
    await options.click('#site-add');
    await options.type('#site-address', 'foro.example/talk');
    await options.keyboard.press('Enter');
    const page = await forum(browser, 'foro.example/talk');
    await title(page, 'Point at one whole post');
    ok((await extension.ask('permissions')).origins.includes('https://foro.example/*'));
    await press(page, '[data-act="cancel"]');
    await until('no trace', async () => (await traces(page)) === 0);
  });
});
