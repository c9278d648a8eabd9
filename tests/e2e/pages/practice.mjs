// The practice network as an ordinary web page, served on loopback: there the real content script runs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICY } from '../harness/site.mjs';
import { packageOf } from '../harness/browsers.mjs';

/** Serves the page as it ships, without the script tags of the page agent. Returns its address. */
export function serveTwin(site, { query = '' } = {}) {
  const shipped = packageOf('chromium', 'shipped');
  const page = readFileSync(join(shipped, 'pages/practice.html'), 'utf8');
  const own = page.replace(/<!-- page agent: begin[^]*page agent: end -->/, '');
  if (own === page) throw new Error('the practice page has no page agent to leave out');
  site.serve('/pages/practice.html', own, { policy: `${POLICY.own}; connect-src 'self'` });
  site.folder('/', shipped);
  return `${site.origin}/pages/practice.html${query}`;
}
