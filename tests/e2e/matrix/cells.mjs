// The cells of the table: each says 'ok', or in a word what went wrong, and shows what it saw.

import { WRONG } from './agent.mjs';
import { composition } from './compose.mjs';
import { composed, lines, press, squash } from './stand.mjs';

const MAX_UNDO = 4;
/** The browser keeps their history; the others group theirs by time. */
const NATIVE = ['input', 'textarea', 'React textarea', 'contenteditable'];
/** Longer than a pause in writing and all that waits for one. */
const REST_MS = 800;
const IDLE_MS = 1000;
/** The answer to a check and the frame that draws it. */
const FRAME_MS = 50;

const show = (...texts) => texts.map(text => JSON.stringify(text)).join(' / ');

/** Does the editor itself follow a person's typing, selecting and undoing here? Several do not in a shadow root. */
export async function types(stand) {
  await stand.begin('');
  await stand.type('/x');
  if (squash(await stand.model()) !== '/x') return false;
  // On a busy machine the two letters are two steps of a history that goes by time.
  for (let i = 0; i < 2 && squash(await stand.model()); i++) await stand.press('Control+z');
  if (squash(await stand.model()) !== '') return false;
  await stand.begin('one three');
  await stand.press('Control+ArrowLeft');
  await stand.type('two ');
  await stand.press('Control+Shift+ArrowRight');
  await stand.type('four');
  if (squash(await stand.model()) !== 'onetwofour') return false;
  await stand.press('Control+z');
  await stand.type('z');
  return squash(await stand.model()) === squash(await stand.screen());
}

/** Where the caret stands in the white-space-free text; -1 for a selection or none. */
const caret = stand => stand.world.evaluate(() => {
  const read = Logical.read(globalThis.box);
  const at = Logical.selection(globalThis.box, read);
  return at && at.start === at.end ? read.text.slice(0, at.start).replace(/[\s\u200b\u2060\ufeff]+/g, '').length : -1;
});

/** An insertion: the model and the screen, the caret, undo, and an editor that still listens. */
export async function insertion(stand, test) {
  if (test.lines && stand.kind === 'input') return { text: '–' };
  await stand.begin(test.start);
  for (const key of test.keys ?? []) await stand.press(key);
  if (test.type) await stand.type(test.type);
  const before = await stand.model();
  const full = test.start + (test.type ?? '');
  if (composed(lines(before)) !== composed(lines(full))) return { text: 'SET-UP', got: show(before) };

  const found = typeof test.replace === 'string' ? (await stand.screen()).indexOf(test.replace) : -1;
  const [start, end] = found < 0 ? test.replace ?? [] : [found, found + test.replace.length];
  const options = { ...(test.replace ? { replace: { start, end } } : {}), ...(test.cursor ? { cursor: test.cursor } : {}) };
  const outcome = await stand.put(test.put, options);
  if (outcome !== 'ok') return { text: outcome, got: show(await stand.model(), await stand.screen()) };
  if (test.on) await stand.type(test.on);
  const [model, screen] = [await stand.model(), await stand.screen()];
  const expect = stand.holds(test.expect);
  if (composed(lines(model)) !== composed(lines(expect)) || squash(screen) !== squash(expect)) return { text: 'WRONG', got: show(model, screen) };
  if (lines(model) !== lines(expect)) return { text: 'nfc', got: show(model) };
  if (test.on) return { text: 'ok' };

  // The caret stands behind what was put in.
  const behind = (test.replace ? screen.slice(0, start) : expect.slice(0, expect.indexOf(stand.holds(test.put)))) + test.put;
  const [at, wanted] = [await caret(stand), squash(behind).length];
  if (at !== wanted) return { text: 'caret', got: `at ${at}, not ${wanted}` };
  return undo(stand, before, test);
}

async function undo(stand, before, test) {
  let text = '';
  let got = '';
  for (let i = 1; i <= MAX_UNDO && !text; i++) {
    await stand.press('Control+z');
    const now = squash(await stand.model());
    if (now === squash(before)) text = i === 1 ? 'ok' : `${i} z`;
    // Typed a moment before: the editor's history took both as one step.
    else if (now === squash(test.start)) text = i === 1 ? 'ok+' : `${i} z+`;
    else if (i === 1) got = `undone: ${show(now)}`;
  }
  // The editor must still listen, and screen and model still agree.
  await stand.type('z');
  const [model, screen] = [squash(await stand.model()), squash(await stand.screen())];
  return model === screen && model.includes('z') ? { text: text || 'no z', got } : { text: 'deaf', got: show(model, screen) };
}

/** More than the box may hold: nothing of it stays, so that the clipboard can be offered. */
export async function limit(stand) {
  const start = 'Hello Ana';
  await stand.begin(start, { limit: 20 });
  const outcome = await stand.put(', thank you for your message, we are on it.');
  const [model, screen] = [await stand.model(), await stand.screen()];
  if (outcome === 'ok' || lines(model) !== start || squash(screen) !== squash(start)) return { text: 'half', got: show(outcome, model, screen) };
  // What fits goes in.
  const fits = await stand.put(', hi');
  const after = await stand.model();
  return fits === 'ok' && lines(after) === `${start}, hi` ? { text: 'kept' } : { text: 'closed', got: show(fits, after) };
}

