// Quill 1, with the attributes that the fixture's editable has.

import Quill from 'quill1';

/** Into the fixture's container, in place of what it holds. */
export function quill1(container, { onUpdate = () => {} } = {}) {
  const { attributes } = container.querySelector('.ql-editor');
  container.replaceChildren();
  const editor = new Quill(container, {});
  for (const { name, value } of attributes) if (name !== 'class') editor.root.setAttribute(name, value);
  const text = () => editor.getText().replace(/\n$/, '');
  editor.on('text-change', () => onUpdate(text()));
  return { text, clear: () => editor.setText('\n', 'api') };
}
