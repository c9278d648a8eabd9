// The page agent's own files for a world of their own beside the editors, with a background that flags one misspelled
// word. Every callback of the agent's is counted: what runs while nothing happens is work while idle.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXTENSION = join(import.meta.dirname, '../../../extension');
export const WRONG = 'recieve';
/** The editable itself; one editor takes any id off its own. */
export const BOX = '.stand :is(input, textarea, [contenteditable="true"]:not(.ql-clipboard))';

const read = name => readFileSync(join(EXTENSION, name), 'utf8');
const { content_scripts: scripts } = JSON.parse(read('manifest.base.json'));
const files = world => scripts.find(it => (it.world === 'MAIN') === (world === 'MAIN')).js;

/** Runs before the agent's files. @param {string} wrong @param {string} box */
function before(wrong, box) {
  const soon = setTimeout;
  const matrix = globalThis.matrix = { ran: 0, flags: true, push: null };
  const counted = work => (...args) => { matrix.ran += 1; return work(...args); };
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback', 'queueMicrotask']) {
    const own = globalThis[name];
    if (own) globalThis[name] = (work, ...more) => own.call(window, counted(work), ...more);
  }
  for (const name of ['MutationObserver', 'IntersectionObserver', 'ResizeObserver']) {
    const Own = globalThis[name];
    globalThis[name] = function (work, options) { return new Own(counted(work), options); };
  }
  matrix.countListeners = scope => {
    const { wrap } = scope.prototype;
    scope.prototype.wrap = function (place, work) { return wrap.call(this, place, counted(work)); };
  };

  const definition = {
    id: 'matrix', detect: [], roots: [], frames: false, page: {}, posts: [], canonical: {},
    composers: [{
      select: box, kind: 'reply', region: 'body', fields: {}, target: null, send: [], send_keys: [], shows_limit: false,
      private: false, strip: { css: '.stand', put: 'append' },
    }],
  };
  const features = { marks: false, voice: true, picker: false, gate: false, density: 'quiet' };
  const finding = text => {
    const start = matrix.flags ? text.lastIndexOf(wrong) : -1;
    return start < 0 ? [] : [{
      id: 1, rule: 'spelling', span: { start, end: start + wrong.length }, severity: 'error', text: '', matched: wrong, fixes: [],
    }];
  };
  const answers = {
    hello: () => ({ type: 'welcome', definitions: [definition], words: {}, session: 's', features, keys: {} }),
    compose: () => ({
      type: 'strip', overlay: null,
      strip: { account_kind: 'brand', account: '@nimbus', language: 'EN', language_why: '', left: null, case: '', suggestion: null },
    }),
    check: ({ composer, rev, text }) => ({ type: 'checked', composer, rev, findings: finding(text) }),
  };
  const connect = () => {
    const heard = [];
    matrix.push = body => heard.forEach(hear => hear({ kind: 'push', body }));
    return {
      postMessage: ({ id, body }) => soon(() => {
        const answer = answers[body.type]?.(body) ?? { type: 'done' };
        heard.forEach(hear => hear({ kind: 'answer', id, body: answer }));
      }),
      disconnect() {},
      onMessage: { addListener: hear => heard.push(hear) },
      onDisconnect: { addListener() {} },
    };
  };
  const onMessage = { addListener() {}, removeListener() {} };
  globalThis.browser = { runtime: { id: 'matrix', getURL: path => path, connect, onMessage } };
}

/** For the page's own world. */
export const helper = files('MAIN').map(read).join('\n;\n');
/** For the agent's world; the twin of an underlined field can be looked into. */
export const agent = [
  `(${before})(${JSON.stringify(WRONG)}, ${JSON.stringify(BOX)})`,
  ...files('').map(name => read(name).replace("const SHADOW = 'closed';", "const SHADOW = 'open';")
    + (name.endsWith('/life.js') ? '\n;matrix.countListeners(Life.Scope)' : '')),
].join('\n;\n');
