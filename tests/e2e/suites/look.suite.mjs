// What a person sees: no violation of axe's rules in any page or widget, in both themes and both languages, with pictures
// of each in dist/shots.

import { deepEqual, events, form, gate, inside, overlay, overlayShown, picker, press, pressInCard, reach, row, strip, suite, underlined, until } from '../harness/index.mjs';
import { MENTIONS, saves } from '../pages/mentions.mjs';
import { serveTwin } from '../pages/practice.mjs';
import { TALK } from '../pages/talk.mjs';

const POST = '[data-id="p-101"]';
const BOX = `${POST} .reply-form textarea`;
const PAGES = ['popup', 'log', 'panel', 'practice', 'library'];
const SECTIONS = ['brand', 'accounts', 'voice', 'gate', 'sites', 'device'];
const WORDS = { en: { ask: 'Ask for a look', reply: 'Hello, your order left us today.', better: 'Hello, your order left us this morning.', template: '/late', sentence: 'It will definitely arrive.', form: 'giveaway', title: 'Giveaway, how to take part', held: '[internal] Hello {{ name }}, is it +34 612 345 678?' }, es: { ask: 'Pedir que lo miren', reply: 'Hola, tu pedido ha salido hoy.', better: 'Hola, tu pedido ha salido esta mañana.', template: '/retraso', sentence: 'Llegará sin falta mañana.', form: 'sorteo', title: 'Sorteo, cómo participar', held: '[interno] Hola {{ nombre }}, ¿es el +34 612 345 678?' } };

const settled = (page) => until('the page', () => page.evaluate(() => document.body.innerText.trim().length > 20 && document.fonts.status === 'loaded'));

