// What ships, and how the test packages differ from it.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deepEqual, equal, ok, packageOf, suite } from '../harness/index.mjs';

const LOOPBACK = ['http://127.0.0.1/*', 'https://127.0.0.1/*', 'http://localhost/*', 'https://localhost/*'];

/** Files of a package by path. */
function contents(directory) {
  const paths = readdirSync(directory, { recursive: true }).filter((path) => statSync(join(directory, path)).isFile());
  return new Map(paths.sort().map((path) => [path, readFileSync(join(directory, path))]));
}

export default suite('the packages', ({ test }) => {
  test('the test package is what ships plus loopback, open shadow roots and hooks, and nothing else', async ({ kind }) => {
    const [shipped, tested] = [contents(packageOf(kind, 'shipped')), contents(packageOf(kind))];
    const added = [...tested.keys()].filter((path) => !shipped.has(path));
    deepEqual(added, ['e2e/background.js', 'e2e/hooks.js', 'e2e/page.js']);
    deepEqual([...shipped.keys()].filter((path) => !tested.has(path)), []);
    const changed = [...shipped.keys()].filter((path) => !shipped.get(path).equals(tested.get(path)));
    equal(changed.length, 2, changed.join(' '));
    ok(changed.includes('manifest.json'));

    const other = changed.find((path) => path !== 'manifest.json');
    const lines = (map) => map.get(other).toString().split('\n');
    const differing = lines(shipped).flatMap((line, at) => (line === lines(tested)[at] ? [] : [[line.trim(), lines(tested)[at].trim()]]));
    deepEqual(differing, [["const SHADOW = 'closed';", "const SHADOW = 'open';"]]);

    const [ours, theirs] = [shipped, tested].map((map) => JSON.parse(map.get('manifest.json')));
    ours.host_permissions.push(...LOOPBACK);
    for (const script of ours.content_scripts) script.matches.push(...LOOPBACK);
    ours.content_scripts.find(({ world }) => world !== 'MAIN').js.unshift('e2e/page.js');
    if (ours.background.service_worker) ours.background.service_worker = 'e2e/background.js';
    else ours.background.scripts = ['e2e/background.js'];
    deepEqual(theirs, ours);
  });

  test('what ships holds no hook, no placeholder and no path of the machine it was built on', async ({ kind }) => {
    for (const [path, bytes] of contents(packageOf(kind, 'shipped'))) {
      const text = bytes.toString('latin1');
      for (const word of ['rejoinder-e2e', "const BUILD = 'dev'", process.cwd(), process.env.HOME]) {
        ok(!text.includes(word), `${path} holds ${word}`);
      }
    }
  });
});
