// What a person meets on each network, for the steps of the suite.

import { sentOnX, serveX } from '../x.mjs';
import { sentToPhpbb, servePhpbb } from './phpbb.mjs';

/**
 * @typedef {object} Network
 * @property {string} name
 * @property {string} [script] fixture, says, dialog, anywhere, options: see `serveNetwork`
 * @property {(site: any) => string} [serve] another way to serve the page
 * @property {(requests: any[]) => string[]} [sent] the texts that the server has, where another way served it
 * @property {[words: string, kind: string]} account what the strip says
 * @property {string} post selector of the post that is answered
 * @property {string} [head] where the pointer meets the post and none of its comments
 * @property {string} [ordinary] selector of one that names nobody
 * @property {string} words of the post
 * @property {string} greeting how a template begins for its author
 * @property {string} [open] the control that leads to the box
 * @property {string} box
 * @property {string} send the network's own control
 * @property {'Enter' | 'Control+Enter'} [key] what sends as well
 * @property {string} [prefix] what the network puts into the box by itself
 * @property {string} [starts] the network whose feed starts without marks
 * @property {boolean} [spanish]
 */

/** The accounts of the workspace, with the name where a box shows nothing else. */
export const ACCOUNTS = [
  ...['x', 'instagram', 'threads', 'pinterest', 'reddit', 'youtube', 'tiktok', 'mastodon', 'discourse']
    .map((network) => ({ network, handle: 'albacoffee', kind: 'brand' })),
  { network: 'linkedin', handle: 'company/albacoffee', name: 'Alba Coffee', kind: 'brand' },
  { network: 'linkedin', handle: 'sam-rivera', kind: 'personal' },
  { network: 'facebook', handle: 'albacoffee', name: 'Alba Coffee', kind: 'brand' },
  { network: 'bluesky', handle: 'albacoffee.example', kind: 'brand' },
  { network: 'phpbb', handle: 'Alba Coffee', kind: 'brand' },
];

const ON_X = [
  {
    id: '1990000000000000001', handle: 'marta_ruiz', name: 'Marta Ruiz', lang: 'en', time: '2026-11-20T10:00:00.000Z',
    text: 'My order 7731 is two weeks late, @albacoffee. Can somebody help?', counts: { replies: 2, reposts: 1, likes: 28, views: 2551 },
  },
  {
    id: '1990000000000000002', handle: 'ben_k', name: 'Ben K', verified: true, lang: 'en', time: '2026-11-20T11:00:00.000Z',
    text: 'Same here.\nStill waiting.', counts: { replies: 0, reposts: 0, likes: 3, views: 120 },
    quote: { name: 'Somebody', handle: 'somebody', text: 'Quoted words' },
  },
];

