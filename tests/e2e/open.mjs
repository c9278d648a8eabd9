// Opens Chromium with what ships, on the practice page, and stays until it is closed. Its profile is thrown away.

import puppeteer from 'puppeteer-core';
import { packageOf } from './harness/browsers.mjs';

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  headless: false,
  pipe: true,
  enableExtensions: true,
  defaultViewport: null,
  args: ['--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
const id = await browser.installExtension(packageOf('chromium', 'shipped'));
const [page] = await browser.pages();
await page.goto(`chrome-extension://${id}/pages/practice.html`);
await new Promise((closed) => browser.once('disconnected', closed));
