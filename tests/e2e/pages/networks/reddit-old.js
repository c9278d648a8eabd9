// A plain form that the page's script sends by itself.

import { field } from './editors/plain.js';
import { part, sending, use } from './site.js';

const form = document.querySelector('.commentarea > form.usertext');
const editor = use(field(form.querySelector('textarea')));

let made = 0;
const send = sending(editor, (text) => {
  made += 1;
  document.querySelector('#siteTable_t3_1old001').prepend(part('.thing[data-fullname="t1_c900001"]', [
    ['', 'data-fullname', `t1_d00000${made}`], ['', 'data-author', 'albacoffee'],
    ['', 'data-permalink', `/r/coffeekit/comments/1old001/descaling_the_alba_how_often/d00000${made}/`],
    ['a.author', null, 'albacoffee'], ['time', 'datetime', new Date().toISOString()],
    ['.usertext-body .md', null, text], ['.child', null, ''],
  ]));
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