/** @type {Network[]} */
export const NETWORKS = [
  {
    name: 'X, Draft.js',
    serve: (site) => serveX(site, { acting: 'albacoffee', posts: ON_X }), sent: sentOnX,
    account: ['@albacoffee', 'brand'],
    post: 'article[tabindex="-1"]', ordinary: 'article[tabindex="0"]', words: 'My order 7731 is two weeks late', greeting: 'Hello Marta',
    box: '[data-testid="tweetTextarea_0"]', send: '[data-testid="tweetButtonInline"]', key: 'Control+Enter',
  },
  {
    name: 'LinkedIn\'s older pages, Quill 1',
    script: 'linkedin', fixture: 'linkedin/feed', starts: 'linkedin',
    account: ['Alba Coffee', 'brand'],
    post: '[data-urn="urn:li:activity:7529819650654208007"]', ordinary: '[data-urn="urn:li:activity:7528743803289600007"]',
    words: 'The new cups of Alba Coffee leak', greeting: 'Hello Nadia',
    box: 'form.comments-comment-box__form .ql-editor', send: 'button.comments-comment-box__submit-button--cr',
  },
  {
    name: 'LinkedIn\'s newer pages, TipTap',
    script: 'linkedin-next', fixture: 'linkedin-next/feed', starts: 'linkedin',
    account: ['Alba Coffee', 'brand'],
    post: '[id="expandedAb1FeedType_MAIN_FEED"]', ordinary: '[id="expandedEf3FeedType_MAIN_FEED"]',
    words: 'Third box this month', greeting: 'Hello Nadia',
    box: '[data-view-name="comment-box"] .ProseMirror', send: '[data-view-name="comment-box"] button[type="submit"]',
  },
  {
    name: 'Facebook, Lexical',
    script: 'facebook', fixture: 'facebook/feed', says: ['Third box of cups this month', 'Third box of Alba cups this month'],
    account: ['Alba Coffee', 'brand'],
    post: '[aria-posinset="1"]', head: '[aria-posinset="1"] [data-ad-rendering-role="profile_name"]', ordinary: '[aria-posinset="2"]', words: 'Third box of Alba cups', greeting: 'Hello Nadia',
    box: '[aria-label="Comment as Alba Coffee"]', send: '[role="button"][aria-label="Comment"]', key: 'Enter',
  },
  {
    name: 'Instagram, React\'s text area',
    script: 'instagram', fixture: 'instagram/feed',
    account: ['@albacoffee', 'brand'],
    post: 'article:has(a[href="/reel/DRb2Reel004/"])', ordinary: 'article:has(a[href="/p/DRc3Hidden1/"])',
    words: 'Latte art with', greeting: 'Hello there',
    box: 'article:has(a[href="/reel/DRb2Reel004/"]) form textarea', key: 'Enter',
    send: 'article:has(a[href="/reel/DRb2Reel004/"]) form div[role="button"]:not(:has(svg))',
  },
  {
    name: 'Threads, Lexical',
    script: 'threads', fixture: 'threads/feed', dialog: 'threads/post-fr',
    account: ['@albacoffee', 'brand'],
    post: '[data-pressable-container="true"]:has(a[href="/@nadia.haddad/post/DRa1_x-9Kup"])',
    ordinary: '[data-pressable-container="true"]:has(a[href="/@ivo_petrov/post/DRb2Mixed04"])',
    words: 'The new cups of', greeting: 'Hello there',
    open: '[data-pressable-container="true"]:has(a[href="/@nadia.haddad/post/DRa1_x-9Kup"]) div[role="button"]:has(svg[aria-label="Reply"])',
    box: '[role="dialog"] [role="textbox"]', send: '[role="dialog"] > div:last-child > div:last-child > div:last-child > [role="button"]',
  },
  {
    name: 'Pinterest, Draft.js, in Spanish',
    script: 'pinterest', fixture: 'pinterest/pin-es', host: 'www.pinterest.com', says: ['Las hice yo, con barro', 'Las hice yo para Alba, con barro'], spanish: true,
    account: ['@albacoffee', 'brand'],
    post: '[data-test-id="closeup-container"]', ordinary: '[data-test-id="pin"]', words: 'Las hice yo para Alba', greeting: 'Hola, Ruth',
    box: '.public-DraftEditor-content', send: '[data-test-id="comment-editor-container"] button[type="submit"]',
  },
  {
    name: 'Reddit, Lexical in its custom elements',
    script: 'reddit', fixture: 'reddit/thread',
    account: ['@albacoffee', 'brand'],
    post: 'shreddit-post', ordinary: 'shreddit-comment[thingid="t1_k100001"]',
    words: 'Four weeks, two cups a day', greeting: 'Hello there',
    box: 'comment-body-header shreddit-composer [contenteditable="true"]', send: 'comment-body-header [slot="submit-button"]',
  },
  {
    name: 'old Reddit, a form',
    script: 'reddit-old', fixture: 'reddit-old/comments',
    account: ['@albacoffee', 'brand'],
    post: '#thing_t3_1old001', ordinary: '#thing_t1_c900001', words: 'Descaling the Alba', greeting: 'Hello there',
    box: '.commentarea > form.usertext textarea', send: '.commentarea > form.usertext button.save',
  },
  {
    name: 'YouTube\'s comments, contenteditable',
    script: 'youtube', fixture: 'youtube/watch',
    account: ['@albacoffee', 'brand'],
    post: 'ytd-comment-thread-renderer:has(#pinned-comment-badge) ytd-comment-view-model', ordinary: 'ytd-comment-thread-renderer:has([href="/@june-pours"]) ytd-comment-view-model',
    words: 'Beans in this video', greeting: 'Hello there',
    open: 'ytd-comment-thread-renderer:has(#pinned-comment-badge) #reply-button-end button',
    box: 'ytd-comment-thread-renderer:has(#pinned-comment-badge) #contenteditable-root',
    send: 'ytd-comment-thread-renderer:has(#pinned-comment-badge) #submit-button button',
  },
  {
    name: 'TikTok, Draft.js',
    script: 'tiktok', fixture: 'tiktok/video-pt',
    account: ['@albacoffee', 'brand'],
    post: '[data-e2e="recommend-list-item-container"]', ordinary: '[class*="DivCommentItemWrapper"]',
    words: 'Testei o moedor da Alba', greeting: 'Hello there',
    box: '[data-e2e="comment-input"] [contenteditable="true"]', send: '[data-e2e="comment-post"]', key: 'Enter',
  },
  {
    name: 'Bluesky, TipTap',
    script: 'bluesky', fixture: 'bluesky/thread', dialog: 'bluesky/feed-es',
    account: ['@albacoffee.example', 'brand'],
    post: '[data-testid="postThreadItem-by-nadia.example"]', ordinary: '[data-testid="postThreadItem-by-leo.example"]',
    words: 'Ordered on Monday', greeting: 'Hello Nadia',
    open: '[data-testid="postThreadItem-by-nadia.example"] [data-testid="replyBtn"]',
    box: '[role="dialog"] .ProseMirror', send: '[data-testid="composerPublishBtn"]', key: 'Control+Enter',
  },
  {
    name: 'Mastodon, React\'s text area',
    script: 'mastodon', fixture: 'mastodon/home', dialog: 'mastodon/thread-de',
    account: ['@albacoffee', 'brand'],
    post: 'div.status[data-id="117656204083200077"]', ordinary: 'div.status[data-id="117655968153600077"]',
    words: 'The new cups of', greeting: 'Hello there', prefix: '@nadia@kaffee.example ',
    open: 'div.status[data-id="117656204083200077"] .status__action-bar > :first-child button',
    box: '.compose-form textarea', send: '.compose-form__submit button', key: 'Control+Enter',
  },
  {
    name: 'Discourse, a text area',
    script: 'discourse', fixture: 'discourse/topic', anywhere: true, says: ['<p>My frother squeaks since', '<p>My Alba frother squeaks since'],
    account: ['@albacoffee', 'brand'],
    post: '#post_1', ordinary: '#post_2', words: 'My Alba frother squeaks', greeting: 'Hello June',
    open: '#post_1 button.reply', box: '.d-editor-input', send: '.save-or-cancel .create', key: 'Control+Enter',
  },
  {
    name: 'Discourse, ProseMirror',
    script: 'discourse', options: { rich: true }, fixture: 'discourse/topic', anywhere: true, 
    says: ['A drop of food-safe oil.<br>', 'A drop of Alba\'s oil.<br>'],
    account: ['@albacoffee', 'brand'],
    post: '#post_2', ordinary: '#post_3', words: 'A drop of Alba\'s oil', greeting: 'Hello',
    open: '#post_2 button.reply', box: '.d-editor-input', send: '.save-or-cancel .create', key: 'Control+Enter',
  },
  {
    name: 'phpBB, a form',
    serve: servePhpbb, sent: sentToPhpbb,
    account: ['@Alba Coffee', 'brand'],
    post: '#p501', ordinary: '#p503', words: 'My Alba grinder stops', greeting: 'Hello Ines',
    box: '#qr_postform textarea', send: '#qr_postform [name="post"]',
  },
  {
    name: 'a forum without a definition of its own, contenteditable',
    script: 'xenforo', fixture: 'generic/xenforo', anywhere: true, says: ['Batch 12 smells of cherries <img', 'Alba batch 12 smells of cherries <img'],
    account: ['', 'unknown'],
    post: '#js-post-70011', ordinary: '#js-post-70012', words: 'Alba batch 12 smells', greeting: 'Hello there',
    box: '.fr-element', send: 'form.js-quickReply button[type="submit"]', key: 'Control+Enter',
  },
];
