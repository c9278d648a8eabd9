'use strict';
// Subframes sleep until a person puts the caret into something editable there; only a definition that asks for frames
// wakes those of the same origin at once.

var Frames = (() => {
  let awake = window === window.top;

  /** @param {EventTarget | undefined} target */
  const editable = target => target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
    || (target instanceof HTMLElement && target.isContentEditable);

  function sameOrigin() {
    try { return Boolean(window.top?.document); } catch { return false; }
  }

  /** Calls `start` when this document is worth it. @param {(wake?: boolean) => unknown} start */
  function begin(start) {
    if (awake) { start(); return; }
    let started = false;
    const once = () => {
      if (!started || awake) start(awake);
      started = true;
    };
    Life.root.listen(document, 'focusin', event => {
      if (awake || !event.isTrusted || !editable(event.composedPath()[0])) return;
      awake = true;
      once();
    }, { capture: true });
    if (sameOrigin()) Life.root.listen(window, 'load', once);
  }

  return { begin, woken: () => awake };
})();
