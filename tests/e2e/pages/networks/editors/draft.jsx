// Draft.js as the networks use it: the editor owns its DOM, its state decides what is sent.

import { ContentState, Editor, EditorState } from 'draft-js';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

/** Into `host`, in place of what it holds. `onReturn` answers true when it has taken the key. */
export function draft(host, { role, label, onReturn = () => false } = {}) {
  let state = EditorState.createEmpty();
  let set;
  function Box() {
    [state, set] = useState(state);
    return (
      <Editor editorState={state} onChange={set} role={role} ariaLabel={label}
        handleReturn={(event) => (onReturn(event) ? 'handled' : 'not-handled')} />
    );
  }
  host.replaceChildren();
  flushSync(() => createRoot(host).render(<Box />));
  return {
    text: () => state.getCurrentContent().getPlainText('\n'),
    // At once: a blur in between would bring the old state back.
    clear: () => flushSync(() => set(EditorState.moveFocusToEnd(EditorState.push(state, ContentState.createFromText(''), 'remove-range')))),
  };
}
