// XenForo's quick reply: a rich editable element in front of the form's own text area. Control and Enter send too.

import { contenteditable } from './editors/plain.js';
import { controlEnter, part, sending, use } from './site.js';

const form = document.querySelector('form.js-quickReply');
form.querySelector('textarea').hidden = true;
const box = form.querySelector('.fr-element');
const editor = use(contenteditable(box));

let made = 0;
const send = sending(editor, (text) => {
  made += 1;
  document.querySelector('.js-replyNewMessageContainer').append(part('article[data-content="post-70012"]', [
    ['', 'data-author', 'Alba Coffee'], ['', 'data-content', `post-7002${made}`], ['', 'id', `js-post-7002${made}`],
    ['.message-name a', null, 'Alba Coffee'], ['a[href*="post-"]', 'href', `/threads/alba-beans-batch-12.991/post-7002${made}`],
    ['time', 'datetime', new Date().toISOString()], ['.bbWrapper', null, text],
  ]));
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
box.addEventListener('keydown', (event) => {
  if (!controlEnter(event)) return;
  event.preventDefault();
  send();
});
