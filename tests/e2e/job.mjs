// The main job, step by step, as a person does it with mouse and keyboard on a practice network's page: shared by its
// tests and by the demonstration. Every step leaves the page so that the next can follow.

import { equal, ok } from 'node:assert/strict';
import { card, overlayShown, picker, press, row, strip, underlined } from './harness/widgets.mjs';
import { steady, until } from './harness/until.mjs';

/** The post by Marta, who is waiting for her order; it mentions the sample brand and has a plain reply box. */
const POST = '[data-id="p-101"]';
const BOX = `${POST} .reply-form textarea`;

export const value = (page, box = BOX) => page.$eval(box, (element) => element.value ?? element.innerText);

async function undo(page) {
  await page.keyboard.down('Control');
  await page.keyboard.press('z');
  await page.keyboard.up('Control');
}

export const STEPS = [
  ['a post that mentions the brand is marked, an ordinary one is not', async ({ page }) => {
    const { marks, label } = await until('the mark', async () => {
      const found = await row(page, POST);
      return found?.marks.length && found;
    });
    equal(marks[0], 'Mentions us');
    ok(label.length > 10, label);
    const ordinary = await row(page, '[data-id="p-106"]');
    ok(!ordinary?.marks.length, String(ordinary?.marks));
  }],

  ['Save keeps the post and says so; Undo takes it back', async ({ page }) => {
    await press(page, '[data-act="save"]', POST);
    await until('"Saved" with Undo', async () => (await row(page, POST)).buttons.some((text) => /undo/i.test(text)));
    await press(page, '[data-act="undo"], [data-act="save"]', POST);
    await until('the post as before', async () => !(await row(page, POST)).buttons.some((text) => /undo/i.test(text)));
    await press(page, '[data-act="save"]', POST);
    await until('"Saved" with Undo again', async () => (await row(page, POST)).buttons.some((text) => /undo/i.test(text)));
  }],

  ['the reply box has a strip with the acting account', async ({ page }) => {
    await page.click(`${POST} .post-reply-button`);
    const { account, kind } = await until('the strip', async () => {
      const found = await strip(page);
      return found?.account && found;
    });
    ok(account.includes('@albacoffee'), account);
    equal(kind, 'brand');
  }],

  ['the strip\'s button opens the picker, Escape closes it', async ({ page }) => {
    await press(page, '.templates');
    await until('templates', async () => (await overlayShown(page)) && (await picker(page)).titles.length > 3);
    await page.keyboard.press('Escape');
    await until('no overlay', async () => !(await overlayShown(page)));
    equal(await value(page), '');
  }],

  ['the command opens it too', async ({ page, extension }) => {
    await extension.command(page, 'picker');
    await until('templates', async () => (await overlayShown(page)) && (await picker(page)).titles.length > 3);
    await page.keyboard.press('Escape');
    await until('no overlay', async () => !(await overlayShown(page)));
  }],

  ['a slash and words find a template, filled for this author', async ({ page }) => {
    await page.type(BOX, '/late');
    const { chosen, preview } = await until('a filled preview', async () => {
      const found = await picker(page);
      return (await overlayShown(page)) && found.preview.includes('Marta') && found;
    });
    equal(chosen, 'Late delivery');
    ok(preview.startsWith('Hello Marta'), preview);
  }],

  ['Enter inserts it in place of the words, and one undo takes it out', async ({ page }) => {
    await page.keyboard.press('Enter');
    await until('the text', async () => (await value(page)).startsWith('Hello Marta'));
    await until('no overlay', async () => !(await overlayShown(page)));
    // The page agent looks a while longer whether the text stays as it came.
    const inserted = await steady('the text', () => value(page));
    ok(!inserted.includes('/late'), inserted);
    await undo(page);
    await until('no text', async () => !(await value(page)).includes('Hello Marta'));
    await page.$eval(BOX, (box) => box.setSelectionRange(0, box.value.length));
    await page.keyboard.press('Backspace');
  }],

  ['a risky promise is underlined and counted while typing', async ({ page }) => {
    await page.type(BOX, 'Hello Marta, we are sorry for the wait. Your parcel will definitely arrive tomorrow.');
    await until('an underline', async () => (await underlined(page)).some((text) => text.includes('definitely')));
    ok((await strip(page)).findings.startsWith('1'), (await strip(page)).findings);
  }],

  ['its card explains, and Enter takes the fix', async ({ page }) => {
    await page.keyboard.down('Alt');
    await page.keyboard.press('.');
    await page.keyboard.up('Alt');
    const { title } = await until('the card', () => card(page));
    ok(title.includes('definitely'), title);
    await page.keyboard.press('Enter');
    await until('the fix', async () => !(await value(page)).includes('definitely'));
    equal(await value(page), 'Hello Marta, we are sorry for the wait. Your parcel should arrive tomorrow.');
    await until('nothing to check', async () => !(await strip(page)).findings && !(await underlined(page)).length);
  }],

  ['the network\'s own button sends it', async ({ page }) => {
    await page.click(`${POST} .reply-form button[type="submit"]`);
    await until('the reply in the thread', () => page.$eval(POST, (node) => [...node.querySelectorAll('.reply .post-text')]
      .some((text) => text.textContent.includes('Your parcel should arrive tomorrow.'))));
    await until('the post is answered', async () => (await row(page, POST)).marks.some((mark) => /answered/i.test(mark)));
  }],
];
