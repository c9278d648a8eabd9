// One editor of each family in the page, or inside an open shadow root: `mount(kind, text, parent)` returns what the
// tests need: the editable element and the text of the editor's own model.
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { ContentState, Editor as DraftEditor, EditorState } from 'draft-js';
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from 'lexical';
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { registerPlainText } from '@lexical/plain-text';
import { Editor as TipTap } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import Quill2 from 'quill';
import Quill1 from 'quill1';
import { createEditor as createSlate, Node as SlateNode } from 'slate';
import { Editable, Slate, withReact } from 'slate-react';
import { withHistory } from 'slate-history';

const paragraphs = text => text.split('\n');
const box = parent => parent.appendChild(document.createElement('div'));

function lexical(plain) {
  return (text, parent) => {
    const element = box(parent);
    element.contentEditable = 'true';
    element.style.whiteSpace = 'pre-wrap';
    const editor = createEditor({ namespace: 'matrix', onError: error => { throw error; } });
    editor.setRootElement(element);
    (plain ? registerPlainText : registerRichText)(editor);
    editor.update(() => {
      const root = $getRoot();
      root.clear();
      for (const line of paragraphs(text)) {
        const paragraph = $createParagraphNode();
        if (line) paragraph.append($createTextNode(line));
        root.append(paragraph);
      }
    }, { discrete: true });
    registerHistory(editor, createEmptyHistoryState(), 300);
    return { element, model: () => editor.getEditorState().read(() => $getRoot().getTextContent()) };
  };
}

/** @param {typeof Quill1 | typeof Quill2} Quill */
const quill = Quill => (text, parent) => {
  const host = box(parent);
  const editor = new Quill(host, {});
  if (text) editor.setText(text + '\n', 'silent');
  editor.history.clear();
  return { element: editor.root, model: () => editor.getText() };
};

const KINDS = {
  textarea(text, parent) {
    const element = parent.appendChild(document.createElement('textarea'));
    element.value = text;
    return { element, model: () => element.value };
  },
  'React textarea': (text, parent) => {
    let state = text;
    function Box() {
      const [value, setValue] = React.useState(text);
      state = value;
      return <textarea value={value} onChange={event => setValue(event.target.value)} />;
    }
    const host = box(parent);
    createRoot(host).render(<Box />);
    return { find: () => host.querySelector('textarea'), model: () => state };
  },
  contenteditable(text, parent) {
    const element = box(parent);
    element.contentEditable = 'true';
    element.append(...paragraphs(text).filter(Boolean).map((line, i) => {
      if (!i) return document.createTextNode(line);
      const div = document.createElement('div');
      div.textContent = line;
      return div;
    }));
    return { element, model: () => element.innerText };
  },
  'Draft.js': (text, parent) => {
    let state;
    function Box() {
      const [value, setValue] = React.useState(() => (text
        ? EditorState.createWithContent(ContentState.createFromText(text)) : EditorState.createEmpty()));
      state = value;
      return <DraftEditor editorState={value} onChange={setValue} />;
    }
    const host = box(parent);
    createRoot(host).render(<Box />);
    return {
      find: () => host.querySelector('.public-DraftEditor-content'),
      model: () => state.getCurrentContent().getPlainText('\n'),
    };
  },
  'Lexical rich': lexical(false),
  'Lexical plain': lexical(true),
  'TipTap (ProseMirror)': (text, parent) => {
    const editor = new TipTap({
      element: box(parent), extensions: [StarterKit],
      content: { type: 'doc', content: paragraphs(text).map(line => ({
        type: 'paragraph', content: line ? [{ type: 'text', text: line }] : [],
      })) },
    });
    return { element: editor.view.dom, model: () => editor.getText({ blockSeparator: '\n' }) };
  },
  'Quill 2': quill(Quill2),
  'Quill 1': quill(Quill1),
  Slate(text, parent) {
    const editor = withHistory(withReact(createSlate()));
    const host = box(parent);
    const value = paragraphs(text).map(line => ({ type: 'paragraph', children: [{ text: line }] }));
    createRoot(host).render(<Slate editor={editor} initialValue={value}><Editable /></Slate>);
    return {
      find: () => host.querySelector('[data-slate-editor]'),
      model: () => editor.children.map(node => SlateNode.string(node)).join('\n'),
    };
  },
};

window.matrix = {
  kinds: Object.keys(KINDS),
  /** Mounts one editor, alone in the page. */
  async mount(kind, text, shadow) {
    const host = document.body.appendChild(document.createElement('div'));
    const parent = shadow ? host.attachShadow({ mode: 'open' }) : host;
    const { element, find, model } = KINDS[kind](text, parent);
    for (let i = 0; i < 100 && find && !find(); i++) await new Promise(requestAnimationFrame);
    const editable = element ?? find();
    editable.id = 'box';
    Object.assign(window.matrix, { editable, model });
    return Boolean(editable);
  },
};
