// Draft.js below the list of comments; Enter sends, and so does the button.

import { draft } from './editors/draft.jsx';
import { clicked, enter, part, sending, use } from './site.js';

const editor = use(draft(document.querySelector('[data-e2e="comment-input"]'), {
  role: 'textbox', onReturn: (event) => enter(event) && (send(), true),
}));

let made = 0;
const send = sending(editor, (text) => {
  made += 1;
  document.querySelector('[class*="DivCommentListContainer"]').prepend(part('[class*="DivCommentItemWrapper"]', [
    ['[id]', 'id', `760000290000000000${made}`], ['a', 'href', '/@albacoffee'],
    ['[data-e2e="comment-username-1"]', null, 'Alba Coffee'], ['[data-e2e="comment-level-1"]', null, text],
    ['[data-e2e="comment-time-1"]', null, 'há 1 s'], ['[data-e2e="comment-like-count"]', null, '0'],
  ]));
});
clicked('[data-e2e="comment-post"]', send);
