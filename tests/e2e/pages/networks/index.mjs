// The networks' pages: the fixture that its definition is read against, under the address the fixture stands for, with
// a script of these tests that mounts the network's real editor and answers as the network does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { POLICY } from '../../harness/site.mjs';

const FIXTURES = 'tests/fixtures';
const SCRIPTS = 'tests/e2e/pages/networks';
/** What the networks' style sheets do that matters here. */
export const STYLE = `
  body { font: 15px sans-serif; margin: 0 auto; max-width: 640px }
  svg { width: 16px; height: 16px } textarea, [contenteditable="true"] { min-height: 40px; min-width: 300px }
  [role="button"], a:empty { display: inline-block; min-width: 16px; min-height: 16px }
  [role="dialog"] { position: fixed; inset: 40px 100px auto; padding: 12px; background: #fff; border: 1px solid }
  .ql-editor, .ProseMirror { white-space: pre-wrap } .ql-clipboard { position: absolute; left: -10000px; height: 1px; overflow: hidden }
  #reply-control { position: fixed; inset: auto 0 0; background: #fff; border-top: 1px solid } #reply-control:not(.open) { display: none }
  .visually-hidden { position: absolute; clip-path: inset(50%) }`;

/** Scripts that were built, by name. */
const built = new Map();

function script(name) {
  if (!built.has(name)) {
    built.set(name, buildSync({
      entryPoints: [join(SCRIPTS, `${name}.js`)], bundle: true, write: false, format: 'iife', jsx: 'automatic',
      define: { global: 'window', 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
    }).outputFiles[0].text);
  }
  return built.get(name);
}

export const html = (fixture) => readFileSync(join(FIXTURES, fixture, 'source.html'), 'utf8');

/** The page's HTML with the brand in it where the fixture's post does not name it. */
export function branded(source, [was, is] = []) {
  if (!was) return source;
  if (source.split(was).length !== 2) throw new Error(`the fixture holds "${was}" not exactly once`);
  return source.replace(was, is);
}

/**
 * Serves a network's page; returns its address.
 * @param {import('../../harness/site.mjs').Site} site
 * @param {object} network
 * @param {string} network.script
 * @param {string} network.fixture
 * @param {[string, string]} [network.says] words of the fixture, and what they are here
 * @param {string} [network.dialog] a fixture that shows the network's dialog
 * @param {string} [network.host] another host of the network's than the fixture's
 * @param {boolean} [network.anywhere] software that runs on anybody's host: served on loopback
 * @param {object} [network.options] for the script
 */
export function serveNetwork(site, { script: name, fixture, says, dialog, host, anywhere = false, options }) {
  const source = branded(html(fixture), says);
  const more = dialog ? html(dialog) : undefined;
  const data = JSON.stringify({ source, more, options }).replaceAll('<', '\\u003c');
  const page = source.replace('</head>', `<style>${STYLE}</style></head>`)
    .replace('</body>', () => `<script type="application/json" id="site-data">${data}</script><script src="/app.js"></script></body>`);
  const real = new URL(JSON.parse(readFileSync(join(FIXTURES, fixture, 'expected.json'), 'utf8')).url);
  if (host) real.hostname = host;
  const url = new URL(real.pathname + real.search, anywhere ? site.origin : real.origin);
  site.serve(new URL('/app.js', url).href, script(name));
  site.serve(new URL('/api/reply', url).href, '{}', { type: 'application/json' });
  site.serve(url.href, page, { policy: `${POLICY.own}; connect-src 'self'` });
  return url.href;
}
