'use strict';
// Puts text into an editor that is not ours: one paste that the editor may take, else the browser's own typing, then a
// comparison with the splice that was expected. Never a second method on top of a first, never a write to the DOM; waits
// for an input method, and takes half a text out again.

var Insert = (() => {
  /** Editors take over a new focus or selection late; the slowest known looks every 100 ms. */
  const SETTLE_MS = 110;
  const HEARD_MS = 20;
  const FOCUS_MS = 60;
  const POLL_MS = 50;
  const POLLS = 20;
  /** A second copy comes late. */
  const LATE_MS = 200;
  /** A person may think over a word of an input method for so long. */
  const COMPOSING_POLLS = 90;

  /** Agrees on a channel with the helper, before any script of the page runs; empty when there is no helper. */
  function hello() {
    const name = `rejoinder-${Life.generation}`;
    if (document.dispatchEvent(new CustomEvent('rejoinder', { cancelable: true, detail: name }))) return '';
    // The helper asks whether this world is still alive.
    Life.root.listen(document, `${name}?`, event => {
      if (Port.valid()) event.preventDefault();
      else Life.root.end();
    });
    Life.root.own(() => { document.dispatchEvent(new CustomEvent(name, { detail: null })); });
    return name;
  }

  const channel = hello();
  /** Where an input method is at work: what is put in now would break its word. @type {Node | null} */
  let composing = null;
  Life.root.listen(window, 'compositionstart compositionend', event => {
    composing = event.type === 'compositionstart' ? event.composedPath()[0] : null;
  }, { capture: true });

  /** @param {number} ms */
  const sleep = ms => new Promise(done => { setTimeout(done, ms); });
  /** White space is what editors change. @param {string} text */
  const squash = text => text.replace(/[\s\u200b\u2060\ufeff]+/g, '');

  /**
   * Puts `text` into `element` in place of `replace`, else of its selection.
   * @param {HTMLElement} element @param {string} text @param {{ replace?: Utf16Span | null, cursor?: number | null }} [options]
   * @returns {Promise<'ok' | 'absent' | 'doubled' | 'changed' | 'refused'>}
   */
  async function put(element, text, { replace = null, cursor = null } = {}) {
    const asked = Logical.read(element).text;
    if (!await composed() || !await ready(element)) return 'refused';
    const read = Logical.read(element);
    // What was meant must still stand there.
    if (replace && read.text.slice(0, replace.end) !== asked.slice(0, replace.end)) return 'refused';
    const selected = Logical.selection(element, read);
    const span = replace ?? selected ?? { start: read.text.length, end: read.text.length };
    const most = Logical.isField(element) ? element.maxLength : -1;
    if (most >= 0 && read.text.length + text.length - span.end + span.start > most) return 'refused';
    if (replace || !selected) select(element, read, span);
    if (!Logical.isField(element)) {
      // On a busy page it takes a while until the editor hears of its selection, and only then it waits.
      await sleep(HEARD_MS);
      await sleep(SETTLE_MS);
    }
    const before = Logical.read(element).text;
    const expected = before.slice(0, span.start) + text + before.slice(span.end);
    if (text || span.end > span.start) type(element, text);
    return arrived(element, before, expected, text, () => {
      if (cursor !== null) caret(element, expected, span.start + cursor);
    });
  }

  /** True once no input method is at work, and the editor has taken its word. */
  async function composed() {
    let polls = 0;
    // A box that is taken away tells of no end.
    while (composing?.isConnected && polls++ < COMPOSING_POLLS) await sleep(SETTLE_MS);
    if (polls) await sleep(SETTLE_MS);
    return !composing?.isConnected;
  }

  /** Focus inside, and the editor aware of it. @param {HTMLElement} element */
  async function ready(element) {
    if (!element.isConnected) return false;
    const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    if (!root.activeElement || !element.contains(root.activeElement)) {
      element.focus({ preventScroll: true });
      await sleep(FOCUS_MS);
    }
    return Boolean(root.activeElement && element.contains(root.activeElement));
  }

  /** @param {HTMLElement} element @param {{ text: string, pieces: any[] }} read @param {Utf16Span} span */
  function select(element, read, { start, end }) {
    if (Logical.isField(element)) { element.setSelectionRange(start, end); return; }
    const range = Logical.range(read, start, end) ?? document.createRange();
    if (!read.pieces.length) {
      range.selectNodeContents(element);
      range.collapse(false);
    }
    getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  /** Focus and selection go to these words. @param {HTMLElement} element @param {Utf16Span | null} span */
  function choose(element, span) {
    element.focus({ preventScroll: true });
    if (span) select(element, Logical.read(element), span);
  }

  /** @param {HTMLElement} element @param {string} text */
  function type(element, text) {
    if (!Logical.isField(element) && taken(element, text)) return;
    if (text) document.execCommand('insertText', false, text);
    else document.execCommand('delete');
  }

  /** True when the editor took a paste, or a cut for no text. @param {HTMLElement} element @param {string} text */
  function taken(element, text) {
    if (!channel) return false;
    return !element.dispatchEvent(new CustomEvent(channel, { bubbles: true, composed: true, cancelable: true, detail: text }));
  }

  /**
   * Did the expected text arrive, once? Whoever undoes it or types on at once has seen it arrive.
   * @param {HTMLElement} element @param {string} before @param {string} expected @param {string} text
   * @param {() => void} then  what follows on the arrival, before the person can go on
   */
  async function arrived(element, before, expected, text, then) {
    const was = squash(before);
    const wanted = squash(expected);
    const now = () => squash(Logical.read(element).text);
    let goesOn = false;
    const watch = Life.root.child('arrival');
    watch.listen(window, 'keydown', event => { goesOn ||= event.isTrusted && event.key !== 'Enter'; }, { capture: true });
    try {
      /** @param {string} is @param {string} other */
      const shared = (is, other) => {
        const { head, tail } = Logical.edges(is, other);
        return head + tail;
      };
      const there = () => now() === wanted || (goesOn && shared(now(), wanted) === wanted.length);
      for (let polls = 0; polls < POLLS && !there(); polls++) await sleep(POLL_MS);
      const seen = there();
      if (seen && !goesOn) then();
      for (let late = 0; late < LATE_MS && !(seen && goesOn); late += POLL_MS) await sleep(POLL_MS);
      const is = now();
      if (is === wanted || (seen && goesOn)) return 'ok';
      if (is === was) return 'absent';
      const copies = (/** @type {string} */ all) => all.split(squash(text)).length - 1;
      const doubled = copies(is) > copies(wanted);
      // Half a text: what was expected, but for one piece. A stray one: what was there, and one piece more.
      if (doubled || (!seen && (shared(is, wanted) === is.length || shared(is, was) === was.length))) {
        await putBack(element, before);
        if (now() === was) return 'refused';
      }
      return doubled ? 'doubled' : 'changed';
    } finally {
      watch.end();
    }
  }

  /** What stands there instead of the text before goes, by the same way that it came. @param {HTMLElement} element @param {string} before */
  async function putBack(element, before) {
    const read = Logical.read(element);
    const { head, tail } = Logical.edges(before, read.text);
    select(element, read, { start: head, end: read.text.length - tail });
    await sleep(SETTLE_MS);
    type(element, before.slice(head, before.length - tail));
    await sleep(LATE_MS);
  }

  /** The caret goes where it stands in the expected text, whatever white space the editor made. @param {HTMLElement} element @param {string} expected @param {number} at */
  function caret(element, expected, at) {
    const read = Logical.read(element);
    const ahead = expected.slice(0, at);
    let left = squash(ahead).length;
    let offset = 0;
    while (left > 0 && offset < read.text.length) left -= squash(read.text[offset++]).length;
    let gap = ahead.length - ahead.trimEnd().length;
    while (gap-- && !squash(read.text[offset] ?? '.')) offset++;
    select(element, read, { start: offset, end: offset });
  }

  return { put, choose };
})();
