// Real forum servers, installed from their registries and started by the tests.

import * as askbotServer from '../servers/askbot.mjs';
import * as flaskbbServer from '../servers/flaskbb.mjs';
import * as misagoServer from '../servers/misago.mjs';
import * as nodebbServer from '../servers/nodebb.mjs';
import { answering } from '../live.mjs';

/** A page's texts of one kind, without markup. */
const texts = (html, start, end) => html.split(start).slice(1).map((part) => part.split(end)[0].replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));

export const nodebb = answering('answering on a live NodeBB', {
  start: nodebbServer.start,
  network: 'nodebb',
  thread: (server) => server.topicUrl,
  post: '[component="post"][data-index="0"]',
  text: 'My order is two weeks late',
  greeting: 'Hello Marta',
  async openReply(page) {
    await page.click('[component="topic/reply"]');
    await page.waitForSelector('[component="composer"] textarea.write', { visible: true });
  },
  box: '[component="composer"] textarea.write',
  send: '[component="composer"] .composer-submit[data-action="post"]:not(.visible-xs *)',
  replies: async (server) => (await server.posts()).map(({ content }) => content),
});

export const askbot = answering('answering on a live Askbot', {
  start: askbotServer.start,
  network: 'askbot',
  thread: (server) => server.questionUrl,
  post: '.js-question',
  text: 'It is two weeks late',
  greeting: 'Hello',
  async openReply(page) {
    await page.click('.js-folded-editor-trigger a');
    await page.waitForSelector('form.js-answer-form textarea', { visible: true });
  },
  box: 'form.js-answer-form textarea',
  send: '#add-answer-btn',
  replies: async (server) => texts(await server.page(), 'js-answer', 'js-post-comments'),
});

export const flaskbb = flaskbbServer.available() && answering('answering on a live FlaskBB', {
  start: flaskbbServer.start,
  network: 'flaskbb',
  thread: (server) => server.topicUrl,
  post: '.post-row',
  text: 'two weeks late',
  greeting: 'Hello',
  openReply: (page) => page.waitForSelector('textarea.flaskbb-editor', { visible: true }),
  box: 'textarea.flaskbb-editor',
  send: '.reply-box [name="submit"]',
  replies: async (server) => texts(await server.page(), 'class="post-content"', 'class="post-footer"'),
});
if (!flaskbb) console.log('not applicable: answering on a live FlaskBB, which needs Python 3.12 or newer');

/** Needs PostgreSQL: `./build.sh test --full` only. */
export const misago = process.env.FULL && answering('answering on a live Misago', {
  start: misagoServer.start,
  network: 'misago',
  thread: (server) => server.threadUrl,
  post: 'li.post',
  text: 'two weeks late',
  greeting: 'Hello',
  async openReply(page) {
    await page.click('.thread-header .btn-primary, .toolbar .btn-primary');
    await page.waitForSelector('form.posting-dialog-form textarea.markup-editor-textarea', { visible: true });
  },
  box: 'form.posting-dialog-form textarea.markup-editor-textarea',
  send: 'form.posting-dialog-form [type="submit"]',
  replies: async (server) => texts(await server.page(), 'class="misago-markup"', '</article>'),
});
