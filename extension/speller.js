// The speller beside the core: a module of its own, fetched when a reply is first checked, so that neither the start of
// the background nor a verdict ever waits for it. A service worker may not import later: its glue is here from the start,
// its code and its dictionaries are not.
import init, * as speller from './wasm/spelling.js';

let up = false;
/** A speller that stopped stays away for as long as this background lives: replies are checked without it. */
let broken = false;
/** What is being fetched. @type {Promise<void> | null} */
let coming = null;

/** @param {any} error */
function stopped(error) {
  broken = true;
  console.error('speller stopped:', error?.message ?? error);
}

/** @param {string} asked */
async function fetchFor(asked) {
  if (!up) await init({ module_or_path: new URL('./wasm/spelling_bg.wasm', import.meta.url) });
  up = true;
  await speller.prepare(asked);
}

/**
 * The unknown words of what is asked, as JSON; nothing while that would have to be waited for.
 * @param {string} asked @param {() => void} came called when it is worth asking again
 * @returns {string | undefined}
 */
export function check(asked, came) {
  if (broken) return '[]';
  try {
    const answer = up ? speller.check(asked) : undefined;
    if (answer !== undefined) return answer;
  } catch (error) {
    stopped(error);
    return '[]';
  }
  coming ??= fetchFor(asked).catch(stopped).then(() => {
    coming = null;
    came();
  });
  return undefined;
}

/** What may stand for a word. @param {string} asked @param {string} word @returns {string[]} */
export function suggest(asked, word) {
  try {
    return up && !broken ? speller.suggest(asked, word) : [];
  } catch (error) {
    stopped(error);
    return [];
  }
}
