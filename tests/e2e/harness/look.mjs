// What a person sees: accessibility rules and pictures.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { within } from './until.mjs';

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
    // Colours on their way are nobody's choice.
    const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.all(fading.map((one) => one.finished.catch(() => {})));
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
  // A frame of another process may have its content and no picture of it yet; one that is hidden never paints.
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));
  await Promise.all((target.frames?.() ?? []).map((frame) => within(1_000, 'a picture', frame.evaluate(painted)).catch(() => {})));
  await target.screenshot({ path });
  return path;
}
