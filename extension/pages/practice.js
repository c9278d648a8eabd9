'use strict';
// The practice network: invented people write to an invented brand, and replies stay in the page. It is a site like any
// other and knows nothing of what lies over it. The same file runs as an extension page and, served by a test, as a web
// page. Content scripts do not run on extension pages, so there it loads the manifest's own list of them at the end.
//
// ?lang=es  language of the interface (posts are in their authors' own)   ?post=ID  one post comes first
// ?now=ISO  a fixed clock, for tests and pictures

(async () => {
  const query = new URLSearchParams(location.search);
  const lang = language(query.get('lang') ?? globalThis.chrome?.i18n?.getUILanguage?.() ?? navigator.language);
  const now = Date.parse(query.get('now') ?? '') || Date.now();
  const load = async path => (await fetch(path)).json();
  const [words, sample] = await Promise.all([load(`../_locales/${lang}/messages.json`), load('practice.json')]);
  const feed = byId('feed');
  const acting = byId('acting');
  const number = new Intl.NumberFormat(lang);
  const short = new Intl.NumberFormat(lang, { notation: 'compact' });
  let replies = 0;

  document.documentElement.lang = lang;
  document.title = word('practice_title');
  label(document);
  for (const [at, account] of sample.accounts.entries()) {
    acting.append(new Option(`@${account.handle} · ${word(`practice_${account.kind}`)}`, String(at)));
  }
  acting.addEventListener('change', act);
  act();
  const first = query.get('post');
  const posts = [...sample.posts].sort((a, b) => Number(b.id === first) - Number(a.id === first));
  feed.append(...posts.map(post => postOf(post)));
  compose(document.querySelector('.new-post-form'), text => {
    const me = sample.accounts[acting.value];
    const post = { ...me, id: `n-${++replies}`, text, minutes: 0, likes: 0, reposts: 0, replies: 0, views: 0 };
    feed.prepend(postOf(post));
    tell('practice_posted');
  });

  const { content_scripts: scripts = [] } = globalThis.chrome?.runtime?.getManifest?.() ?? {};
  for (const file of scripts.flatMap(entry => entry.js)) {
    const script = document.createElement('script');
    // Firefox reports whole addresses.
    script.src = new URL(file, globalThis.chrome.runtime.getURL('')).href;
    script.async = false;
    document.body.append(script);
  }

  function act() {
    const { handle, name } = sample.accounts[acting.value];
    Object.assign(byId('acting-account').dataset, { handle, name });
  }

  function postOf(post) {
    const node = copy('post');
    node.dataset.id = post.id;
    node.setAttribute('aria-labelledby', `${post.id}-name`);
    const name = node.querySelector('.post-name');
    name.id = `${post.id}-name`;
    identify(node, post);
    node.querySelector('.avatar').textContent = [...post.name.replace(/[^\p{L}\p{N}]/gu, '')][0] ?? '?';
    if (post.verified) {
      const badge = copy('verified');
      badge.setAttribute('aria-label', word('practice_verified'));
      name.after(' ', badge);
    }
    const followers = node.querySelector('.post-followers');
    if (post.followers) followers.textContent = word('practice_followers', { count: number.format(post.followers) });
    for (const count of ['replies', 'reposts', 'likes', 'views']) show(node, count, post[count]);
    const list = node.querySelector('.replies');
    list.append(...(post.thread ?? []).map(replyOf));
    list.hidden = !list.children.length;
    const button = node.querySelector('.post-reply-button');
    button.addEventListener('click', () => open(node, post, button));
    return node;
  }

  /** A count: short for the eye, in full for everyone who cannot see it. */
  function show(node, count, value) {
    const place = node.querySelector(`.count-${count}`);
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', word(`practice_${count}`, { count: number.format(value) }));
    place.textContent = word(`practice_${count}`, { count: short.format(value) });
  }

  function replyOf(reply) {
    const node = copy('reply');
    node.dataset.id = reply.id;
    identify(node, reply);
    return node;
  }

  /** Name, handle, time and text. Everything is text: a name may hold any markup. */
  function identify(node, post) {
    node.querySelector('.post-name').textContent = post.name;
    node.querySelector('.post-handle').textContent = `@${post.handle}`;
    const link = node.querySelector('.post-time');
    link.href = `practice.html?post=${post.id}&lang=${lang}`;
    const time = link.firstElementChild;
    time.dateTime = new Date(now - post.minutes * 60_000).toISOString();
    time.textContent = ago(post.minutes);
    const text = node.querySelector('.post-text');
    if (post.lang && post.lang !== lang) text.lang = post.lang;
    for (const piece of post.text.split(/(@[a-z0-9_.]*[a-z0-9_]|☕)/)) {
      if (piece === '☕') text.append(cup());
      else if (piece.length > 1 && piece.startsWith('@')) {
        const mention = document.createElement('span');
        mention.className = 'mention';
        mention.textContent = piece;
        text.append(mention);
      } else text.append(piece);
    }
  }

  /** Networks draw emoji as images; this one draws one of them so. */
  function cup() {
    const image = document.createElement('img');
    image.className = 'emoji';
    image.alt = '☕';
    image.src = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
      + '<path fill="#8a5a3b" d="M2 6h9v4a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4z"/>'
      + '<path fill="none" stroke="#8a5a3b" stroke-width="1.5" d="M11 7h1.5a2 2 0 0 1 0 4H11M5 4V2M8 4V2"/></svg>');
    return image;
  }

  /** Opens the reply box under a post, once; its reply goes to the end of the thread. */
  function open(node, post, button) {
    let form = node.querySelector('.reply-form');
    if (!form) {
      form = copy(post.rich ? 'rich-box' : 'plain-box');
      label(form);
      const title = form.querySelector('.reply-label');
      const box = form.querySelector('textarea, .rich');
      title.textContent = word('practice_reply_to', { name: post.name });
      box.id = `${post.id}-box`;
      title.id = `${post.id}-label`;
      if (post.rich) box.setAttribute('aria-labelledby', title.id);
      else title.htmlFor = box.id;
      node.append(form);
      button.setAttribute('aria-expanded', 'true');
      compose(form, text => {
        const me = sample.accounts[acting.value];
        const list = node.querySelector('.replies');
        list.append(replyOf({ ...me, id: `r-${++replies}`, text, minutes: 0 }));
        list.hidden = false;
        show(node, 'replies', ++post.replies);
        tell('practice_sent', { name: post.name });
      });
    }
    form.querySelector('textarea, .rich').focus();
  }

  /** A box and its send control: off while empty, Ctrl+Enter sends, sending clears. */
  function compose(form, send) {
    const box = form.querySelector('textarea, .rich');
    const button = form.querySelector('button');
    const read = () => (box.value ?? box.innerText).trim();
    const look = () => { button.disabled = !read(); };
    box.addEventListener('input', look);
    box.addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(button);
      }
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      const text = read();
      if (!text) return;
      if ('value' in box) box.value = '';
      else box.replaceChildren();
      look();
      send(text);
    });
  }

  function ago(minutes) {
    if (minutes < 1) return word('practice_now');
    if (minutes < 60) return word('practice_minutes', { count: minutes });
    if (minutes < 1440) return word('practice_hours', { count: Math.floor(minutes / 60) });
    return word('practice_days', { count: Math.floor(minutes / 1440) });
  }

  function word(key, values = {}) {
    const message = words[key]?.message ?? key;
    return message.replace(/\$([A-Z]+)\$/g, (all, name) => values[name.toLowerCase()] ?? all);
  }

  function label(root) {
    for (const node of root.querySelectorAll('[data-word]')) node.textContent = word(node.dataset.word);
  }

  function tell(key, values) {
    byId('told').textContent = word(key, values);
  }

  function copy(id) {
    const node = byId(id).content.firstElementChild.cloneNode(true);
    label(node);
    return node;
  }

  function byId(id) {
    return document.getElementById(id);
  }

  function language(tag) {
    return /^es\b/i.test(tag) ? 'es' : 'en';
  }
})();
