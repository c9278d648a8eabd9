// Runs the end-to-end suites: one browser of each kind at a time, side by side.
//
//   node tests/e2e/run.mjs [PATTERN]     only tests whose "browser › suite › test" holds PATTERN

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BROWSERS, launch } from './harness/browsers.mjs';
import { Site } from './harness/site.mjs';
import { within } from './harness/until.mjs';
import { World } from './harness/world.mjs';

const HERE = 'tests/e2e';
const pattern = process.argv[2] ?? '';
const started = Date.now();
let passed = 0;
const failures = [];

const files = (await readdir(HERE, { recursive: true })).filter((name) => name.endsWith('.suite.mjs') && !name.includes('node_modules')).sort();
// A file may export several suites.
const suites = (await Promise.all(files.map(async (name) => Object.values(await import(pathToFileURL(join(HERE, name))))))).flat().filter(Boolean);

/** What went wrong and where in the test, without the harness's own way there. */
const trace = (error) => (error.stack ?? String(error)).split('\n').filter((line) => !/node:internal|e2e\/run\.mjs|Promise\.all/.test(line)).join('\n');

function report(name, ms, error, lines = []) {
  const seconds = (ms / 1000).toFixed(1).padStart(5);
  if (!error) {
    passed += 1;
    console.log(`ok   ${seconds}s  ${name}`);
    return;
  }
  failures.push(name);
  console.log(`FAIL ${seconds}s  ${name}\n${trace(error).replace(/^/gm, '        ')}`);
  for (const line of lines.slice(-30)) console.log(`        | ${line}`);
}

/** A browser of this kind with Rejoinder and a page to reach its hooks. */
async function start(kind, options, site) {
  const running = await launch(kind, { ...options, site });
  if (options.build === 'none') return running;
  if ((options.build ?? 'e2e') === 'e2e') {
    site.serve('/door', '<!doctype html><title>Door</title>');
    const door = await running.browser.newPage();
    await door.goto(`${site.origin}/door`);
    running.extension.door = door;
  }
  // The first run opens a tab of its own, in front of whatever a test has opened by then.
  if (options.welcome) running.extension.welcome = await running.extension.tab('pages/options.html');
  // Where the background's life is cut short it may end before that, and Firefox does not always tell of a tab.
  else await running.extension.tab('pages/options.html', new Set(), 6_000).then((tab) => tab.close(), () => {});
  return running;
}

async function runSuite(kind, { name, options, tests }) {
  const wanted = tests().filter(({ title }) => `${kind} › ${name} › ${title}`.includes(pattern));
  if (!wanted.length) return;
  let site;
  let running;
  let given;
  const begun = Date.now();
  try {
    site = await Site.start();
    given = (await options.before?.(site, kind)) ?? {};
    running = await within(60_000, 'starting the browser', start(kind, options, site));
  } catch (error) {
    for (const { title } of wanted) report(`${kind} › ${name} › ${title}`, Date.now() - begun, error);
  }
  let broken = '';
  for (const { title, run, within: limit } of running ? wanted : []) {
    const full = `${kind} › ${name} › ${title}`;
    if (broken) {
      failures.push(full);
      console.log(`FAIL  not tried ${full}, which needs "${broken}"`);
      continue;
    }
    const world = new World({ ...running, site, theme: options.theme ?? 'light', given, name: full });
    const at = Date.now();
    try {
      await within(limit, 'the test', run(bound(world)));
      report(full, Date.now() - at);
    } catch (error) {
      await within(10_000, 'pictures', world.pictures(full.replace(/[^a-z0-9]+/gi, '-'))).catch(() => {});
      report(full, Date.now() - at, error, world.console);
      if (options.chain) broken = title;
    }
    await within(10_000, 'closing the tabs', world.end()).catch(() => {});
  }
  await end(running?.browser);
  await options.after?.(given).catch((error) => report(`${kind} › ${name} › clearing up`, 0, error));
  await site?.stop();
}

/** Closes a browser; one that does not end by itself is ended. */
async function end(browser) {
  await within(15_000, 'closing the browser', Promise.resolve(browser?.close())).catch(() => browser.process()?.kill('SIGKILL'));
}

/** So that a test may take a world's methods apart. */
function bound(world) {
  return new Proxy(world, {
    get(target, key) {
      const value = target[key];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

process.on('unhandledRejection', () => {
  // A tab or worker that went away under a question; the test that asked has its own error.
});

await rm('dist/failed', { recursive: true, force: true });
await Promise.all(BROWSERS.map(async (kind) => {
  for (const suite of suites) {
    if (suite.options.browsers && !suite.options.browsers.includes(kind)) continue;
    await runSuite(kind, suite);
  }
}));

for (const name of failures) console.log(`failed: ${name}`);
console.log(`${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length || !passed ? 1 : 0;
