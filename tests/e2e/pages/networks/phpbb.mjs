// phpBB's topic with its quick reply, which is a plain form: the server takes it, and the next page shows the post.

import { html, STYLE } from './index.mjs';
import { POLICY } from '../../harness/site.mjs';

/** A post of the brand's, made of the one that the fixture holds of it. */
function post(source, id, text) {
  const start = source.indexOf('<div id="p502"');
  const own = source.slice(start, source.indexOf('<hr class="divider">', start));
  return own.replaceAll('502', id)
    .replace(/<time datetime="[^"]+">[^<]+/, `<time datetime="${new Date().toISOString()}">just now`)
    .replace(/<div class="content">[\s\S]*?<\/div>\s*(?=<\/div><\/div>)/, () => `<div class="content">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</div>`);
}

/** Serves the board below `/board/`; returns the topic's address. */
export function servePhpbb(site) {
  const source = html('phpbb/topic').replace('</head>', `<style>${STYLE}</style></head>`);
  const form = '<form method="post" action="./posting.php';
  const posts = [];
  site.serve('/board/posting.php', ({ body }) => {
    posts.push(new URLSearchParams(body).get('message'));
    return { status: 302, headers: { location: `./viewtopic.php?p=${600 + posts.length}` }, body: '' };
  });
  const show = () => source.replace(form, () => posts.map((text, at) => post(source, `${601 + at}`, text)).join('') + form);
  return site.serve('/board/viewtopic.php?f=4&t=31&sid=0f3a', show, { policy: POLICY.own });
}

/** What the board's form was sent with: only its own "post" button posts. */
export const sentToPhpbb = (requests) => requests.filter(({ path }) => path === '/board/posting.php')
  .map(({ body }) => new URLSearchParams(body)).filter((form) => form.has('post')).map((form) => form.get('message'));
