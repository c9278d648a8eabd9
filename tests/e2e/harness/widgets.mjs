// What Rejoinder has put into a page, as a person finds it: rows beside posts, the strip at a composer, our frame.
// The test package opens our shadow roots; nothing else about them differs from what ships.

import { address, isOurs } from './extension.mjs';
import { steady, until } from './until.mjs';

const MARK = '[data-rejoinder]';

/** Our hosts in the page (and in its open shadow roots), each with the text and buttons of its root. */
export function ours(frame) {
  return frame.evaluate((mark) => {
    const all = (root) => [...root.querySelectorAll('*')].flatMap((element) =>
      [...(element.matches(mark) ? [element] : []), ...(element.shadowRoot && !element.matches(mark) ? all(element.shadowRoot) : [])]);
    return all(document).map(({ shadowRoot, id, tagName }) => ({
      tag: tagName.toLowerCase(), id,
      text: shadowRoot?.textContent.trim() ?? '',
      buttons: [...(shadowRoot?.querySelectorAll('button') ?? [])].map((button) => button.textContent.trim()),
    }));
  }, MARK);
}

/** An element inside one of our roots: the first that `css` finds in a host under `near` (default: the whole page). */
export async function inside(frame, css, near = 'html') {
  const handle = await frame.evaluateHandle((mark, selector, under) => {
    const find = (root) => {
      for (const element of root.querySelectorAll('*')) {
        const found = element.matches(mark) ? element.shadowRoot?.querySelector(selector) : element.shadowRoot && find(element.shadowRoot);
        if (found) return found;
      }
      return null;
    };
    for (const start of document.querySelectorAll(under)) {
      const found = find(start) ?? (start.nextElementSibling?.matches(mark) ? start.nextElementSibling.shadowRoot?.querySelector(selector) : null);
      if (found) return found;
    }
    return null;
  }, MARK, css, near);
  return handle.asElement();
}

/** The same, once it is there. */
export const waitInside = (frame, css, near) => until(`${css} of ours near ${near ?? 'the page'}`, () => inside(frame, css, near));

/** What the row under `post` says: its marks and the state of its buttons. */
export async function row(frame, post) {
  const element = await inside(frame, '.row', post);
  return element && frame.evaluate((node) => ({
    label: node.getAttribute('aria-label'),
    marks: [...node.querySelectorAll('.mark')].map((mark) => mark.textContent),
    buttons: [...node.querySelectorAll('button')].map((button) => button.textContent.trim()),
  }), element);
}

/** Presses a button of ours with the mouse, as a person does: after the pointer has come near. */
export async function press(page, css, near) {
  if (near) await until('the pointer to be near', () => page.hover(near).then(() => true));
  await reach(`${css} of ours, to press`, () => inside(page, css, near));
}

/**
 * Clicks what `find` gives, once it is there and can be clicked: a page may build it anew between the look and the press.
 */
export async function reach(what, find) {
  await until(what, async () => {
    const found = await find();
    if (!found || !(await found.boundingBox())) return false;
    await found.click();
    return true;
  });
}

/** What the strip at a composer says; `near`: below this. */
export async function strip(frame, near) {
  const element = await inside(frame, '.strip', near);
  return element && frame.evaluate((node) => {
    const word = (part) => {
      const at = node.querySelector(`[data-part="${part}"]`);
      return at && !at.hidden ? at.textContent : '';
    };
    return {
      account: word('chip'), kind: node.querySelector('.chip').className.replace('chip', '').trim(), language: word('language'),
      why: node.querySelector('[data-part="language"]').title,
      findings: word('findings'), notice: word('notice'), unchecked: word('unchecked'), case: word('case'), left: word('left'),
    };
  }, element);
}

/** The words that are underlined now, in composers of every kind. */
export async function underlined(frame) {
  const ranges = await frame.evaluate(() => [...CSS.highlights].filter(([name]) => name.startsWith('rejoinder-'))
    .flatMap(([, highlight]) => [...highlight].map(String)));
  const mirror = await inside(frame, '.mirror');
  const spans = mirror ? await frame.evaluate((node) => [...node.querySelectorAll('.error, .warning, .suggestion')].map((span) => span.textContent), mirror) : [];
  return [...ranges, ...spans];
}