/** While an input method composes nothing goes in; once it is done the text goes in once, behind its word. */
export async function composing(stand) {
  await stand.begin('one');
  const method = await composition(stand.browserName, stand.page);
  await method.show('に');
  if (!await stand.until(() => Logical.read(globalThis.box).text.includes('に'))) return { text: 'SET-UP', got: show(await stand.screen()) };
  await stand.world.evaluate(() => {
    globalThis.outcome = '';
    Insert.put(globalThis.box, ' two').then(outcome => { globalThis.outcome = outcome; });
  });
  await stand.wait(400);
  const [early, meanwhile] = [await stand.world.evaluate(() => globalThis.outcome), squash(await stand.screen())];
  await method.commit('日');
  await stand.until(() => globalThis.outcome);
  const outcome = await stand.world.evaluate(() => globalThis.outcome);
  const [model, screen] = [await stand.model(), await stand.screen()];
  if (early || meanwhile !== 'oneに') return { text: 'EARLY', got: show(early, meanwhile) };
  if (outcome !== 'ok') return { text: outcome || 'never', got: show(model, screen) };
  return lines(model) === 'one日 two' && squash(screen) === 'one日two' ? { text: 'ok' } : { text: 'WRONG', got: show(model, screen) };
}

/** A person's typing beside an underline goes in one undo of the browser's, though the agent looked at every letter. */
async function typing(stand) {
  if (!NATIVE.includes(stand.kind)) return { text: '–' };
  const start = `I ${WRONG} it`;
  await stand.begin(start);
  if (!await stand.until(underlined, WRONG, 'I')) return { text: 'LOST' };
  for (const typed of ['x', 'xy', 'xyz']) {
    await stand.type(typed.at(-1));
    await stand.until(words => Composer.current().text.endsWith(words), `it${typed}`);
    await stand.wait(FRAME_MS);
  }
  await stand.press('Control+z');
  const model = lines(await stand.model());
  return model === start ? { text: 'ok' } : { text: 'pieces', got: show(model) };
}

/** In the agent's world: is the wrong word underlined, it alone and where it stands? @param {string} wrong @param {string} begins */
function underlined(wrong, begins) {
  const { box } = globalThis;
  const text = Logical.read(box).text;
  if (!text.replace(/\s/g, '').startsWith(begins)) return false;
  if (Logical.isField(box)) {
    const mirror = box.nextElementSibling?.shadowRoot?.querySelector('.mirror');
    const words = [...mirror?.querySelectorAll('.error') ?? []];
    if (words.length !== 1 || words[0].textContent !== wrong) return false;
    const [word, field] = [words[0].getBoundingClientRect(), box.getBoundingClientRect()];
    return words[0].previousSibling.textContent === text.slice(0, text.lastIndexOf(wrong))
      && word.left >= field.left && word.right <= field.right && word.top >= field.top && word.bottom <= field.bottom;
  }
  /** @type {Range[]} */
  const ranges = [];
  CSS.highlights.get('rejoinder-error')?.forEach(range => ranges.push(range));
  if (ranges.length !== 1 || ranges[0].toString() !== wrong) return false;
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(ranges[0].startContainer, ranges[0].startOffset);
  return before.toString().length === box.textContent.lastIndexOf(wrong);
}

/** Is nothing underlined? */
const plain = () => !(Logical.isField(globalThis.box)
  ? globalThis.box.nextElementSibling?.shadowRoot?.querySelector('.error') : CSS.highlights.get('rejoinder-error')?.size);

/** The underline after every edit. */
async function underline(stand) {
  await stand.begin(`Hola ${WRONG} 👋 I ${WRONG} it`);
  const steps = [
    ['Hola', () => {}],
    ['OhHola', async () => { await stand.press('Control+Home'); await stand.type('Oh '); }],
    ['Oh😀Hola', () => stand.put('😀 ')],
    ['Oh😀Ho', () => stand.press('Enter')],
    ['OhHola', async () => { for (let i = 0; i < 3; i++) await stand.press('Backspace'); }],
  ];
  for (const [begins, edit] of steps) {
    await edit();
    if (!await stand.until(underlined, WRONG, begins)) return { text: 'LOST', got: show(begins, await stand.screen()) };
  }
  return { text: 'ok' };
}

/** Underlines come and go without a change in the editor; the editor stands as the last cell left it. */
async function untouched(stand) {
  const flag = async on => {
    await stand.world.evaluate(on => { matrix.flags = on; matrix.push({ type: 'recheck' }); }, on);
    return on ? stand.until(underlined, WRONG, 'Oh') : stand.until(plain);
  };
  if (!await flag(false)) return { text: 'STAYS' };
  await stand.frame.evaluate(() => {
    const { editable } = window.matrix;
    window.matrix.seen = [];
    window.matrix.observer = new MutationObserver(list => {
      window.matrix.seen.push(...list.map(({ type, attributeName }) => attributeName ?? type));
    });
    window.matrix.observer.observe(editable, { attributes: true, childList: true, characterData: true, subtree: true });
  });
  const came = await flag(true) && await flag(false) && await flag(true);
  const seen = await stand.frame.evaluate(() => { window.matrix.observer.disconnect(); return window.matrix.seen; });
  if (!came) return { text: 'LOST' };
  return seen.length ? { text: 'TOUCHED', got: show(seen) } : { text: 'ok' };
}

/** Nothing of the agent's runs while the person only looks. */
async function idle(stand) {
  await stand.wait(REST_MS);
  const ran = () => stand.world.evaluate(() => matrix.ran);
  const before = await ran();
  await stand.wait(IDLE_MS);
  const after = await ran();
  await press(stand.page, 'ArrowLeft');
  await stand.settle();
  const woken = await ran();
  if (woken === after) return { text: 'BLIND', got: 'a key counted nothing' };
  return after === before ? { text: 'ok' } : { text: 'BUSY', got: `${after - before} callbacks` };
}

/** What follows the insertions, in order: the last ones look at the editor that the one before left. */
export const MORE = [
  { name: 'maximum length', run: limit },
  { name: 'while composing', run: composing },
  { name: 'typing undone', run: typing },
  { name: 'underline follows', run: underline },
  { name: 'editor untouched', run: untouched },
  { name: 'idle', run: idle },
];
