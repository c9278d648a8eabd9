// A text area whose value React holds.

import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { place } from '../site.js';

/** In place of the fixture's text area. */
export function reactTextarea(element, { onUpdate = () => {}, onKeyDown = () => {} } = {}) {
  const { made, attributes: { 'class': className, autocorrect, ...attributes } } = place(element, document.createElement('span'));
  let value = '';
  let set;
  function Box() {
    [value, set] = useState(value);
    return (
      <textarea {...attributes} autoCorrect={autocorrect} className={className} value={value} onKeyDown={onKeyDown}
        onChange={(event) => { set(event.target.value); onUpdate(event.target.value); }} />
    );
  }
  flushSync(() => createRoot(made).render(<Box />));
  const write = (text) => { flushSync(() => set(text)); onUpdate(text); };
  return { text: () => value, clear: () => write(''), write };
}
