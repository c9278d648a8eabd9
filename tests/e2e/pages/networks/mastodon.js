// One text area of React's for answers and new posts; answering shows above it what is answered, and begins with whom.

import { reactTextarea } from './editors/textarea.jsx';
import { clicked, controlEnter, part, sending, use } from './site.js';

const form = document.querySelector('form.compose-form');
const editor = use(reactTextarea(form.querySelector('textarea'), {
  onKeyDown: (event) => { if (controlEnter(event)) { event.preventDefault(); send(); } },
}));

clicked('.status__action-bar > :first-child button', (control) => {
  form.querySelector('.reply-indicator')?.remove();
  const status = control.closest('.status');
  const name = status.querySelector('.status__display-name');
  form.prepend(part('.reply-indicator', [
    ['a', 'href', name.getAttribute('href')],
    ['.display-name__account', null, `@${name.title}`],
    ['.display-name__html', null, status.querySelector('.display-name__html').textContent.trim()],
    ['.reply-indicator__content', null, status.querySelector('.status__content__text').textContent],
  ]));
  editor.write(`@${name.title} `);
  const box = form.querySelector('textarea');
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
});

let made = 0;
const send = sending(editor, (text) => {
  made += 1;
  const id = `11765700000000007${made}`;
  form.querySelector('.reply-indicator')?.remove();
  document.querySelector('.item-list').prepend(part('article[data-id="117655968153600077"]', [
    ['', 'data-id', id], ['.status', 'data-id', id],
    ['.status__relative-time', 'href', `/@albacoffee/${id}`], ['time', 'datetime', new Date().toISOString()],
    ['.status__display-name', 'href', '/@albacoffee'], ['.status__display-name', 'title', 'albacoffee'],
    ['.display-name__html', null, 'Alba Coffee'], ['.display-name__account', null, '@albacoffee'],
    ['.status__content__text p', null, text],
  ]));
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