/**
 * What `read` finds in our frame. Firefox's tools do not list frames inside an extension's page; there the page itself
 * looks into its own, and gives `read` the frame's element.
 */
async function inFrame(page, read) {
  const iframe = isOurs(await address(page), 'pages/') && await inside(page, 'iframe');
  return iframe ? page.evaluate(read, iframe) : (await overlay(page)).evaluate(read);
}

/** The templates that the picker offers, the words they were found by, what is starred and stacked, and the filled text. */
export const picker = (page) => inFrame(page, (iframe) => {
  const root = iframe?.contentDocument ?? document;
  const search = root.querySelector('.picker-top input');
  return {
    query: search?.value ?? '',
    remembered: Boolean(search?.classList.contains('remembered')),
    starred: [...root.querySelectorAll('.picker-list li')].filter((row) => row.querySelector('.star.on')).map((row) => row.querySelector('.title').textContent),
    suggested: [...root.querySelectorAll('.picker-list .why')].length,
    stack: [...root.querySelectorAll('.stacked .clip')].map((title) => title.textContent),
    titles: [...root.querySelectorAll('.picker-list .title')].map((title) => title.textContent),
    chosen: root.querySelector('.picker-list [aria-selected="true"] .title')?.textContent ?? '',
    preview: root.querySelector('.picker-preview .quote')?.textContent ?? '',
    note: root.querySelector('.picker-preview .muted')?.textContent ?? '',
  };
});

/** The card of a finding that is shown: its sentence and its fixes. */
export async function card(page) {
  if (!(await overlayShown(page))) return undefined;
  return inFrame(page, (iframe) => {
    const root = iframe?.contentDocument ?? document;
    const title = root.querySelector('article h1');
    return title && { title: title.textContent, fixes: [...root.querySelectorAll('.fixes button')].map((fix) => fix.textContent) };
  });
}

/** The send gate's card: its reasons, worst first, and what its main button does. */
export async function gate(page) {
  if (!(await overlayShown(page))) return undefined;
  return inFrame(page, (iframe) => {
    const root = iframe?.contentDocument ?? document;
    const why = root.querySelector('#gate-why');
    return why && {
      why: why.textContent, fix: root.querySelector('#gate-fix').textContent,
      more: [...root.querySelectorAll('.lines li span')].map((line) => line.textContent),
      focused: root.activeElement?.id ?? '',
    };
  });
}

/** The form of a template: its fields' values, the text as it will read, what is missing, and what has the focus. */
export async function form(page) {
  if (!(await overlayShown(page))) return undefined;
  return inFrame(page, (iframe) => {
    const root = iframe?.contentDocument ?? document;
    const title = root.querySelector('#form-title');
    return title && {
      title: title.textContent,
      values: [...root.querySelectorAll('.input, .switch input')].map((input) => (input.type === 'checkbox' ? String(input.checked) : input.value)),
      preview: root.querySelector('.quote')?.textContent ?? '',
      missing: root.querySelector('[role="alert"] .notice')?.textContent ?? '',
      focused: root.activeElement?.id ?? '',
    };
  });
}

/** Presses a button of a card with the mouse. */
export async function pressInCard(page, css) {
  const frame = await overlay(page);
  const button = await until(`${css} on the card`, () => frame.$(css));
  // The frame takes the card's size a moment after it was drawn.
  await steady(`the place of ${css}`, () => button.boundingBox(), 150);
  await button.click();
}

/** Is our frame to be seen in the page? */
export async function overlayShown(page) {
  const frame = await inside(page, 'iframe');
  return Boolean(frame && await page.evaluate((node) => node.checkVisibility() && node.getBoundingClientRect().height > 1, frame));
}

/** Our frame in `page`, once it is there. */
export const overlay = (page) => until('our frame', async () => {
  for (const frame of page.frames()) if (isOurs(await address(frame), 'pages/overlay.html')) return frame;
  return undefined;
});

/** The number of nodes of ours anywhere in the page. */
export const traces = async (frame) => (await ours(frame)).length;
