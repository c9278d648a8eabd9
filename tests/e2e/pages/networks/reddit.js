// Lexical in the composer's light DOM, shown through the slots of its open shadow root.

import { lexical } from './editors/lexical.js';
import { clicked, part, sending, use, without } from './site.js';

customElements.define('shreddit-composer', class extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    for (const name of ['rte', 'cancel-button', 'submit-button']) {
      root.append(Object.assign(document.createElement('slot'), { name }));
    }
  }
});
customElements.define('shreddit-post', class extends HTMLElement {
  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    for (const name of ['credit-bar', 'title', 'post-flair', 'text-body', 'ssr-share-button']) {
      root.append(Object.assign(document.createElement('slot'), { name }));
    }
  }
});

const composer = document.querySelector('comment-body-header shreddit-composer');
const editor = use(lexical(composer.querySelector('[contenteditable]')));

let made = 0;
const send = sending(editor, (text) => {
  made += 1;
  const id = `t1_k20000${made}`;
  const permalink = `/r/coffeekit/comments/1abcd01/comment/k20000${made}/`;
  document.querySelector('shreddit-comment-tree').prepend(without(part('shreddit-comment[thingid="t1_k100001"]', [
    ['', 'author', 'albacoffee'], ['', 'thingid', id], ['', 'permalink', permalink], ['', 'score', '1'],
    ['', 'created', new Date().toISOString()],
    ['a[href^="/user/"]', 'href', '/user/albacoffee/'], ['a[href^="/user/"]', null, 'albacoffee'],
    ['[slot="comment"] .md', null, text],
  ]), 'shreddit-comment, time'));
});
clicked('comment-body-header [slot="submit-button"]', send);
