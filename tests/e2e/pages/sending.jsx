// Reply boxes that send in every way networks do, around the real editors: a plain form, a form whose one line sends on
// Enter, React's controlled text area, Lexical and Draft.js. What arrives is the editor's own model. Sending takes a round
// trip, and the box is emptied after it; meanwhile the same text is not sent again, as everywhere.

import * as React from 'react';
import { createRoot } from 'react-dom/client';
import { ContentState, Editor, EditorState, getDefaultKeyBinding } from 'draft-js';
import {
  $createParagraphNode, $createTextNode, $getRoot, COMMAND_PRIORITY_HIGH, KEY_ENTER_COMMAND, createEditor,
} from 'lexical';
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerPlainText } from '@lexical/plain-text';

const lab = globalThis.lab = { sent: [], trusted: [], clicks: [], model: {}, delay: 0 };
/** Texts on their way. */
const going = new Set();

/** What React shows, by its place. */
const roots = new Map();

function render(field, content) {
  const root = createRoot(field);
  roots.set(field, root);
  root.render(content);
}

/** The network takes a text in. @param {string} kind @param {string} text @param {Event} event */
function arrive(kind, text, event) {
  if (!going.has(kind + text)) {
    lab.sent.push(text);
    lab.trusted.push(event.isTrusted);
  }
  going.add(kind + text);
  return new Promise(done => {
    // On its way until the box is seen to be empty: React empties it a moment after it is told to.
    const look = () => (lab.model[kind]?.() === text ? setTimeout(look) : going.delete(kind + text));
    setTimeout(() => { done(); setTimeout(look); }, lab.delay);
  });
}

/** Every press that reaches the network, by a person or not. */
document.addEventListener('click', event => {
  const kind = event.target.closest('.send') && event.target.closest('[data-id]')?.dataset.id;
  if (kind) lab.clicks.push({ text: lab.model[kind](), trusted: event.isTrusted });
}, { capture: true });

const KINDS = {
  form(field, form) {
    const box = field.appendChild(document.createElement('textarea'));
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const text = box.value;
      if (!text) return;
      await arrive('form', text, event);
      if (box.value === text) box.value = '';
    });
    lab.model.form = () => box.value;
  },

  line(field, form) {
    const box = field.appendChild(document.createElement('input'));
    box.type = 'text';
    form.addEventListener('submit', async event => {
      event.preventDefault();
      const text = box.value;
      if (!text) return;
      await arrive('line', text, event);
      if (box.value === text) box.value = '';
    });
    lab.model.line = () => box.value;
  },

  react(field, form) {
    form.addEventListener('submit', event => event.preventDefault());
    function Box() {
      const [value, setValue] = React.useState('');
      lab.model.react = () => value;
      const send = async event => {
        if (!value) return;
        await arrive('react', value, event.nativeEvent);
        setValue(now => (now === value ? '' : now));
      };
      const key = event => {
        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); send(event); }
      };
      return (
        <>
          <textarea value={value} onChange={event => setValue(event.target.value)} onKeyDown={key} />
          <button type="button" className="send" disabled={!value} onClick={send}>Send</button>
        </>
      );
    }
    form.querySelector('button').remove();
    render(field, <Box />);
  },

  lexical(field, form) {
    form.addEventListener('submit', event => event.preventDefault());
    const element = field.appendChild(document.createElement('div'));
    element.contentEditable = 'true';
    element.setAttribute('role', 'textbox');
    const editor = createEditor({ namespace: 'lab', onError: error => { throw error; } });
    editor.setRootElement(element);
    registerPlainText(editor);
    registerHistory(editor, createEmptyHistoryState(), 300);
    const write = text => editor.update(() => {
      const paragraph = $createParagraphNode();
      if (text) paragraph.append($createTextNode(text));
      $getRoot().clear().append(paragraph);
      paragraph.select();
    }, { discrete: true });
    write('');
    const read = () => editor.getEditorState().read(() => $getRoot().getTextContent());
    const send = async event => {
      const text = read();
      if (!text) return;
      await arrive('lexical', text, event);
      if (read() === text) write('');
    };
    editor.registerCommand(KEY_ENTER_COMMAND, event => {
      if (event.shiftKey) return false;
      event.preventDefault();
      send(event);
      return true;
    }, COMMAND_PRIORITY_HIGH);
    form.querySelector('button').addEventListener('click', send);
    form.querySelector('button').type = 'button';
    lab.model.lexical = read;
  },

  draft(field, form) {
    form.addEventListener('submit', event => event.preventDefault());
    function Box() {
      const [state, setState] = React.useState(() => EditorState.createEmpty());
      const text = state.getCurrentContent().getPlainText('\n');
      lab.model.draft = () => text;
      const send = async event => {
        if (!text) return;
        await arrive('draft', text, event.nativeEvent ?? event);
        setState(now => (now.getCurrentContent().getPlainText('\n') === text
          ? EditorState.moveFocusToEnd(EditorState.push(now, ContentState.createFromText(''), 'remove-range')) : now));
      };
      const bind = event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { send(event); return 'sent'; }
        return getDefaultKeyBinding(event);
      };
      return (
        <>
          <Editor editorState={state} onChange={setState} keyBindingFn={bind} handleKeyCommand={command => (command === 'sent' ? 'handled' : 'not-handled')} />
          <div role="button" tabIndex={0} className="send" aria-disabled={!text} onClick={send}>Send</div>
        </>
      );
    }
    form.querySelector('button').remove();
    render(field, <Box />);
  },
};

/** Builds the box of a post anew, as networks do when something above it changed. */
lab.mount = kind => {
  const form = document.querySelector(`[data-id="${kind}"] .reply-form`);
  const fresh = form.cloneNode(false);
  fresh.innerHTML = '<div class="reply-field"></div><button type="submit" class="send">Send</button>';
  const old = form.querySelector('.reply-field');
  roots.get(old)?.unmount();
  roots.delete(old);
  form.replaceWith(fresh);
  KINDS[kind](fresh.querySelector('.reply-field'), fresh);
};

for (const kind of Object.keys(KINDS)) lab.mount(kind);

const news = document.querySelector('.new-post-form');
news?.addEventListener('submit', async event => {
  event.preventDefault();
  const box = news.querySelector('textarea');
  await arrive('news', box.value, event);
  box.value = '';
});

/** Puts text in as typing does, but at once. @param {string} text */
lab.type = text => document.execCommand('insertText', false, text);
