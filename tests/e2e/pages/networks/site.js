// What the scripts of the networks' pages share: parts of the page as its server wrote it, clicks, and sending. Each
// script puts a real editor into the fixture's own composer and behaves as the network's code does around it.

const { source, more = '', options = {} } = JSON.parse(document.getElementById('site-data').textContent);
const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
const page = parse(source);
const other = parse(more);

export { options };

/**
 * A new copy of a part of the page as its server wrote it: what a network's code draws for another post.
 * @param {string} css the part; looked for in what came along too
 * @param {[css: string, attribute: string | null, value: string][]} changes by attribute, or the text; '' is the part itself
 */
export function part(css, changes = []) {
  const made = document.importNode(page.querySelector(css) ?? other.querySelector(css), true);
  for (const [inner, attribute, value] of changes) {
    for (const element of inner ? made.querySelectorAll(inner) : [made]) {
      if (attribute) element.setAttribute(attribute, value);
      else element.textContent = value;
    }
  }
  return made;
}

/** Leaves parts of a copy out. */
export function without(element, css) {
  for (const inner of element.querySelectorAll(css)) inner.remove();
  return element;
}

/** Takes an element's place with what an editor wants to mount into; tells what attributes it had. */
export function place(element, made = document.createElement('div')) {
  element.replaceWith(made);
  return { made, attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])) };
}

export function clicked(css, run) {
  document.addEventListener('click', (event) => {
    const control = event.target.closest(css);
    if (control) run(control, event);
  });
}

/** The editor that the tests ask for the text of its model. */
export function use(editor) {
  globalThis.modelText = () => editor.text();
  return editor;
}

/** Sends what the editor holds, empties it, and shows the reply. Nothing here keeps a second press from sending again. */
export const sending = (editor, show) => async () => {
  const text = editor.text();
  if (!text.trim()) return;
  await fetch('/api/reply', { method: 'POST', body: JSON.stringify({ text }) });
  editor.clear();
  show(text);
};

/** Presses that send: Enter, or Control and Enter. */
export const enter = (event) => event.key === 'Enter' && !event.shiftKey && !event.ctrlKey;
export const controlEnter = (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey);
