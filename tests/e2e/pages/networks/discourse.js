// One box at the bottom of the window, opened by a post's own control: a text area, or with `rich` ProseMirror. Control
// and Enter send too.

import { field } from './editors/plain.js';
import { tiptap } from './editors/tiptap.js';
import { clicked, controlEnter, options, part, sending, use } from './site.js';

const control = document.getElementById('reply-control');
const area = control.querySelector('textarea');
const box = options.rich
  ? Object.assign(document.createElement('div'), { className: 'd-editor-input', role: 'textbox' })
  : area;
if (options.rich) area.replaceWith(box);
const editor = use(options.rich ? tiptap(box) : field(box));
control.classList.remove('open');

clicked('article button.reply', (button) => {
  const article = button.closest('article');
  const number = article.id.replace('post_', '');
  const link = control.querySelector('.post-link');
  link.href = number === '1' ? '/t/milk-frother-squeaks/27' : `/t/milk-frother-squeaks/27/${number}`;
  link.textContent = `Replying to post ${number}`;
  const who = article.querySelector('.names a[data-user-card]').dataset.userCard;
  control.querySelector('.user-link').href = `/u/${who}`;
  control.querySelector('.user-link').textContent = who;
  control.classList.add('open');
  control.querySelector('.d-editor-input').focus();
});

let made = 4;
const send = sending(editor, (text) => {
  made += 1;
  control.classList.remove('open');
  document.getElementById('post_4').before(part('.topic-post[data-post-number="2"]', [
    ['', 'data-post-number', `${made}`], ['article', 'id', `post_${made}`], ['article', 'data-post-id', `10${made}`],
    ['.names a', 'href', '/u/albacoffee'], ['.names a', 'data-user-card', 'albacoffee'], ['.names a', null, 'albacoffee'],
    ['a.post-date', 'href', `/t/milk-frother-squeaks/27/${made}?u=albacoffee`],
    ['.relative-date', 'data-time', `${Date.now()}`],
    ['.cooked', null, text],
  ]));
});
clicked('.save-or-cancel .create', send);
control.addEventListener('keydown', (event) => {
  if (!controlEnter(event)) return;
  event.preventDefault();
  send();
}, { capture: true });
