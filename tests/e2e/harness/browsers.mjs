// Starts a browser with a fresh profile and Rejoinder in it. What differs between the two browsers stays in this file
// and in extension.mjs.

import { resolve } from 'node:path';
import puppeteer from 'puppeteer-core';
import { Extension } from './extension.mjs';

export const BROWSERS = ['chromium', 'firefox'];
const DARK = { chromium: 0, firefox: 0 };
const LIGHT = { chromium: 1, firefox: 1 };

/** The folder of a package: `build` is `e2e` or `shipped`. */
export function packageOf(browser, build = 'e2e') {
  const flavour = browser === 'chromium' ? 'chrome' : 'firefox';
  return resolve('dist', build === 'shipped' ? flavour : `e2e-${flavour}`);
}

const VIEW = { width: 1200, height: 900 };

/** @param {'chromium' | 'firefox'} kind @param {import('./suite.mjs').Options & { site: import('./site.mjs').Site }} options */
export async function launch(kind, { site, theme = 'light', build = 'e2e', prefs = {}, directory = packageOf(kind, build), headless = true, install = build !== 'none' }) {
  const common = { headless, acceptInsecureCerts: true, defaultViewport: headless ? VIEW : null, protocolTimeout: 60_000 };
  const scheme = (theme === 'dark' ? DARK : LIGHT)[kind];
  const browser = kind === 'chromium'
    ? await puppeteer.launch({
      ...common,
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      pipe: true,
      enableExtensions: true,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ...(headless ? ['--disable-gpu'] : []),
        '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic',
        '--ignore-certificate-errors', '--lang=en-US', `--blink-settings=preferredColorScheme=${scheme}`,
        `--proxy-server=127.0.0.1:${site.port}`,
        // Dead tabs of ours must not slow down a living one.
        '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding',
      ],
      env: { ...process.env, LANGUAGE: 'en_US' },
    })
    : await puppeteer.launch({
      ...common,
      browser: 'firefox',
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      extraPrefsFirefox: {
        'network.proxy.type': 1,
        'network.proxy.http': '127.0.0.1',
        'network.proxy.http_port': site.port,
        'network.proxy.ssl': '127.0.0.1',
        'network.proxy.ssl_port': site.port,
        'layout.css.prefers-color-scheme.content-override': scheme,
        // A grant is a click on a prompt of the browser's own, which no test can reach.
        'extensions.webextOptionalPermissionPrompts': false,
        // The background sleeps as soon as it may; a suite that needs this says so by `kill()`.
        'extensions.background.idle.timeout': 30_000,
        'intl.accept_languages': 'en-US',
        ...prefs,
      },
    });
  const extension = new Extension(kind, browser, directory);
  if (install) await extension.install();
  return { kind, browser, extension };
}
