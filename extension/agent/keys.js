'use strict';
// Keys in a composer. Enter is dangerous: many composers send on it, so an Enter that chose something is swallowed until
// it is let go and a while longer, and its repeats never pass. Only keys that a person pressed count.

var Keys = (() => {
  const CALM_MS = 400;
  /** Keys taken on the way down; the page must not see them come up. @type {Set<string>} */
  let taken = new Set();
  let working = 0;
  let calmUntil = 0;
  /** True from a swallowed Enter until it is let go. */
  let enterHeld = false;

  /** @param {Scope} scope */
  function start(scope) {
    scope.own(() => { taken = new Set(); working = calmUntil = 0; enterHeld = false; });
    scope.listen(window, 'keydown', down, { capture: true });
    scope.listen(window, 'keypress', event => { if (taken.has(event.code || event.key)) stop(event); }, { capture: true });
    scope.listen(window, 'keyup', up, { capture: true });
    scope.listen(window, 'blur', () => { taken.clear(); enterHeld = false; });
  }

  /** @param {KeyboardEvent} event */
  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {KeyboardEvent} event */
  function take(event) {
    stop(event);
    taken.add(event.code || event.key);
    if (event.key === 'Enter') enterHeld = true;
  }

  /** Is an Enter swallowed now? */
  const guarded = () => working > 0 || enterHeld || performance.now() < calmUntil;

  /** @param {KeyboardEvent} event */
  function down(event) {
    if (!event.isTrusted) return;
    const box = Composer.focused();
    if (!box) return;
    // An Enter that confirms a word of an input method is the method's own.
    if (event.isComposing || event.keyCode === 229) return;
    const name = event.ctrlKey || event.metaKey || event.getModifierState('AltGraph') ? ''
      : (event.altKey ? 'Alt+' : event.shiftKey ? 'Shift+' : '') + event.key;
    // Opened by a command, the picker takes what is typed; opened by typing, it leaves that to the composer.
    const letter = name && !event.altKey && event.key.length === 1;
    // What is open takes its Enter itself, and lets none through to the composer.
    if (Overlay.takes(box, letter ? '*' : name)) {
      take(event);
      if (letter || !event.repeat || /^Arrow|Back/.test(name)) Overlay.key(letter ? event.key : name);
      // What is held goes on as it began.
    } else if (event.repeat ? taken.has(event.code || event.key) : name === 'Tab' && Overlay.expand(box)) take(event);
    else if (event.key === 'Enter' && guarded()) take(event);
    else if (ownKey(event)) {
      take(event);
      if (event.code === 'Slash') Composer.compose(box, true);
      else Overlay.stepFinding(box, event.code === 'Comma');
    }
  }

  /** Alt with . , or /, or on a Mac Control+Shift: by the physical key. @param {KeyboardEvent} event */
  function ownKey(event) {
    const mac = navigator.platform.startsWith('Mac');
    return /Period|Comma|Slash/.test(event.code) && !event.metaKey && !event.getModifierState('AltGraph')
      && event.ctrlKey === mac && event.shiftKey === mac && event.altKey !== mac;
  }

  /** @param {KeyboardEvent} event */
  function up(event) {
    if (!event.isTrusted) return;
    if (event.key === 'Enter' && enterHeld) {
      enterHeld = false;
      calmUntil = performance.now() + CALM_MS;
    }
    if (taken.delete(event.code || event.key)) stop(event);
  }

  return {
    start, take,
    /** Is text being put in by us? */
    busy: () => working > 0,
    /** Runs an insertion or a fix during which, and a while after which, no Enter passes. @template T @param {() => Promise<T>} work */
    async calm(work) {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
        calmUntil = performance.now() + CALM_MS;
      }
    },
  };
})();
