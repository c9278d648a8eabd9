// Puts the four packages together: dist/chrome and dist/firefox, which ship, and their twins dist/e2e-*, which differ
// from them in exactly what `twin` says below.
//
//   node tests/build/assemble.mjs BUILD_ID VERSION WASM_DIR NOTICES_FILE

import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { parse } from 'smol-toml';
import { minify } from 'terser';

const [build, version, wasm, notices] = process.argv.slice(2);
const FLAVOURS = ['chrome', 'firefox'];
const MODULES = ['background', 'app', 'library', 'members', 'mentions', 'spelling', 'team'];

/** Hosts the tests serve pages from; a match pattern holds for every port. */
const LOOPBACK = ['http://127.0.0.1/*', 'https://127.0.0.1/*', 'http://localhost/*', 'https://localhost/*'];
/** What a test package holds besides: the fault hooks and the open shadow roots. */
const HOOKS = 'e2e';

/** A flavour's manifest: the base, with lists joined and everything else replaced by the flavour's own keys. */
async function manifest(flavour) {
  const read = async (name) => JSON.parse(await readFile(`extension/manifest.${name}.json`, 'utf8'));
  const merged = merge(await read('base'), await read(flavour));
  merged.version = version;
  // The agent runs where the extension may: one list says both.
  for (const script of merged.content_scripts) script.matches = [...merged.host_permissions];
  return merged;
}

function merge(base, extra) {
  const merged = { ...base };
  for (const [key, value] of Object.entries(extra)) {
    const old = merged[key];
    merged[key] = Array.isArray(old) && Array.isArray(value) ? [...old, ...value].sort() : value;
  }
  return merged;
}

/** The manifest of a test package. */
function twin(shipped) {
  const changed = structuredClone(shipped);
  changed.host_permissions.push(...LOOPBACK);
  for (const script of changed.content_scripts) script.matches.push(...LOOPBACK);
  const isolated = changed.content_scripts.find((script) => script.world !== 'MAIN');
  isolated.js.unshift(`${HOOKS}/page.js`);
  const background = `${HOOKS}/background.js`;
  if (changed.background.service_worker) changed.background.service_worker = background;
  else changed.background.scripts = [background];
  return changed;
}

/**
 * Rewrites one line of the package's scripts; a line that stands nowhere would leave the package silently wrong.
 * Tells a page agent left over from an older build from the background that now answers, for example.
 */
async function stamp(directory, line, changed) {
  const scripts = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.js'));
  let found = 0;
  for (const name of scripts) {
    const path = join(directory, name);
    const text = await readFile(path, 'utf8');
    if (!text.includes(line)) continue;
    found += 1;
    await writeFile(path, text.replace(line, changed));
  }
  if (!found) throw new Error(`${directory}: no script holds the line ${line}`);
}

/**
 * Scripts without their comments and long names: the page agent, which is loaded into every page, the pointing tool, and
 * the modules' glue. File by file, nothing is bundled.
 * @param {string} directory @param {(script: string) => Promise<{ code?: string }>} smaller
 */
async function slim(directory, smaller) {
  for (const name of (await readdir(directory)).filter((file) => file.endsWith('.js'))) {
    const path = join(directory, name);
    const script = await readFile(path, 'utf8');
    // The constants that a build writes keep their lines.
    const code = name === 'constants.js' ? script.replace(/^(\/\/.*\n|\s+)/gm, '') : (await smaller(script)).code;
    await writeFile(path, code);
  }
}

/** The modules' glue and the pointing tool. */
const slimGlue = (script) => transform(script, { minify: true, charset: 'utf8', legalComments: 'none' });

/**
 * A script of the page agent, which is loaded into every page: the slower tool makes it a thirtieth smaller. In the agent's
 * own world nobody changes what `String` means, and the agent reads no property for what the reading does.
 */
async function slimAgent(script) {
  const compress = { passes: 3, keep_fargs: false, pure_getters: true, unsafe: true, unsafe_arrows: true, unsafe_methods: true };
  return minify(await slimSheets(script), { ecma: 2022, compress });
}

/** A script with its style sheets, template literals called `…CSS`, without their white space; `${…}` fills whole lines. */
async function slimSheets(script) {
  const parts = script.split(/(?<=CSS = `)([^]+?)(?=`;\n)/);
  for (let at = 1; at < parts.length; at += 2) {
    const holes = [];
    const sheet = parts[at].replace(/^ *(\$\{.+\})$/gm, (_, hole) => `hole-${holes.push(hole) - 1} { top: 0 }`);
    const { code } = await transform(sheet, { loader: 'css', minify: true, charset: 'utf8' });
    parts[at] = code.trim().replace(/hole-(\d+)\{top:0\}/g, (_, number) => holes[number]);
  }
  return parts.join('');
}

