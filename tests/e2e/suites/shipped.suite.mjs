// Exactly what ships, on a page of a host that it names: it starts, and the page sees nothing of its inside.

import { equal, ok, suite, until } from '../harness/index.mjs';
import { serveX } from '../pages/x.mjs';

const hosts = (page) => page.evaluate(() => document.querySelectorAll('[data-rejoinder]').length);

export default suite('the shipped package', { build: 'shipped' }, ({ test }) => {
  test('draws its rows on a named host, behind closed roots', async ({ site, open }) => {
    const page = await open(serveX(site));
    await page.hover('article');
    await until('a row', () => hosts(page));
    equal(await page.evaluate(() => [...document.querySelectorAll('[data-rejoinder]')].some((host) => host.shadowRoot)), false);
    equal(await page.evaluate(() => document.querySelectorAll('iframe').length), 0);
  });

  test('stays away from a host that it does not name', async ({ site, open }) => {
    site.serve('/plain', '<!doctype html><html data-practice-network><title>Plain</title><article class="post" data-id="1">Hello</article>');
    const page = await open('/plain');
    equal(await hosts(page), 0);
  });

  test('asks nobody on the network', async ({ site }) => {
    const browsersOwn = /(^|\.)(google|googleapis|gstatic|mozilla)\.(com|net|org)$/;
    const strangers = [...site.strangers].filter((host) => !browsersOwn.test(host));
    ok(!strangers.length, strangers.join(' '));
  });
});
