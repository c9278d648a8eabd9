// The practice network as an ordinary web page, served on loopback: there the real content script runs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICY } from '../harness/site.mjs';
import { packageOf } from '../harness/browsers.mjs';

/** Serves the page as it ships: as a web page it does not load the page agent itself. Returns its address. */
export function serveTwin(site, { query = '' } = {}) {
  const shipped = packageOf('chromium', 'shipped');
  const page = readFileSync(join(shipped, 'pages/practice.html'), 'utf8');
  site.serve('/pages/practice.html', page, { policy: `${POLICY.own}; connect-src 'self'` });
  site.folder('/', shipped);
  return `${site.origin}/pages/practice.html${query}`;
}