/** Chromium takes a message with `$NAME$` only with an entry for the name; the catalogue leaves out what says nothing. */
async function locales(directory) {
  for (const language of await readdir(join(directory, '_locales'))) {
    const path = join(directory, '_locales', language, 'messages.json');
    const messages = JSON.parse(await readFile(path, 'utf8'));
    for (const entry of Object.values(messages)) {
      const names = [...new Set([...entry.message.matchAll(/\$([A-Z0-9_]+)\$/g)].map(([, name]) => name.toLowerCase()))];
      if (names.length) entry.placeholders = Object.fromEntries(names.map((name, index) => [name, { content: `$${index + 1}` }]));
    }
    await writeFile(path, JSON.stringify(messages));
  }
}

/** The starter templates of every language, as the background reads them when it starts. */
async function starters() {
  const languages = await readdir('extension/templates');
  const read = async (language) => parse(await readFile(`extension/templates/${language}/starter.toml`, 'utf8')).template;
  return Object.fromEntries(await Promise.all(languages.sort().map(async (language) => [language, await read(language)])));
}

/** The site definitions, of which the background knows the order. */
async function sites() {
  const files = (await readdir('extension/sites')).filter((name) => name.endsWith('.toml') && name !== 'unsupported.toml').sort();
  return Promise.all(files.map(async (name) => parse(await readFile(join('extension/sites', name), 'utf8'))));
}

/**
 * The dictionaries, each read when a reply in its language is first checked. American and British English share their
 * affixes and nearly all their words: those are stored once, and a file each holds the rest.
 */
async function dictionaries(directory) {
  const read = (name, file) => readFile(join('tests/node_modules', `dictionary-${name}`, file), 'utf8');
  const lines = async (name) => (await read(name, 'index.dic')).trim().split('\n').slice(1);
  const [us, gb] = [await lines('en'), await lines('en-gb')];
  if (await read('en', 'index.aff') !== await read('en-gb', 'index.aff')) throw new Error('American and British affixes differ');
  const [american, british] = [new Set(us), new Set(gb)];
  const common = us.filter((word) => british.has(word));
  const files = {
    'en.aff': await read('en', 'index.aff'),
    // The count at the head is a hint for the reader.
    'en.dic': [common.length, ...common, ''].join('\n'),
    'en-us.dic': [...us.filter((word) => !british.has(word)), ''].join('\n'),
    'en-gb.dic': [...gb.filter((word) => !american.has(word)), ''].join('\n'),
    'es.aff': await read('es', 'index.aff'),
    'es.dic': await read('es', 'index.dic'),
    'LICENCES.txt': await dictionaryLicences(read),
  };
  await mkdir(join(directory, 'dictionaries'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, 'dictionaries', name), text);
}

/** Whose the dictionaries are; of the three licences that Spanish is offered under, we take the Mozilla Public License. */
async function dictionaryLicences(read) {
  const rule = `\n${'-'.repeat(100)}\n`;
  return [
    'English, American and British: SCOWL by Kevin Atkinson and others, http://wordlist.aspell.net (MIT and BSD).',
    'Spanish: RLA-ES by Santiago Bosio and others, https://github.com/sbosio/rla-es, used and passed on unchanged under the',
    'Mozilla Public License 1.1, https://www.mozilla.org/MPL/1.1/. These files are its source form.',
    rule, await read('en', 'license'), rule, await read('en-gb', 'license'), rule, await read('es', 'license'),
  ].join('\n');
}

async function write(directory, contents) {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  // Definitions, packs and templates become a file each; the rest of their folders is for people.
  const ours = (path) => !/^extension\/(manifest\.[a-z]+\.json|(sites|packs|templates)(\/|$)|sample\.json$)|\.d\.ts$/.test(path);
  await cp('extension', directory, { recursive: true, filter: ours });
  for (const name of MODULES.flatMap((it) => [`${it}.js`, `${it}_bg.wasm`])) await cp(join(wasm, name), join(directory, 'wasm', name));
  await cp(notices, join(directory, 'THIRD-PARTY-NOTICES.txt'));
  await writeFile(join(directory, 'templates.json'), JSON.stringify(await starters()));
  await dictionaries(directory);
  await writeFile(join(directory, 'sites.json'), JSON.stringify(await sites()));
  await cp(join(wasm, 'packs.txt'), join(directory, 'packs.txt'));
  await writeFile(join(directory, 'manifest.json'), JSON.stringify(contents, null, 2) + '\n');
  await stamp(directory, "const BUILD = 'dev';", `const BUILD = '${build}';`);
  await slim(join(directory, 'agent'), slimAgent);
  // What a script of the pointing tool says last is its answer, which the slower tool would leave out.
  for (const scripts of ['point', 'wasm']) await slim(join(directory, scripts), slimGlue);
  await locales(directory);
  if (contents.browser_specific_settings) await rm(join(directory, 'managed_schema.json'));
}

for (const flavour of FLAVOURS) {
  const shipped = await manifest(flavour);
  await write(`dist/${flavour}`, shipped);
  const directory = `dist/e2e-${flavour}`;
  await write(directory, twin(shipped));
  await stamp(directory, "const SHADOW = 'closed';", "const SHADOW = 'open';");
  await cp('tests/e2e/hooks', join(directory, HOOKS), { recursive: true });
}
