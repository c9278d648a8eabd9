// The checkers that the bench sets side by side, each as a module of its own that is bundled here and never shipped:
// `setup()` makes it ready, `check(text)` gives the number of its findings.

import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ABSENT = join(import.meta.dirname, 'absent.cjs');

// It writes to a variable that it never declares, which a module may not.
const WRITE_GOOD = `import writeGood from 'write-good';
export const setup = async () => { globalThis.match = undefined; };
export const check = text => writeGood(text).length;`;

const ALEX = `import { text } from 'alex';
export const setup = async () => {};
export const check = words => text(words).messages.length;`;

const RETEXT = `import { unified } from 'unified';
import english from 'retext-english';
import stringify from 'retext-stringify';
import equality from 'retext-equality';
import profanities from 'retext-profanities';
import readability from 'retext-readability';
import repeated from 'retext-repeated-words';
import passive from 'retext-passive';
let all;
export const setup = async () => {
  all = unified().use(english).use(equality).use(profanities).use(readability).use(repeated).use(passive).use(stringify).freeze();
};
export const check = text => all.processSync(text).messages.length;`;

const TEXTLINT = `import { TextlintKernel } from '@textlint/kernel';
import plugin from '@textlint/textlint-plugin-text';
import terminology from 'textlint-rule-terminology';
import maxComma from 'textlint-rule-max-comma';
import exclamation from 'textlint-rule-no-exclamation-question-mark';
const bare = module => module.default ?? module;
let kernel;
export const setup = async () => { kernel = new TextlintKernel(); };
const rules = [
  { ruleId: 'terminology', rule: bare(terminology), options: { defaultTerms: false, terms: TERMS } },
  { ruleId: 'max-comma', rule: bare(maxComma) },
  { ruleId: 'no-exclamation-question-mark', rule: bare(exclamation) },
];
const options = { ext: '.txt', plugins: [{ pluginId: 'text', plugin: bare(plugin) }], rules };
export const check = async text => (await kernel.lintText(text, options)).messages.length;`;

const NSPELL = lang => `import nspell from 'nspell';
let spell;
export const setup = async () => {
  const [aff, dic] = await Promise.all(['aff', 'dic'].map(end => fetch('/peers/dictionary-${lang}/index.' + end).then(it => it.text())));
  spell = nspell({ aff, dic });
};
export const check = text => (text.match(/\\p{L}[\\p{L}'’]*/gu) ?? []).filter(word => !spell.correct(word)).length;`;

const HARPER = `import { LocalLinter, createBinaryModuleFromUrl } from 'harper.js';
let linter;
export const setup = async () => {
  linter = new LocalLinter({ binary: createBinaryModuleFromUrl(location.origin + '/peers/harper.js/dist/harper_wasm_bg.wasm', 'full') });
  await linter.setup();
};
export const check = async text => (await linter.lint(text, { language: 'plaintext' })).length;`;

/** Ours: as the background holds it, with the dictionaries of the package. `rules`: as the bench's module names them. */
const OURS = rules => `import init, { Voice } from '/wasm/bench.js';
let voice;
const text = name => fetch('/dist/chrome/' + name).then(it => it.text());
export const setup = async () => {
  await init();
  voice = new Voice(await text('packs.txt'), '${rules}');
};
let learnt = '';
export const check = async words => {
  const missing = ${rules !== 'some'} ? voice.missing(words) : '';
  if (missing && learnt !== missing) {
    learnt = missing;
    const [affixes, ...parts] = missing.split(' ');
    voice.learn(words, await text('dictionaries/' + affixes), await Promise.all(parts.map(part => text('dictionaries/' + part))));
  }
  return ${rules !== 'some'} ? voice.spelled(words) : voice.check(words);
};
export const rules = () => voice.rules();`;

const WITH_SPELLING = lang => [['dist/chrome/packs.txt'], ['dist/chrome/wasm/background_bg.wasm'], ['dist/chrome/wasm/spelling_bg.wasm'], ...DICTIONARIES[lang]];

/** By name: the module, how many rules are on (where it says), the languages it is made for, files that it fetches. */
export const SUBJECTS = {
  'rejoinder, as it comes and spelling': { source: OURS('spelling'), langs: ['en', 'es'], files: WITH_SPELLING },
  'rejoinder, every rule and spelling': { source: OURS('every'), langs: ['en', 'es'], files: WITH_SPELLING },
  'rejoinder, as it comes': { source: OURS('some'), langs: ['en', 'es'], files: () => [['dist/chrome/packs.txt'], ['dist/chrome/wasm/background_bg.wasm']] },
  'rejoinder, spelling alone': { source: OURS('words'), langs: ['en', 'es'], files: WITH_SPELLING },
  'write-good': { source: WRITE_GOOD, rules: 8, langs: ['en'] },
  alex: { source: ALEX, langs: ['en'] },
  retext: { source: RETEXT, rules: 5, langs: ['en'] },
  textlint: { source: TEXTLINT, rules: 3, langs: ['en'] },
  'nspell, en': { source: NSPELL('en'), langs: ['en'], files: () => [['peers', 'dictionary-en/index.aff'], ['peers', 'dictionary-en/index.dic']] },
  'nspell, es': { source: NSPELL('es'), langs: ['es'], files: () => [['peers', 'dictionary-es/index.aff'], ['peers', 'dictionary-es/index.dic']] },
  'harper.js': { source: HARPER, langs: ['en'], files: () => [['peers', 'harper.js/dist/harper_wasm_bg.wasm']] },
};

const DICTIONARIES = {
  en: ['en.aff', 'en.dic', 'en-us.dic', 'en-gb.dic'].map(name => [`dist/chrome/dictionaries/${name}`]),
  es: ['es.aff', 'es.dic'].map(name => [`dist/chrome/dictionaries/${name}`]),
};

/** Every subject's script by its name, and the kilobytes (gz) that a browser has to load for it in a language. */
export async function bundled(peers) {
  // A rule that reads its words from a file beside it gets them here.
  const terms = readFileSync(join(peers, 'textlint-rule-terminology/terms.jsonc'), 'utf8');
  const scripts = {};
  for (const [name, { source }] of Object.entries(SUBJECTS)) {
    const { outputFiles } = await build({
      stdin: { contents: source.replace('TERMS', () => terms), resolveDir: peers, loader: 'js' }, bundle: true, write: false, format: 'esm',
      platform: 'browser', minify: true, logLevel: 'error', external: ['/wasm/*'], nodePaths: [peers],
      define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis' },
      alias: Object.fromEntries(['fs', 'path', 'module', 'assert'].flatMap(name => [[name, ABSENT], [`node:${name}`, ABSENT]])),
    });
    scripts[name] = outputFiles[0].text;
  }
  const size = (name, lang) => {
    const files = SUBJECTS[name].files?.(lang) ?? [];
    const read = ([root, path]) => readFileSync(root === 'peers' ? join(peers, path) : root);
    return [Buffer.from(scripts[name]), ...files.map(read)].reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0) / 1024;
  };
  return { scripts, size };
}
