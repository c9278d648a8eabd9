// A plain editable element in the dialog of the comment that is answered; the button wakes up on the first input.

import { contenteditable } from './editors/plain.js';
import { clicked, part, sending, use } from './site.js';

let made = 0;

clicked('#reply-button-end button', (control) => {
  const comment = control.closest('ytd-comment-view-model');
  if (comment.querySelector('ytd-comment-reply-dialog-renderer')) return;
  const dialog = part('ytd-comment-reply-dialog-renderer');
  comment.append(dialog);
  const box = dialog.querySelector('#contenteditable-root');
  const editor = use(contenteditable(box));
  const submit = dialog.querySelector('#submit-button button');
  submit.disabled = true;
  box.addEventListener('input', () => { submit.disabled = !editor.text().trim(); });
  submit.addEventListener('click', sending(editor, (text) => {
    made += 1;
    dialog.remove();
    const replies = document.createElement('ytd-comment-replies-renderer');
    replies.append(part('ytd-comment-replies-renderer ytd-comment-view-model', [
      ['#author-text', 'href', '/@albacoffee'], ['#author-text', null, '@albacoffee'],
      ['#published-time-text a', 'href', `/watch?v=aB3dE5fG7hI&lc=UgwPinned000000000AaABAg.9xAnswer${made}`],
      ['#published-time-text a', null, '0 seconds ago'],
      ['#content-text', null, text], ['#reply-dialog', null, ''],
    ]));
    comment.closest('ytd-comment-thread-renderer').append(replies);
  }));
  box.focus();
});
