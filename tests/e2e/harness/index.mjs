// The harness of the end-to-end tests. A suite is a file `*.suite.mjs` below tests/e2e:
//
//   import { equal, row, suite, until } from '../harness/index.mjs';
//
//   export default suite('marks beside posts', ({ test }) => {
//     test('a post that names the brand is marked', async ({ site, open, kind, extension }) => {
//       site.serve('/feed', '<article>…</article>', { policy: POLICY.strict });
//       const page = await open('/feed');
//       await until('the mark', async () => (await row(page, 'article'))?.marks.includes('Mentions us'));
//     });
//   });
//
// - Every suite runs in Chromium and in Firefox, each with a fresh profile; its tests share that browser and run in order.
// - `world` (world.mjs) is what a test gets; its methods may be taken apart as above. Tabs close when the test ends.
// - `site` (site.mjs) is the only network: `site.serve('/path' | 'https://x.com/path', body, {policy})`. A request to a
//   host that no test has taken is refused, and kept in `site.strangers`.
// - `extension` (extension.mjs) opens Rejoinder's own pages, kills its background, presses its commands.
// - `row`, `inside`, `overlay`, `ours` (widgets.mjs) look into what Rejoinder has put into a page.
// - `somebody` starts another person's browser, `settle` gives a person their own workspace (people.mjs); `teamServer` and
//   what follows it bring them together (team.mjs).
// - `violations` runs axe, `world.shot(page, name)` saves a picture to dist/shots.
// - Wait with `until(what, probe)`, never for a time; nothing is retried. A test that fails leaves its pages' pictures in
//   dist/failed and prints their consoles.

import assert from 'node:assert/strict';

export const { equal, deepEqual, ok, match, notEqual, rejects } = assert;
export { suite } from './suite.mjs';
export { steady, until } from './until.mjs';
export { POLICY } from './site.mjs';
export { SHORT_LIFE } from './extension.mjs';
export { packageOf } from './browsers.mjs';
export { events } from './log.mjs';
export { catchFile, made } from './files.mjs';
export { bothWays, logged, settle, somebody, stored } from './people.mjs';
export { ADMIN, WORKSPACE, asAdmin, endServer, figure, invite, joinTeam, mainText, setUpTeam, shareNow, teamServer, upToDate, write } from './team.mjs';
export { card, form, gate, inside, ours, overlay, overlayShown, picker, press, pressInCard, reach, row, strip, traces, underlined, waitInside } from './widgets.mjs';
export { shot, violations } from './look.mjs';
