// Several people, each with a browser of their own, and what their own workspaces hold.

import { deepEqual } from 'node:assert/strict';
import { launch } from './browsers.mjs';
import { until } from './until.mjs';

/** Another person's browser. */
export async function somebody(kind, site) {
  const other = await launch(kind, { site });
  site.serve('/door', '<!doctype html><title>Door</title>');
  const door = await other.browser.newPage();
  await door.goto(`${site.origin}/door`);
  other.extension.door = door;
  return other;
}

/** A person's own workspace, with their name. */
export async function settle({ extension }, name) {
  await extension.say({ type: 'device', name: 'welcomed', value: 'true' });
  await extension.say({ type: 'workspace', id: 'first' });
  if (name) await extension.say({ type: 'device', name: 'me', value: name });
}

/** Records of a store of the person's own workspace, read in one of our pages. */
export const stored = (page, store) => page.evaluate((name) => new Promise((done, fail) => {
  const open = indexedDB.open('rejoinder-first');
  open.onerror = () => fail(open.error);
  open.onsuccess = () => {
    const all = open.result.transaction(name).objectStore(name).getAll();
    all.onsuccess = () => { done(all.result); open.result.close(); };
  };
}), store);

/** Events of the person's own workspace; those of erased mentions hold nothing any more. */
export const logged = async (page) => (await stored(page, 'events')).filter(({ text }) => text).map(({ text }) => JSON.parse(text));

/**
 * Pictures of the team's page in both themes and languages, and what axe has to say; `css` is there when it is built, and
 * `prepare` brings it to the state that is looked at.
 */
export async function bothWays({ extension, shot, violations }, name, css, prepare) {
  for (const [theme, lang] of [['dark', 'es'], ['light', 'en']]) {
    await extension.say({ type: 'device', name: 'theme', value: theme });
    await extension.say({ type: 'device', name: 'language', value: lang });
    const page = await extension.open('pages/team.html');
    await until(`the page in ${lang}, ${theme}`, () => page.evaluate((wanted, its, selector) => document.documentElement.lang === wanted
      && document.documentElement.dataset.theme === its && Boolean(document.querySelector(selector)), lang, theme, css));
    await prepare?.(page);
    await shot(page, `${name}-${theme}-${lang}`);
    deepEqual(await violations(page), []);
    await page.close();
  }
}
