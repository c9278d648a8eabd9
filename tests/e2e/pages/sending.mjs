// Serves the page of sending.jsx: one post for each kind of box, with the practice network's markup.

import { buildSync } from 'esbuild';
import { post } from './thread.mjs';

export const KINDS = ['form', 'line', 'react', 'lexical', 'draft'];

let script;

/** Where the words of a box are typed. */
export const box = (kind) => `[data-id="${kind}"] .reply-field :is(textarea, input, [contenteditable="true"])`;
/** Its send control. */
export const control = (kind) => `[data-id="${kind}"] .send`;

/** A reply that the page shows already. */
export const reply = (id, handle, name, text) => `<div class="reply" data-id="${id}">
  <p class="post-author"><strong class="post-name">${name}</strong> <span class="post-handle">@${handle}</span></p>
  <p><a class="post-time" href="?post=${id}"><time datetime="2026-11-20T11:00:00.000Z">yesterday</time></a></p>
  <p class="post-text">${text}</p></div>`;

/** A box for a post to everybody. */
export const NEWS = `<form class="new-post-form"><div class="field"><textarea aria-label="New post"></textarea></div>
  <button type="submit">Post</button></form>`;

/** Returns the page's address. `extra` stands before the posts, `replies` under each of them. */
export function serveSending(site, { acting = 'albacoffee', name = 'Marta Ruiz', extra = '', replies = '', path = '/sending' } = {}) {
  script ??= buildSync({
    entryPoints: ['tests/e2e/pages/sending.jsx'], bundle: true, write: false, format: 'iife', jsx: 'automatic',
    define: { global: 'window', 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
  }).outputFiles[0].text;
  site.serve('/sending.js', script);
  const posts = KINDS.map((id) => post({
    id, handle: 'marta', name, text: 'My order is late, @albacoffee. Where is it?',
  }, `${replies.replaceAll(/(data-id="|post=)(?=r\d)/g, `$1${id}-`)}<form class="reply-form"></form>`));
  return site.serve(path, `<!doctype html><html lang="en" data-sending><head><meta charset="utf-8"><title>Thread</title>
<style>body { font: 15px sans-serif; max-width: 640px; margin: 0 auto } textarea, input { width: 100%; font: inherit }
[contenteditable] { min-height: 2em; border: 1px solid #999; white-space: pre-wrap }</style></head><body>
<header><p id="acting-account" data-handle="${acting}" data-name="Somebody">@${acting}</p></header>
<main><h1>Thread</h1>${extra}${posts.join('')}</main><script src="/sending.js"></script></body></html>`);
}

/** How the extension is told about that page. */
export const definition = {
  id: 'sending', network: 'practice', hosts: ['127.0.0.1'], detect: ['html[data-sending]'],
  composers: [
    {
      select: '[data-id="draft"] [contenteditable="true"]', kind: 'reply', region: '.reply-form', target: { closest: '.post[data-id]' },
      send: ['.send'], send_keys: ['ctrl_enter'], strip: { css: '.reply-field', put: 'after' },
    },
    {
      select: '[data-id="form"] textarea', kind: 'reply', region: '.reply-form', target: { closest: '.post[data-id]' },
      send: ['.send'], strip: { css: '.reply-field', put: 'after' }, limit: 200,
    },
    {
      select: '.reply-form :is(textarea, input, [contenteditable="true"])', kind: 'reply', region: '.reply-form',
      target: { closest: '.post[data-id]' }, send: ['.send'], send_keys: ['enter', 'ctrl_enter'],
      strip: { css: '.reply-field', put: 'after' }, limit: 500,
    },
    {
      select: '.new-post-form textarea', kind: 'post', region: '.new-post-form', send: ['button[type="submit"]'],
      send_keys: ['ctrl_enter'], strip: { css: '.field', put: 'after' },
    },
  ],
};
