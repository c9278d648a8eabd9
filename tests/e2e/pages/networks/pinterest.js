// Draft.js under the pin that the page is about. How a comment is shown there is not known; their number is.

import { draft } from './editors/draft.jsx';
import { clicked, sending, use } from './site.js';

const editor = use(draft(document.querySelector('[data-test-id="editor-with-mentions"]'), { role: 'combobox', label: 'Añadir un comentario' }));
let comments = 12;

clicked('[data-test-id="comment-editor-container"] button[type="submit"]', sending(editor, () => {
  comments += 1;
  document.querySelector('[data-test-id="comments-count"]').textContent = `${comments} comentarios`;
}));
