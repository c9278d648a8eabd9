// Serves the page of x.jsx as https://x.com/…, under a policy that runs only the site's own scripts.

import { buildSync } from 'esbuild';
import { POLICY } from '../harness/site.mjs';

const POSTS = [
  {
    id: '1990000000000000001', handle: 'marta_ruiz', name: 'Marta Ruiz', lang: 'en', time: '2026-11-20T10:00:00.000Z',
    text: 'My order 7731 is two weeks late, @acme. Can somebody help?', counts: { replies: 2, reposts: 1, likes: 28, views: 2551 },
  },
  {
    id: '1990000000000000002', handle: 'ben_k', name: 'Ben K', verified: true, lang: 'en', time: '2026-11-20T11:00:00.000Z',
    text: 'Same here.\nStill waiting.', counts: { replies: 0, reposts: 0, likes: 3, views: 120 },
    quote: { name: 'Somebody', handle: 'somebody', text: 'Quoted words' },
  },
];

let script;

/** Returns the page's address. `site.requests` has what it sent to `/i/api/reply`. */
export function serveX(site, { acting = 'acme', posts = POSTS, policy = POLICY.own } = {}) {
  script ??= buildSync({
    entryPoints: ['tests/e2e/pages/x.jsx'], bundle: true, write: false, format: 'iife', jsx: 'automatic',
    define: { global: 'window', 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
  }).outputFiles[0].text;
  const [{ handle, id }] = posts;
  const data = JSON.stringify({ acting, posts }).replaceAll('<', '\\u003c');
  site.serve('https://x.com/app.js', script);
  site.serve('https://x.com/i/api/reply', '{}', { type: 'application/json' });
  return site.serve(`https://x.com/${handle}/status/${id}`, `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Post / X</title>
<style>article, .composer { padding: 12px; border-bottom: 1px solid #ccc } svg { width: 16px; height: 16px } body { font: 15px sans-serif; margin: 0 auto; max-width: 600px }</style></head>
<body><div id="react-root"></div><script type="application/json" id="data">${data}</script><script src="/app.js"></script></body></html>`,
  { policy: policy.includes('connect-src') ? policy : `${policy}; connect-src 'self'` });
}

/** The texts among a site's requests. */
export const sentOnX = (requests) => requests.filter(({ path }) => path === '/i/api/reply').map(({ body }) => JSON.parse(body).text);
