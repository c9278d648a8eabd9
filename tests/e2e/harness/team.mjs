// The team's page as an administrator and a member use it, and the server it talks to.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.mjs';
import { ADMIN, startServer } from '../../sync/server.mjs';

export { ADMIN };
export const WORKSPACE = 'acme';

/** A server with an administrator and nothing else. */
export async function teamServer() {
  const dir = await mkdtemp(join(tmpdir(), 'rejoinder-team-'));
  const running = await startServer({ dir });
  await fetch(`${running.url}/_config/admins/${ADMIN.name}`, { method: 'PUT', body: JSON.stringify(ADMIN.password) });
  return { dir, running };
}

/** Types into a field, over what it holds. */
export async function write(page, css, text) {
  const field = await until(css, () => page.$(css));
  await field.click();
  await field.evaluate((input) => input.select());
  await page.keyboard.type(text);
  await until(`"${text}" in ${css}`, () => page.$eval(css, (input, wanted) => input.value === wanted, text));
}

/** Opens the part for administrators and fills it in. */
export async function asAdmin(page, url) {
  await (await until('the part for administrators', () => page.$('#team-admin > summary'))).click();
  await write(page, '#admin-url', url);
  await write(page, '#admin-database', WORKSPACE);
  await write(page, '#admin-name', ADMIN.name);
  await write(page, '#admin-password', ADMIN.password);
}

/** Makes an invitation, and returns its line. */
export async function invite(page, user, role) {
  await write(page, '#invite-user', user);
  await page.select('#invite-role', role);
  await page.click('#team-admin form:has(#invite-user) button[type="submit"]');
  return until('the invitation', () => page.$eval('#invite-line', (line, wanted) => line.textContent.includes(`user=${wanted}`) && line.textContent, user));
}

/** Joins by the line of an invitation. */
export async function joinTeam(page, line) {
  await write(page, '#team-invite', line);
  await page.click('main > form button[type="submit"]');
}

export const shareNow = async (page) => (await until('"Share now"', () => page.$('main section button.primary'))).click();
export const mainText = (page) => page.evaluate(() => document.querySelector('main').innerText);
export const figure = (page, id) => page.$eval(`#${id}`, (node) => node.textContent);
export const upToDate = (page) => until('contact with the server', async () => (await mainText(page)).includes('Everything is up to date'));

/** A workspace on the server, and the lines that invite people to it, made from the page of who is there first. */
export async function setUpTeam(page, url, people) {
  await asAdmin(page, url);
  await page.click('#team-admin form button[type="submit"]');
  await until('the workspace', async () => (await mainText(page)).includes('acme is set up'));
  const lines = {};
  for (const [user, role] of people) lines[user] = await invite(page, user, role);
  return lines;
}

/** Ends the server and removes its files. */
export async function endServer({ running, dir }) {
  await running.kill();
  await rm(dir, { recursive: true, force: true });
}
