// TipTap (ProseMirror), with the attributes that the fixture's editable has.

import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { place } from '../site.js';

/** In place of `element`. `onKey` answers true when it has taken the key. */
export function tiptap(element, { onKey = () => false, onUpdate = () => {} } = {}) {
  const { made, attributes: { contenteditable, ...attributes } } = place(element);
  const editor = new Editor({
    element: made,
    extensions: [StarterKit],
    editorProps: { attributes, handleKeyDown: (_, event) => onKey(event) },
    onUpdate: () => onUpdate(text()),
  });
  const text = () => editor.getText({ blockSeparator: '\n' });
  return { text, clear: () => editor.commands.clearContent(true) };
}