function look(theme, lang) {
  return suite(`how it looks, ${theme}, ${lang}`, { theme }, ({ test }) => {
    test('the language is set', async ({ extension }) => {
      await extension.say({ type: 'device', name: 'language', value: lang });
      await extension.say({ type: 'device', name: 'theme', value: 'auto' });
    });

    for (const name of PAGES) {
      test(`the ${name} page`, async ({ ours, shot, violations }) => {
        const page = await ours(`pages/${name}.html${name === 'practice' ? `?lang=${lang}` : ''}`);
        if (name === 'popup') await page.setViewport({ width: 400, height: 600 });
        await settled(page);
        await shot(page, `${name}-${lang}`);
        deepEqual(await violations(page), []);
      });
    }

    test('the template editor', async ({ ours, shot, violations }) => {
      const page = await ours('pages/library.html');
      await page.setViewport({ width: 1280, height: 1500 });
      await until('the list', () => page.$('.library-line'));
      await page.type('#library-search', WORDS[lang].title);
      await page.keyboard.press('Enter');
      await until('the form', async () => (await page.$('#template-title')) && (await page.$eval('#template-title', (input) => input.value)) === WORDS[lang].title);
      for (const part of ['fields', 'more', 'variants', 'history']) await page.click(`#template-${part} > summary`);
      await page.click('#library_chips_author');
      await page.setViewport({ width: 1280, height: 3000 });
      await shot(page, `template-editor-${lang}`);
      deepEqual(await violations(page), []);
      await page.setViewport({ width: 1280, height: 900 });
      await page.focus('#library-list');
      await page.keyboard.press(' ');
      await until('the bar for many', () => page.$('.bulk'));
      await shot(page, `template-bulk-${lang}`);
      deepEqual(await violations(page), []);
    });

    test('the widgets in a page', async ({ open, site, shot, violations }) => {
      const page = await open(serveTwin(site, { query: `?lang=${lang}` }));
      await until('the row', async () => (await row(page, POST))?.marks.length);
      await press(page, '[data-act="save"]', POST);
      await until('saved', async () => (await row(page, POST)).buttons.length > 2);
      await reach('the post', () => page.$(`${POST} .post-reply-button`));
      await until('the strip', () => strip(page));
      await page.type(BOX, WORDS[lang].template);
      await until('a template', async () => (await overlayShown(page)) && (await picker(page)).preview);
      await shot(page, `picker-${lang}`);
      const frame = await overlay(page);
      deepEqual(await violations(frame), []);
      deepEqual(await violations(page), []);
      await page.keyboard.press('Escape');
      await until('no overlay', async () => !(await overlayShown(page)));
      await page.$eval(BOX, (box) => box.select());
      await page.keyboard.press('Backspace');
      await page.type(BOX, WORDS[lang].sentence);
      await until('an underline', async () => (await underlined(page)).length);
      await shot(page, `findings-${lang}`);
      await press(page, '.findings');
      await until('the card', () => overlayShown(page));
      await shot(page, `finding-card-${lang}`);
      deepEqual(await violations(frame), []);
      await page.keyboard.press('Escape');
      await until('no card', async () => !(await overlayShown(page)));
      await page.$eval(BOX, (box) => box.select());
      await press(page, '.templates');
      await until('the picker again', async () => (await overlayShown(page)) && (await picker(page)).titles.length);
      await shot(page, `suggested-${lang}`);
      deepEqual(await violations(frame), []);
      for (const times of [1, 2]) {
        await page.keyboard.down('Alt');
        await page.keyboard.press('ArrowUp');
        await page.keyboard.up('Alt');
        await until('its star', async () => (await picker(page)).starred.length === times);
        await page.keyboard.down('Shift');
        await page.keyboard.press('Enter');
        await page.keyboard.up('Shift');
        await until('the stack', async () => (await picker(page)).stack.length === times);
        for (let step = 0; step < times + 1; step += 1) await page.keyboard.press('ArrowDown');
        await until('another one', async () => (await picker(page)).chosen === (await picker(page)).titles[times]);
      }
      await shot(page, `stacked-${lang}`);
      deepEqual(await violations(frame), []);
      for (let left = 2; left > 0; left -= 1) {
        await page.keyboard.press('Backspace');
        await until('one less', async () => (await picker(page)).stack.length === left - 1);
      }
      await page.keyboard.type(WORDS[lang].form);
      await until('a template with fields', async () => (await picker(page)).titles[0] === WORDS[lang].title);
      await page.keyboard.press('Enter');
      await until('its form', () => form(page));
      await shot(page, `form-${lang}`);
      deepEqual(await violations(frame), []);
      await page.keyboard.press('Escape');
      await until('no form', async () => !(await overlayShown(page)));
      await page.type(BOX, WORDS[lang].held);
      await page.click(`${POST} .reply-form button[type="submit"]`);
      await until('the gate', () => gate(page));
      await shot(page, `gate-${lang}`);
      deepEqual(await violations(frame), []);
      await page.keyboard.press('Escape');
      await until('no card', async () => !(await overlayShown(page)));
      await press(page, '[data-act="more"]', POST);
      await until('the post\'s card', () => overlayShown(page));
      await shot(page, `post-card-${lang}`);
      deepEqual(await violations(await overlay(page)), []);
    });

    test('a colleague\'s look at a reply', async (world) => {
      const { extension, ours, open, shot, site, violations } = world;
      const { ask, reply, better } = WORDS[lang];
      await extension.say({ type: 'device', name: 'me', value: 'Ana' });
      const page = await open(serveTwin(site, { query: `?lang=${lang}` }));
      await reach('the post', () => page.$(`${POST} .post-reply-button`));
      await until('the strip', () => strip(page));
      await page.type(BOX, reply);
      await press(page, '.more');
      await until('the card', () => overlayShown(page));
      const frame = await overlay(page);
      await pressInCard(page, `::-p-text(${ask})`);
      await until('the form', () => frame.$('#look-who'));
      await shot(page, `ask-${lang}`);
      deepEqual(await violations(frame), []);
      await frame.select('#look-who', 'Ben');
      await pressInCard(page, '#look-send');
      await until('the strip to say so', async () => (await strip(page)).case.includes('Ben'));
      await shot(page, `asked-${lang}`);
      const draft = (await events(world)).findLast(({ t }) => t === 'draft');
      const said = { _id: `${draft._id}-BEN`, t: 'reviewed', by: 'Ben', m: draft.m, hlc: draft.hlc, v: { draft: draft._id, decision: 'changed', text: better } };
      await extension.say({ type: 'import', jsonl: JSON.stringify(said) });
      await page.bringToFront();
      await press(page, '.case');
      await until('what changed', () => frame.$('ins'));
      await shot(page, `look-${lang}`);
      deepEqual(await violations(frame), []);
      deepEqual(await violations(page), []);
      const asked = { _id: `${draft._id}-CARLA`, t: 'draft', by: 'Carla', m: draft.m, hlc: draft.hlc, v: { text: reply, reviewer: 'Ana', note: ask } };
      await extension.say({ type: 'import', jsonl: JSON.stringify(asked) });
      const log = await ours('pages/log.html');
      await until('the button', () => log.$('.to-look-at'));
      await log.click('.to-look-at');
      await log.click('#log-rows .mention');
      await until('both', async () => (await log.$$('.details .look')).length === 2);
      await shot(log, `log-look-${lang}`);
      deepEqual(await violations(log), []);
    });

    test('a case in the log', async ({ extension, ours, shot, violations }) => {
      await extension.say({ type: 'import', jsonl: saves(MENTIONS) });
      const log = await ours('pages/log.html');
      await log.setViewport({ width: 1280, height: 1300 });
      await log.bringToFront();
      await until('the rows', () => log.$('#log-rows .mention'));
      await log.type('#log-search', '4711');
      await until('two', async () => (await log.$$('#log-rows .mention')).length === 2);
      await log.focus('#log-rows');
      for (const key of ['x', 'j', 'x', 'p']) await log.keyboard.press(key);
      await until('the proposal', () => log.$('.case .notice li'));
      await log.select('#details-priority', 'urgent');
      await until('the word', () => log.$('.mention .chip.bad'));
      const times = await log.$$eval('#details-snooze option', (all) => all.map((one) => one.value).filter(Number));
      await log.select('#details-snooze', times[3]);
      await until('the clock', () => log.$('.mention .marks .icon'));
      await shot(log, `log-case-${lang}`);
      deepEqual(await violations(log), []);
    });

    // Last: its second step leaves the sample brand.
    test('the first run, step by step', async ({ ours, shot, violations }) => {
      const page = await ours('pages/options.html');
      for (const step of [1, 2, 3]) {
        await until(`step ${step}`, () => page.evaluate((number) => document.querySelectorAll('.step-dot')[number - 1]?.classList.contains('now'), step));
        if (step === 2) await until('the own brand', () => page.$('.first-run h2'));
        await settled(page);
        await shot(page, `first-run-${step}-${lang}`);
        deepEqual(await violations(page), []);
        await page.click('#first-run-next');
      }
      await until('the settings', () => page.evaluate(() => !document.querySelector('.first-run')));
    });

    for (const section of SECTIONS) {
      test(`the ${section} settings`, async ({ ours, shot, violations }) => {
        const page = await ours(`pages/options.html#${section}`);
        await settled(page);
        await shot(page, `options-${section}-${lang}`);
        deepEqual(await violations(page), []);
      });
    }

    test('a site added by pointing', async ({ ours, site, browser, extension, shot, violations, keep }) => {
      site.serve('/talk', TALK);
      for (const [name, value] of [['welcomed', 'true'], ['language', lang], ['theme', 'auto']]) await extension.say({ type: 'device', name, value });
      const page = await ours('pages/options.html#sites');
      await until('the sites', () => page.$('#site-add'));
      await page.click('#site-add');
      await until('the form', () => page.$('#site-address'));
      await shot(page, `site-address-${lang}`);
      deepEqual(await violations(page), []);
      await page.type('#site-address', `${site.origin}/talk`);
      await page.keyboard.press('Enter');
      const forum = keep(await until('the forum', async () => (await browser.pages()).find((one) => one.url().includes('/talk'))));
      await until('the bar', () => inside(forum, '.bar'));
      await forum.hover('#e72 .words');
      await until('what it finds', async () => (await inside(forum, '.line'))?.evaluate((line) => line.textContent.includes('3')));
      await shot(forum, `site-pointing-${lang}`);
      deepEqual(await violations(forum, { within: ['[data-rejoinder]', '.bar'] }), []);
      await page.bringToFront();
      await shot(page, `site-steps-${lang}`);
      await forum.bringToFront();
      await press(forum, '[data-act="cancel"]');
      const review = { schema: 1, version: 1, min_app: '0.1.0', id: 'talk', name: 'Kettle talk', network: 'talk', evidence: 'guess', hosts: ['127.0.0.1'],
        posts: [{ select: '.entry', kind: 'comment', row: { css: '.who', put: 'append' }, fields: { native_id: [{ attr: 'id' }], handle: [{ css: '.who a' }], text: [{ css: '.words' }], published: [{ css: 'h6' }] } }] };
      await extension.say({ type: 'put', item: 'definition', id: 'talk', value: review });
      await until('the site', () => page.evaluate(() => document.body.innerText.includes('Kettle talk')));
      await page.bringToFront();
      await shot(page, `sites-own-${lang}`);
      deepEqual(await violations(page), []);
      await page.$eval('li [aria-label$="Kettle talk"]', (edit) => edit.click());
      await until('the review', () => page.$('#site-save'));
      await page.click('#site-again');
      await until('the posts', async () => (await page.$$('.trial tbody tr')).length === 3);
      await page.setViewport({ width: 1200, height: 1300 });
      await shot(page, `site-review-${lang}`);
      deepEqual(await violations(page), []);
    });
  });
}

export const lightEnglish = look('light', 'en');
export const darkSpanish = look('dark', 'es');
