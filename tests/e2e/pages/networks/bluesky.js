// TipTap in a dialog that a post's own control opens; Control and Enter send too.

import { tiptap } from './editors/tiptap.js';
import { clicked, controlEnter, part, sending, use } from './site.js';

const DIALOG = '[role="dialog"]:has([data-testid="composePostView"])';
let made = 0;

clicked('[data-testid^="postThreadItem-by-"]:not([role="link"]) [data-testid="replyBtn"]', () => {
  if (document.querySelector(DIALOG)) return;
  const dialog = part(DIALOG, [
    ['a[href^="/profile/"]', 'href', '/profile/nadia.example'], ['a[href^="/profile/"] + div', null, 'Nadia Haddad'],
    ['[data-word-wrap]', null, 'Ordered on Monday, still no beans'],
  ]);
  document.body.append(dialog);
  const editor = use(tiptap(dialog.querySelector('.ProseMirror'), { onKey: (event) => controlEnter(event) && (send(), true) }));
  const send = sending(editor, (text) => {
    made += 1;
    const key = `3n2t0000${made}aaaaa`;
    dialog.remove();
    const answers = document.querySelectorAll('.css-list > .css-a1');
    const answer = document.createElement('div');
    answer.className = 'css-a1';
    answer.append(part('[data-testid="postThreadItem-by-ivo.example"]', [
      ['', 'data-testid', 'postThreadItem-by-albacoffee.example'],
      ['a[href^="/profile/ivo.example"]:not([data-tooltip])', 'href', '/profile/albacoffee.example'],
      ['a[data-tooltip]', 'href', `/profile/albacoffee.example/post/${key}`],
      ['a[data-tooltip]', 'data-tooltip', new Date().toUTCString()],
      ['[data-word-wrap]', null, text],
    ]));
    answers[answers.length - 1].after(answer);
  });
  dialog.querySelector('[data-testid="composerPublishBtn"]').addEventListener('click', send);
  dialog.querySelector('.ProseMirror').focus();
});
