// The page agent and the native reader say the same of every fixture page: what `expected.json` holds under `raw` is what
// the command line reads from it (tests/site_fixtures.rs), and here what the agent's own files send from a browser. So do
// captured pages, where they are given (`./build.sh test captures`).

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'smol-toml';
import { deepEqual, suite, until } from '../harness/index.mjs';

const FIXTURES = 'tests/fixtures';
const SITES = 'extension/sites';

/** The bundled definitions in their order, as the background sends them: every list present. */
const definitions = readFileSync('src/site/registry.rs', 'utf8').split('bundled_files!(')[1].split(')')[0].match(/"[a-z-]+"/g).map((name) => ({
  detect: [], roots: [], frames: false, page: {}, posts: [], canonical: {},
  ...parse(readFileSync(join(SITES, `${JSON.parse(name)}.toml`), 'utf8')),
})).map((site) => ({ ...site, composers: (site.composers ?? []).map((rule) => ({ fields: {}, ...rule })) }));

/** Those that may fit a host, those that name it first. */
function offered(host) {
  const named = ({ hosts }) => hosts.some((it) => it === host || (it.startsWith('*.') && host.endsWith(it.slice(1))));
  return [...definitions.filter(named), ...definitions.filter((it) => !named(it) && it.hosts.includes('*'))];
}

/** Read by the command line alone: what stands in `noscript` is no element to a browser that runs scripts. */
const NATIVE_ONLY = 'discourse-html';

const fixtures = definitions.flatMap(({ id }) => readdirSync(join(FIXTURES, id)).map((name) => join(FIXTURES, id, name))
  .filter((folder) => id !== NATIVE_ONLY && existsSync(join(folder, 'source.html')))
  .map((folder) => ({
    name: relative(FIXTURES, folder),
    definition: relative(FIXTURES, folder).split('/')[0],
    html: readFileSync(join(folder, 'source.html'), 'utf8'),
    expected: JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')),
  })));

const { REJOINDER_CAPTURED: captured } = process.env;
/** A capture's own scripts would change it, and what it loads is not there. */
const STILL = "default-src 'none'; style-src 'unsafe-inline'";
const captures = !captured ? [] : readdirSync(captured)
  .map((name) => ({ name, expected: JSON.parse(readFileSync(join(captured, name), 'utf8')) }))
  .filter(({ expected }) => expected.definition !== NATIVE_ONLY)
  .map(({ name, expected }) => ({
    name: `captured ${name}`, definition: expected.definition, expected, policy: STILL,
    html: readFileSync(expected.source, 'utf8'),
  }));

const agent = JSON.parse(readFileSync('extension/manifest.base.json', 'utf8')).content_scripts
  .find(({ world }) => world !== 'MAIN').js.map((file) => readFileSync(join('extension', file), 'utf8').replace("'use strict';", '')).join('\n;\n');

/** Runs in the agent's world: a background that keeps what it is told and knows no post. */
function background(offered) {
  const told = [];
  const answer = ({ type }) => {
    if (type === 'hello') return { type: 'welcome', definitions: offered, words: {}, session: 's', keys: {}, features: { marks: true, voice: true, picker: true, gate: false, private: false, density: 'quiet' } };
    return type === 'posts' ? { type: 'views', posts: [] } : { type: 'done' };
  };
  const connect = () => {
    const hear = [];
    return {
      name: 'agent',
      postMessage(message) {
        told.push(message.body);
        setTimeout(() => hear.forEach((listener) => listener({ kind: 'answer', id: message.id, body: answer(message.body) })));
      },
      disconnect() {},
      onMessage: { addListener: (listener) => hear.push(listener) },
      onDisconnect: { addListener() {} },
    };
  };
  globalThis.told = told;
  globalThis.browser = { runtime: { id: 'parity', getURL: (path) => path, connect, onMessage: { addListener() {} } } };
}

/** What the agent told, in the shape of `raw`; composers are told of once they have the focus. */
function told(selectors) {
  const of = (type) => globalThis.told.filter((body) => body.type === type);
  for (const editable of document.querySelectorAll(selectors)) editable.focus();
  const post = (raw) => raw && { rule: raw.rule, fields: raw.fields };
  return {
    page: of('running').at(-1)?.page ?? null,
    posts: of('posts').flatMap(({ posts }) => posts).map(post),
    composers: of('compose').map(({ composer: { rule, fields, text, target } }) => ({ rule, fields, text, target: post(target) })),
  };
}

const post = (raw) => raw && { rule: raw.rule, fields: raw.fields };

export default suite('the agent reads what the command line reads', { build: 'none' }, ({ test }) => {
  for (const { name, definition: id, html, policy, expected } of [...fixtures, ...captures]) {
    test(name, async ({ site, open }) => {
      const address = new URL(expected.url);
      // The tests' own server stands in for every port of this machine.
      if (address.hostname === '127.0.0.1') address.port = site.port;
      else address.protocol = 'https:';
      site.serve(new URL(address.pathname, address).href, html, { policy });
      const page = await open(address.href);
      await page.setViewport({ width: 1200, height: 4000 });
      // Without a network's own style its icons fill the page, and posts stand too far away to be read.
      await page.addStyleTag({ content: 'svg, img, video { width: 20px; height: 20px; }' });
      const chosen = offered(address.hostname);
      const world = page.mainFrame().isolatedRealm();
      await world.evaluate(background, chosen);
      await world.evaluate(agent);
      const definition = chosen.find((one) => one.id === id);
      const boxes = definition.composers.filter((rule) => !rule.private).map((rule) => rule.select).join(',') || 'none';
      // A container without identity is a placeholder to the agent: it waits until the page fills it.
      const posts = expected.raw.posts.filter(({ rule, fields }) => fields.native_id || fields.permalink || definition.posts[rule].derived);
      await until('every post', async () => {
        // A long page is passed by as a person would.
        await page.evaluate(() => scrollTo(0, scrollY + innerHeight < document.documentElement.scrollHeight - 1 ? scrollY + innerHeight / 2 : 0));
        const read = (await world.evaluate(told, 'none')).posts.length;
        if (read < posts.length) throw new Error(`${read} of ${posts.length}`);
        return true;
      }, { within: 10_000 });
      deepEqual(await world.evaluate(told, boxes), {
        page: expected.raw.page,
        posts: posts.map(post),
        composers: expected.raw.composers.filter(({ rule }) => !definition.composers[rule].private)
          .map(({ rule, fields, text, target }) => ({ rule, fields, text, target: post(target) })),
      });
    });
  }
});
