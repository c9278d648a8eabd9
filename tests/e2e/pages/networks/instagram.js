// A text area of React's, one under every post; its control is there only while it holds something. Enter sends.

import { reactTextarea } from './editors/textarea.jsx';
import { enter, part, sending, use } from './site.js';

const article = document.querySelectorAll('article')[1];
const form = article.querySelector('form');
const post = part('form div[role="button"]:not(:has(svg))');

const editor = use(reactTextarea(form.querySelector('textarea'), {
  onUpdate: (text) => (text ? form.firstElementChild.append(post) : post.remove()),
  onKeyDown: (event) => { if (enter(event)) { event.preventDefault(); send(); } },
}));

const send = sending(editor, (text) => {
  form.closest('section').parentElement.before(part('div:has(> div a[href="/ivo_petrov/"]):has(> span[dir="auto"])', [
    ['a[href="/ivo_petrov/"]', 'href', '/albacoffee/'],
    ['a span[dir="auto"]', null, 'albacoffee'],
    ['div:has(a) + span[dir="auto"]', null, text],
  ]));
});
post.addEventListener('click', send);
