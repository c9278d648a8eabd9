// The popup over a tab: in the tests it is a tab itself, and is told which one it stands over.

import { until } from './until.mjs';

/** Lets the popup, which is opened in a tab here, stand over another one. */
export async function over(popup, extension, tab) {
  await until('the popup', async () => (await popup.evaluate(() => document.body.innerText)).length > 20);
  await popup.evaluate((under) => { chrome.tabs.query = async () => [under]; }, tab);
  // Settings that change make it look again.
  for (const value of ['dark', 'auto']) await extension.say({ type: 'device', name: 'theme', value });
}
