// In the bench page: the page agent over 1,000 posts against a bare loop that makes the same reads and writes.
// The agent's own files run here as plain scripts; the background is replaced by an answer in the next task, so that
// what is measured is the page's side alone.

const ROW_CSS = ':host{display:inline-block}.row{display:inline-flex;gap:6px}.mark{border:1px solid;border-radius:10px}';

/** A post of the practice network's shape. */
function post(number) {
  const article = document.createElement('article');
  article.className = 'post';
  article.dataset.id = `p${number}`;
  const piece = (tag, name, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const author = document.createElement('p');
  author.className = 'post-author';
  author.append(piece('strong', 'post-name', `Customer ${number}`), ' ', piece('span', 'post-handle', `@customer_${number}`));
  const meta = document.createElement('p');
  const link = piece('a', 'post-time', '', { href: `?post=p${number}` });
  link.append(piece('time', '', '2 h', { datetime: '2026-01-01T10:00:00Z' }));
  meta.append(piece('span', 'post-followers', `${number} followers`), link);
  article.append(author, meta, piece('p', 'post-text', `Post ${number}: my order is late and nobody answers, @nimbus_coffee 😔`));
  for (const count of ['replies', 'reposts', 'likes', 'views']) {
    article.append(piece('span', `count-${count}`, String(number), { 'aria-label': `${number} ${count}` }));
  }
  return article;
}

export function feed(number) {
  const main = document.createElement('main');
  for (let i = 1; i <= number; i++) main.append(post(i));
  return main;
}

/** The floor: what a hand-written script for this one network would do for every post. */
export function bareLoop(root) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ROW_CSS);
  const text = (node, css) => node.querySelector(css)?.textContent ?? '';
  const label = (node, css) => node.querySelector(css)?.getAttribute('aria-label') ?? '';
  const posts = [];
  for (const node of root.querySelectorAll('.post[data-id]')) {
    posts.push({
      node,
      id: node.dataset.id,
      permalink: node.querySelector('.post-time')?.getAttribute('href'),
      handle: text(node, '.post-handle'),
      name: text(node, '.post-name'),
      verified: Boolean(node.querySelector('.post-verified')),
      followers: text(node, '.post-followers'),
      body: text(node, '.post-text'),
      published: node.querySelector('.post-time time')?.getAttribute('datetime'),
      likes: label(node, '.count-likes'),
      reposts: label(node, '.count-reposts'),
      replies: label(node, '.count-replies'),
      views: label(node, '.count-views'),
    });
  }
  posts.forEach(({ node, name }, index) => {
    // An ordinary post shows nothing.
    if (index % 5) return;
    const host = document.createElement('span');
    const shadow = host.attachShadow({ mode: 'closed' });
    shadow.adoptedStyleSheets = [sheet];
    const row = document.createElement('span');
    row.className = 'row';
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', `Post by ${name}`);
    const marks = document.createElement('span');
    row.append(marks);
    const mark = document.createElement('span');
    mark.className = 'mark mention';
    mark.textContent = 'Mentions us';
    marks.append(mark);
    for (const word of ['Save', 'Reply', '⋯']) {
      const button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = -1;
      button.textContent = word;
      row.append(button);
    }
    shadow.append(row);
    node.querySelector('.post-author').append(host);
  });
  return posts.length;
}

/** A stand-in for the background on the agent's port: definitions at hello, a view for each post, every fifth marked. */
export function background(definition, build) {
  const port = () => {
    const hear = [];
    const answer = ({ id, body }) => {
      if (body.type === 'hello') {
        return { kind: 'answer', id, body: { type: 'welcome', definitions: [definition], words: {}, session: 's', keys: {},
          features: { marks: true, voice: false, picker: false, gate: false, private: false, density: 'quiet' } } };
      }
      if (body.type === 'posts') {
        return { kind: 'answer', id, body: { type: 'views', posts: body.posts.map(({ local }) => ({
          local, key: `k${local}`, saved: false, label: 'Post',
          marks: local % 5 === 0 ? [{ kind: 'mention', text: 'Mentions us' }] : [],
        })) } };
      }
      return { kind: 'answer', id, body: { type: 'done' } };
    };
    return {
      name: 'agent',
      postMessage: message => setTimeout(() => hear.forEach(listener => listener(answer(message)))),
      disconnect() {},
      onMessage: { addListener: listener => hear.push(listener) },
      onDisconnect: { addListener() {} },
    };
  };
  return { runtime: { id: 'bench', build, getURL: path => `/${path}`, connect: port, onMessage: { addListener() {} } } };
}
