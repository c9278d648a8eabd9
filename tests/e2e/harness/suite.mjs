// A suite: tests that share a browser with a fresh profile, in order. Each test gets a world of its own (world.mjs).

/**
 * @param {string} name what is promised, as a reader of the results understands it
 * @param {object} options how the browser is started and what is kept: see `Options`
 * @param {(define: { test: Test }) => void} define
 *
 * @typedef {(name: string, run: (world: import('./world.mjs').World) => Promise<void>, within?: number) => void} Test
 * @typedef {object} Options
 * @property {string[]} [browsers] only these of `chromium`, `firefox`, with the reason beside it
 * @property {'light' | 'dark'} [theme]
 * @property {'e2e' | 'shipped' | 'none'} [build] the test package (default), exactly what ships, or a browser without it
 * @property {boolean} [welcome] leave the tab of the first run open, as `extension.welcome`
 * @property {boolean} [chain] each test needs the one before: after a failure the rest is not tried
 * @property {Record<string, unknown>} [prefs] more preferences for Firefox
 * @property {(site: import('./site.mjs').Site) => Promise<Record<string, unknown> | void>} [before] runs once; what it
 *   returns is in every world of the suite as `given`
 * @property {(given: any) => Promise<void>} [after]
 */
export function suite(name, options, define) {
  if (!define) [options, define] = [{}, options];
  /** The tests, made anew for each browser, so that what they share stays with one. */
  const tests = () => {
    const made = [];
    define({ test: (title, run, within = 60_000) => made.push({ title, run, within }) });
    return made;
  };
  return { name, options, tests };
}
