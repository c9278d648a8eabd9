// Code of ours in a page of the extension. Its policy forbids a module of ours there; the tool evaluates it as text.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageOf } from '../e2e/harness/browsers.mjs';

/**
 * What these files of this folder export can be called in the page. A function that needs one of another file finds it.
 * @param {import('puppeteer-core').Page} page @param {string[]} files
 * @returns {(call: string, ...args: unknown[]) => Promise<any>}
 */
export function inPage(page, ...files) {
  const source = files.map(file => readFileSync(join(import.meta.dirname, file), 'utf8').replaceAll(/^export /gm, '')).join('\n');
  return (call, ...args) => page.evaluate(`(async () => { ${source}\n return ${call}(${args.map(it => JSON.stringify(it)).join(',')}); })()`);
}

/** The id of the build, which the background asks for. */
export function buildId() {
  const [, id] = /BUILD = '([0-9a-f]{12})'/.exec(readFileSync(join(packageOf('chromium'), 'background.js'), 'utf8')) ?? [];
  if (!id) throw new Error('no id of a build in the package');
  return id;
}
