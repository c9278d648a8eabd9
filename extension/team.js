// Rounds with a team's server beside the core: a module of its own, fetched when a workspace is shared. A service worker may
// not import later: its glue is here from the start, its code is not.
import init, * as rounds from './wasm/team.js';

/** What is being fetched. @type {Promise<unknown> | null} */
let coming = null;

/** Tells the team which mention this person answers now; empty = none. @param {string} m */
export async function present(m) {
  await coming?.then(() => rounds.present(m), () => {});
}

/**
 * Shares the log that `line` names, now or when that makes sense; `watch`: only looks for news.
 * @param {any} background @param {string} line @param {boolean} asked @param {boolean} watch
 */
export async function share(background, line, asked, watch) {
  // Nothing was shared and nothing is to be.
  if (!line && !coming) return;
  try {
    coming ??= init({ module_or_path: new URL('./wasm/team_bg.wasm', import.meta.url) });
    await coming;
    rounds.share(background, line, asked, watch);
  } catch (/** @type {any} */ error) {
    coming = null;
    console.error('sharing stopped:', error?.message ?? error);
  }
}
