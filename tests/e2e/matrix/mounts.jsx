// One editor of each family, alone in the page or inside an open shadow root. `mount(kind, text, options)` shows it;
// `model()` is the text of the editor's own model. With a limit an editor refuses or clips what is too long, each in the
// way its users commonly write that.
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { Essentials, InlineEditor, Paragraph } from 'ckeditor5';
import { ContentState, Editor as DraftEditor, EditorState } from 'draft-js';
import {
  $createParagraphNode, $createTextNode, $getRoot, $getSelection, $isRangeSelection, RootNode, createEditor,
} from 'lexical';
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { registerPlainText } from '@lexical/plain-text';
import { $trimTextContentFromAnchor } from '@lexical/selection';
import { Editor as TipTap, Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import StarterKit from '@tiptap/starter-kit';
import Quill2 from 'quill';
import Quill1 from 'quill1';
import { createEditor as createSlate, Node as SlateNode } from 'slate';
import { Editable, Slate, withReact } from 'slate-react';
import { withHistory } from 'slate-history';

const paragraphs = text => text.split('\n');
const box = parent => parent.appendChild(document.createElement('div'));

/** A React root that shows `element` inside `parent`; `editable` finds the editor's own element there. */
function react(parent, element, editable) {
  const host = box(parent);
  const root = createRoot(host);
  root.render(element);
  return { find: () => host.querySelector(editable), end: () => root.unmount() };
}

const field = tag => (text, parent, limit) => {
  const element = parent.appendChild(document.createElement(tag));
  element.value = text;
  if (limit) element.maxLength = limit;
  return { element, model: () => element.value };
};

function lexical(plain) {
  return (text, parent, limit) => {
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
    // Clips, as the playground's own plug-in does.
    if (limit) {
      editor.registerNodeTransform(RootNode, root => {
        const selection = $getSelection();
        const over = root.getTextContentSize() - limit;
        if (over > 0 && $isRangeSelection(selection)) $trimTextContentFromAnchor(editor, selection.anchor, over);
      });
    }
    return {
      element,
      model: () => editor.getEditorState().read(() => $getRoot().getTextContent()),
      end: () => editor.setRootElement(null),
    };
  };
}

/** @param {typeof Quill1 | typeof Quill2} Quill */
const quill = Quill => (text, parent, limit) => {
  const host = box(parent);
  const editor = new Quill(host, {});
  if (text) editor.setText(text + '\n', 'silent');
  editor.history.clear();
  // Clips at the end.
  if (limit) editor.on('text-change', () => { if (editor.getLength() > limit + 1) editor.deleteText(limit, editor.getLength()); });
  // Its style sheet says so.
  editor.root.style.whiteSpace = 'pre-wrap';
  return { element: editor.root, model: () => editor.getText() };
};

/** The text of CKEditor's model: a line for each paragraph and soft break. */
const blockText = block => [...block.getChildren()].map(node => (node.is('$text') ? node.data : '\n')).join('');

const KINDS = {
  input: field('input'),
  textarea: field('textarea'),
  'React textarea': (text, parent, limit) => {
    let state = text;
    function Box() {
      const [value, setValue] = React.useState(text);
      state = value;
      // Clips at the end.
      return <textarea value={value} onChange={event => setValue(event.target.value.slice(0, limit))} />;
    }
    return { ...react(parent, <Box />, 'textarea'), model: () => state };
  },
  contenteditable(text, parent, limit) {
    const element = box(parent);
    element.contentEditable = 'true';
    element.append(...paragraphs(text).filter(Boolean).map((line, i) => {
      if (!i) return document.createTextNode(line);
      const div = document.createElement('div');
      div.textContent = line;
      return div;
    }));
    // Clips at the end.
    if (limit) {
      element.addEventListener('input', () => {
        if (element.innerText.length > limit) element.textContent = element.innerText.slice(0, limit);
      });
    }
    return { element, model: () => element.innerText };
  },
  'Draft.js': (text, parent, limit) => {
    let state;
    const plain = () => state.getCurrentContent().getPlainText('\n');
    // Refuses.
    const refuse = added => (limit && plain().length + added.length > limit ? 'handled' : 'not-handled');
    function Box() {
      const [value, setValue] = React.useState(() => (text
        ? EditorState.createWithContent(ContentState.createFromText(text)) : EditorState.createEmpty()));
      state = value;
      return <DraftEditor editorState={value} onChange={setValue} handleBeforeInput={refuse} handlePastedText={refuse} />;
    }
    return { ...react(parent, <Box />, '.public-DraftEditor-content'), model: plain };
  },
  'Lexical rich': lexical(false),
  'Lexical plain': lexical(true),
  TipTap(text, parent, limit) {
    // Refuses.
    const Limit = Extension.create({
      name: 'limit',
      addProseMirrorPlugins: () => [new Plugin({ filterTransaction: change => change.doc.textContent.length <= limit })],
    });
    const editor = new TipTap({
      element: box(parent), extensions: [StarterKit, ...(limit ? [Limit] : [])],
      content: { type: 'doc', content: paragraphs(text).map(line => ({
        type: 'paragraph', content: line ? [{ type: 'text', text: line }] : [],
      })) },
    });
    return { element: editor.view.dom, model: () => editor.getText({ blockSeparator: '\n' }), end: () => editor.destroy() };
  },
  'Quill 2': quill(Quill2),
  'Quill 1': quill(Quill1),
  Slate(text, parent, limit) {
    const editor = withHistory(withReact(createSlate()));
    const plain = () => editor.children.map(node => SlateNode.string(node)).join('\n');
    // Refuses.
    if (limit) {
      const { insertText } = editor;
      editor.insertText = (added, ...more) => { if (plain().length + added.length <= limit) insertText(added, ...more); };
    }
    const value = paragraphs(text).map(line => ({ type: 'paragraph', children: [{ text: line }] }));
    const view = <Slate editor={editor} initialValue={value}><Editable /></Slate>;
    return { ...react(parent, view, '[data-slate-editor]'), model: plain };
  },
  async 'CKEditor 5'(text, parent, limit) {
    const editor = await InlineEditor.create(box(parent), { licenseKey: 'GPL', plugins: [Essentials, Paragraph] });
    const { model } = editor;
    const root = model.document.getRoot();
    model.enqueueChange({ isUndoable: false }, writer => {
      writer.remove(writer.createRangeIn(root));
      for (const line of paragraphs(text)) {
        const paragraph = writer.createElement('paragraph');
        writer.insertText(line, paragraph);
        writer.append(paragraph, root);
      }
    });
    // Refuses afterwards.
    if (limit) {
      model.document.on('change:data', (_, batch) => {
        if (batch.isLocal && !batch.isUndo && [...root.getChildren()].map(blockText).join('').length > limit) editor.execute('undo');
      });
    }
    return {
      element: editor.editing.view.getDomRoot(),
      model: () => [...root.getChildren()].map(blockText).join('\n'),
      end: () => editor.destroy(),
    };
  },
};

let last = {};

window.matrix = {
  kinds: Object.keys(KINDS),
  /** Mounts one editor, alone in the page. @param {{ shadow?: boolean, limit?: number }} options */
  async mount(kind, text, { shadow, limit }) {
    await last.end?.();
    document.querySelector('#host')?.remove();
    const host = box(document.body);
    host.id = 'host';
    const stand = box(shadow ? host.attachShadow({ mode: 'open' }) : host);
    stand.className = 'stand';
    last = await KINDS[kind](text, stand, limit);
    const find = () => last.element ?? last.find();
    for (let i = 0; i < 100 && !find(); i++) await new Promise(requestAnimationFrame);
    // A shadow root takes no style of the page.
    Object.assign(find().style, { width: '400px', minHeight: '60px' });
    Object.assign(window.matrix, { editable: find(), model: last.model });
  },
};
