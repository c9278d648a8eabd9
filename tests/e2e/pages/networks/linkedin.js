// The older pages: Quill 1; the button is there only while the box holds something.

import { quill1 } from './editors/quill1.js';
import { part, sending, use } from './site.js';

const form = document.querySelector('form.comments-comment-box__form');
const submit = form.querySelector('button[class*="submit-button"]');
const stand = submit.parentElement;
submit.remove();

const editor = use(quill1(form.querySelector('.ql-container'), {
  onUpdate: (text) => (text.trim() ? stand.append(submit) : submit.remove()),
}));

let made = 0;
submit.addEventListener('click', sending(editor, (text) => {
  made += 1;
  document.querySelector('.comments-comments-list').prepend(part('article[data-id*="7529846066380800009"]', [
    ['', 'data-id', `urn:li:comment:(activity:7529819650654208007,753000000000000000${made})`],
    ['a', 'href', 'https://www.linkedin.com/company/albacoffee/'],
    ['.comments-comment-meta__description-title', null, 'Alba Coffee'],
    ['time', null, 'now'],
    ['.comments-comment-item__main-content span[dir]', null, text],
  ]));
}));
