// Steps of the suites about voice rules: their page, a reply on a page that sends, what was found in it.

import { events, reach, strip, underlined, until } from './harness/index.mjs';
import { box, definition, serveSending } from './pages/sending.mjs';

export const text = (page, css) => page.$eval(css, (element) => element.innerText);
export const reads = (page, css, words) => until(`"${words}" in ${css}`, async () => {
  const said = await text(page, css);
  if (!said.includes(words)) throw new Error(said);
  return said;
});

export async function rules({ ours }) {
  const page = await ours('pages/library.html#voice');
  await page.setViewport({ width: 1200, height: 1400 });
  await page.bringToFront();
  await until('the rules', () => page.$('#rules details'));
  return page;
}

export async function fill(page, css, words) {
  await reach(css, () => page.$(css));
  await page.keyboard.type(words);
}

export async function reply(world, path) {
  await world.define(definition);
  const page = await world.open(serveSending(world.site, { path }));
  await page.click(box('react'));
  await until('the strip', () => strip(page, '[data-id="react"]'));
  return page;
}

/** Types a reply and sends it; it is in the log then. */
export async function send(world, words, path) {
  const page = await reply(world, path);
  await page.keyboard.type(words);
  await until('the verdict', async () => (await world.extension.askFrom(page, 'verdict')).current);
  await page.keyboard.press('Enter');
  await until('the log to know', async () => (await events(world)).some(({ t, v }) => t === 'replied' && v.text === words));
  await page.close();
}

export const finds = (page, words) => until(`an underline at "${words}"`, async () => (await underlined(page)).includes(words));
