'use strict';
// The port to the background: opened on need, never to keep it alive. A background that died is asked again; a change
// carries the same key on every try, so that it happens once.

var Port = (() => {
  const PROTOCOL = 1;
  const TRIES = 3;

  const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;

  /**
   * @typedef {{ id: number, body: AgentRequest, once: string | undefined, tries: number,
   *   done: (answer: AgentAnswer) => void, fail: (error: Refusal) => void }} Ask
   */

  /** A request that was refused (with the reason's code, and words for the person) or lost. @typedef {Error & { code?: string }} Refusal */

  /** @type {any} */
  let port = null;
  let next = 1;
  /** @type {Map<number, Ask>} */
  const waiting = new Map();
  /** What a new port must hear first. @type {() => AgentRequest[]} */
  let greeting = () => [];
  /** @type {(push: AgentPush) => void} */
  let onPush = () => {};
  let lost = 0;

  /** False once the extension was updated or removed under us. */
  function valid() {
    try { return Boolean(api?.runtime?.id); } catch { return false; }
  }

  function open() {
    if (port) return true;
    if (!Life.root.live) return false;
    if (!valid()) { Life.root.end(); return false; }
    try {
      port = api.runtime.connect({ name: 'agent' });
    } catch {
      Life.root.end();
      return false;
    }
    const mine = port;
    mine.onMessage.addListener(Life.root.wrap('message', receive));
    mine.onDisconnect.addListener(() => {
      void api?.runtime?.lastError;
      if (port === mine) closed();
    });
    for (const body of greeting()) {
      post({ id: next++, body, once: undefined, tries: TRIES, done: () => {}, fail: () => {} });
    }
    return true;
  }

  /** The other end is gone: ask again what was not answered, if anything. */
  function closed() {
    port = null;
    if (!valid()) { Life.root.end(); return; }
    const unanswered = [...waiting.values()];
    waiting.clear();
    // Failing gives nothing, which leaves it out.
    const again = unanswered.filter(ask => ask.tries < TRIES || ask.fail(new Error()));
    if (!again.length) return;
    lost += 1;
    Life.root.later(Math.min(lost * 50, 1000), 'reopen', () => again.forEach(send));
  }

  /** @param {Ask} ask */
  function send(ask) {
    if (!open()) { ask.fail(new Error()); return; }
    post(ask);
  }

  /** @param {Ask} ask */
  function post(ask) {
    ask.tries += 1;
    waiting.set(ask.id, ask);
    const { id, body, once } = ask;
    try {
      port.postMessage({ protocol: PROTOCOL, build: Constants.BUILD, id, ...(once ? { once } : {}), body });
    } catch {
      // Closed between two lines of ours: the disconnect event finds it among the waiting.
      closed();
    }
  }

  /** @param {import('./protocol').Reply<AgentAnswer, AgentPush>} message */
  function receive(message) {
    if (message?.kind === 'push') { onPush(message.body); return; }
    const ask = waiting.get(message?.id);
    if (!ask) return;
    lost = 0;
    waiting.delete(message.id);
    if (message.kind === 'answer') { ask.done(message.body); return; }
    if (message.error.code === 'build_mismatch') Life.root.end();
    ask.fail(Object.assign(new Error(message.error.text), message.error));
  }

  /**
   * Asks the background. `change` marks what must not happen twice.
   * @param {AgentRequest} body @param {{ change?: boolean }} [options] @returns {Promise<AgentAnswer>}
   */
  function ask(body, { change = false } = {}) {
    const once = change ? `${Life.generation}-${next}` : undefined;
    return new Promise((done, fail) => send({ id: next++, body, once, tries: 0, done, fail }));
  }

  /** Tells the background something whose answer nobody needs. @param {AgentRequest} body */
  function tell(body) {
    ask(body).catch(() => {});
  }

  /** @param {{ greet: () => AgentRequest[], push: (push: AgentPush) => void }} handlers */
  function start(handlers) {
    greeting = handlers.greet;
    onPush = Life.root.wrap('push', handlers.push);
    // A background that was restarted has no port to us; it knocks by message.
    const knock = (/** @type {any} */ message, /** @type {any} */ sender) => {
      if (sender?.id === api.runtime.id && message?.kind === 'push') receive(message);
    };
    api?.runtime?.onMessage?.addListener(knock);
    Life.root.own(() => {
      try { api.runtime.onMessage.removeListener(knock); } catch { /* the extension is gone */ }
      close();
    });
  }

  function close() {
    const mine = port;
    port = null;
    try { mine?.disconnect(); } catch { /* already closed */ }
  }

  return {
    ask, tell, start, close, valid,
    /** The address of our frame. @param {string} ticket */
    frame: ticket => api.runtime.getURL('pages/overlay.html') + '#' + ticket,
  };
})();
