// Lexical; Enter sends, and so does the button beside the box.

import { lexical } from './editors/lexical.js';
import { clicked, enter, part, sending, use } from './site.js';

const box = document.querySelector('[aria-label="Comment as Alba Coffee"]');
const comments = box.closest('form').parentElement;

let made = 0;
const editor = use(lexical(box, { onEnter: (event) => enter(event) && (send(), true) }));
const send = sending(editor, (text) => {
  made += 1;
  const stand = document.createElement('div');
  stand.append(part('[role="article"][aria-label^="Comment by"]', [
    ['', 'aria-label', 'Comment by Alba Coffee a few seconds ago'],
    ['a[href*="leo.brandt"]', 'href', 'https://www.facebook.com/albacoffee?comment_id=Y29tbWVudDoy'],
    ['a span[dir="auto"]', null, 'Alba Coffee'],
    ['div > span[dir="auto"] div[dir="auto"]', null, text],
    ['a[href*="/posts/"]', 'href', `https://www.facebook.com/nadia.haddad.7/posts/pfbid0aB1cD2eF3?comment_id=229988776655443${made}`],
    ['a[href*="/posts/"]', null, 'Just now'],
  ]));
  comments.before(stand);
});
clicked('[role="button"][aria-label="Comment"]', send);
