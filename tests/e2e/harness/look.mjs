// What a person sees: accessibility rules and pictures.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * Violations of axe's rules in a page or frame, as lines of text; none is the promise.
 * `within` is a selector, or a path of them through open shadow roots. `except` names rules that do not apply, each with
 * its reason beside it in the test.
 */
export async function violations(frame, { within, except = [] } = {}) {
  const present = await frame.evaluate(() => typeof globalThis.axe === 'object');
  if (!present) await frame.evaluate(await readFile(AXE, 'utf8'));
  return frame.evaluate(async (scope, disabled) => {
    const rules = Object.fromEntries(disabled.map((id) => [id, { enabled: false }]));
    const context = scope ? { include: [Array.isArray(scope) ? { fromShadowDom: scope } : scope] } : document;
    const { violations: found } = await globalThis.axe.run(context, { rules, resultTypes: ['violations'] });
    return found.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
      `${id} (${help}) at ${target.flat().join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`));
  }, within ?? null, except);
}

/** Saves a picture to dist/shots (or another folder) and returns its path. */
export async function shot(target, name, folder = 'dist/shots') {
  const path = join(folder, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await target.screenshot({ path });
  return path;
}
