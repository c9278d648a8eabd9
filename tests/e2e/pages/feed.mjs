// A feed without an end, as big networks build theirs: a few absolute rows in the practice network's markup, of which
// each shows one post after another, first as a placeholder. Some rows keep their nodes and change words and attributes,
// some get new children.

import { page } from './thread.mjs';

export const FEED = {
  /** The feed says it has so many posts, and so many more whenever its end comes near. */
  posts: 1000,
  /** Elements that show them. */
  rows: 16,
  height: 140,
  /** A post that was not seen yet is a placeholder for so long. */
  loading: 60,
};

/** Every fifth post names the brand. */
export const names = number => number % 5 === 0;

/** Runs in the page; returns nothing. @param {typeof FEED} how */
export function run({ posts, rows, height, loading }) {
  const list = document.querySelector('#feed');
  const seen = new Set();
  const pool = [];
  let total = posts;

  const make = (tag, name, attributes = {}) => {
    const element = document.createElement(tag);
    element.className = name;
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    element.append('');
    return element;
  };
  /** The children of a row; what is shown is written by `fill`. */
  const furnish = row => {
    const author = make('p', 'post-author');
    row.name = make('strong', 'post-name');
    row.handle = make('span', 'post-handle');
    author.append(row.name, ' ', row.handle);
    row.link = make('a', 'post-time');
    row.time = make('time', '');
    row.link.append(row.time);
    row.text = make('p', 'post-text');
    row.likes = make('span', 'count-likes');
    row.node.replaceChildren(author, row.link, row.text, row.likes);
  };
  const write = (element, text) => { element.firstChild.data = text; };

  function fill(row) {
    const n = row.index + 1;
    // One framework patches, the other renders anew.
    if (n % 3 === 0) furnish(row);
    write(row.name, `Customer ${n}`);
    write(row.handle, `@customer_${n}`);
    row.link.setAttribute('href', `?post=p${n}`);
    row.time.setAttribute('datetime', '2026-11-20T10:00:00.000Z');
    write(row.time, 'yesterday');
    write(row.text, n % 5 === 0 ? `Post ${n}: my order is late, @albacoffee. Where is it?` : `Post ${n}: nice weather today.`);
    row.likes.setAttribute('aria-label', `${n} likes`);
    write(row.likes, `${n}`);
    row.node.dataset.id = `p${n}`;
    row.node.classList.remove('placeholder');
  }

  function show(row, index) {
    row.index = index;
    row.node.style.transform = `translateY(${index * height}px)`;
    if (seen.has(index)) { fill(row); return; }
    row.node.classList.add('placeholder');
    delete row.node.dataset.id;
    row.link.removeAttribute('href');
    for (const element of [row.name, row.handle, row.time, row.text, row.likes]) write(element, '');
    setTimeout(() => {
      if (row.index !== index) return;
      seen.add(index);
      fill(row);
    }, loading);
  }

  function render() {
    const top = Math.max(0, scrollY - list.offsetTop);
    const first = Math.max(0, Math.floor(top / height) - Math.floor((rows - innerHeight / height) / 2));
    if (first + rows > total - 50) total += posts;
    list.style.height = `${total * height}px`;
    const missing = new Set(Array.from({ length: rows }, (_, i) => first + i));
    const free = pool.filter(row => !missing.delete(row.index));
    for (const index of missing) {
      let row = free.pop();
      if (!row) {
        row = { node: make('article', 'post', { style: `position:absolute;inset:0 0 auto;height:${height}px;overflow:hidden` }) };
        furnish(row);
        pool.push(row);
        list.append(row.node);
      }
      show(row, index);
    }
  }

  let due = false;
  addEventListener('scroll', () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; render(); });
  });
  list.style.position = 'relative';
  render();
}

export const feed = () => page('<div id="feed"></div>', { title: 'Feed', script: `(${run})(${JSON.stringify(FEED)})` });
