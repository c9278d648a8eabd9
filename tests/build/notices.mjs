// Licence texts of every crate that is compiled into what ships, from the sources that cargo has downloaded.
//
//   cargo metadata … | node tests/build/notices.mjs > THIRD-PARTY-NOTICES.txt

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const metadata = JSON.parse(readFileSync(0, 'utf8'));
const packages = new Map(metadata.packages.map((p) => [p.id, p]));
const nodes = new Map(metadata.resolve.nodes.map((n) => [n.id, n]));

/** Crates linked into the extension: normal dependencies only, and not what a procedural macro needs to run. */
function linked(id, seen = new Set()) {
  if (seen.has(id) || packages.get(id).targets.every((t) => t.kind.includes('proc-macro'))) return seen;
  seen.add(id);
  for (const dep of nodes.get(id).deps) {
    if (dep.dep_kinds.some((kind) => kind.kind === null)) linked(dep.pkg, seen);
  }
  return seen;
}

const shipped = [...linked(metadata.resolve.root)]
  .filter((id) => id !== metadata.resolve.root)
  .map((id) => packages.get(id))
  .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));

/** Crates by the text of their licence, so that a text that many share stands here once. */
const byText = new Map();
const without = [];
for (const crate of shipped) {
  const folder = dirname(crate.manifest_path);
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|unlicense)/i.test(name)).sort();
  if (files.length === 0) without.push(crate);
  for (const file of files) {
    let text;
    try {
      text = readFileSync(join(folder, file), 'utf8').replaceAll('\r', '').trim();
    } catch {
      continue; // a folder of that name
    }
    byText.set(text, [...(byText.get(text) ?? []), `${crate.name} ${crate.version} (${file})`]);
  }
}

console.log('Rejoinder holds compiled code of the following works, each under the licence it names.\n');
for (const crate of shipped) {
  const from = crate.repository ?? crate.homepage ?? `https://crates.io/crates/${crate.name}`;
  console.log(`${crate.name} ${crate.version} · ${crate.license ?? 'see its licence file'} · ${from}`);
}
if (without.length) {
  console.log('\nThese carry no licence file of their own; the text of the licence named above holds, with these authors:');
  for (const crate of without) console.log(`${crate.name} ${crate.version} · ${crate.authors.join(', ') || crate.repository}`);
}
for (const [text, crates] of byText) console.log(`\n${'-'.repeat(100)}\n${crates.join(', ')}\n\n${text}`);
