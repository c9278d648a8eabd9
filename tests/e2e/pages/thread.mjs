// Small pages with the practice network's markup, one trouble each: every one is a shape that real sites have.

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const MARTA = { id: 'm1', handle: 'marta', name: 'Marta Ruiz', text: 'My order is late, @albacoffee. Where is it?', likes: 28 };
export const BEN = { id: 'b1', handle: 'ben_k', name: 'Ben K', text: 'Nice weather today.', likes: 3 };

/** The markup of a post; `inside` stands at its end, such as a reply form. */
export function post({ id, handle, name, text, likes = 0 }, inside = '') {
  return `<article class="post" data-id="${escape(id)}">
    <p class="post-author"><strong class="post-name">${escape(name)}</strong> <span class="post-handle">@${escape(handle)}</span></p>
    <p><a class="post-time" href="?post=${escape(id)}"><time datetime="2026-11-20T10:00:00.000Z">yesterday</time></a></p>
    <p class="post-text">${escape(text)}</p>
    <p><button type="button" class="post-reply-button">Reply</button> <span class="count-likes" aria-label="${likes} likes">${likes}</span></p>
    ${inside}
  </article>`;
}

/** A reply form; it posts to `/send`. */
export const form = (box = BOX) => `<form class="reply-form" method="post" action="/send">
    <div class="reply-field">${box}</div>
    <button type="submit">Send</button>
  </form>`;

export const BOX = '<textarea name="text" aria-label="Reply" rows="4" cols="60"></textarea>';
export const RICH = '<div contenteditable="true" role="textbox" aria-label="Reply" style="min-height:3em"></div>';

/** A whole page. `script` runs as the site's own. */
export function page(body, { script = '', title = 'Thread' } = {}) {
  return `<!doctype html><html lang="en" data-practice-network><head><meta charset="utf-8"><title>${title}</title></head><body>
  <header><p id="acting-account" data-handle="albacoffee" data-name="Alba Coffee">@albacoffee</p></header>
  <main><h1>${title}</h1>${body}</main>${script ? `<script>${script}</script>` : ''}</body></html>`;
}

/** A page with two posts and a form under the first. */
export const thread = (box, options) => page(post(MARTA, form(box)) + post(BEN), options);
