'use strict';
// Watches a composer being sent: after the person pressed the network's own control, its key or submitted the form, the
// gate let it pass, and the composer cleared or vanished, the background hears what was sent.

var Send = (() => {
  const WAIT_MS = 15000;
  const LOOK_MS = 150;

  /** Composers with a send under way, as they stood then. @type {Map<Box, AgentRequest>} */
  const pending = new Map();

  /** @param {Scope} scope */
  function start(scope) {
    scope.own(() => pending.clear());
    scope.listen(window, 'click', event => {
      if (!event.isTrusted) return;
      const path = event.composedPath();
      for (const box of Composer.all()) {
        const control = pressed(box, path);
        if (control) return pass(box, event, control);
      }
    }, { capture: true });
    scope.listen(window, 'keydown', event => {
      // An Enter that confirms a word of an input method sends nothing.
      const box = event.isTrusted && !event.isComposing && event.keyCode !== 229 ? Composer.focused() : null;
      if (box && sends(box, event)) pass(box, event, null);
    }, { capture: true });
    scope.listen(window, 'submit', event => {
      const form = /** @type {Element} */ (event.composedPath()[0]);
      const box = event.isTrusted ? Composer.all().find(one => form.contains(one.element)) : null;
      if (box) pass(box, event, /** @type {any} */ (event).submitter);
    }, { capture: true });
    scope.listen(window, 'pagehide', () => { for (const box of pending.keys()) report(box, box.text, false); });
  }

  /** @param {Box} box @param {Event} event @param {HTMLElement | null} control */
  function pass(box, event, control) {
    if (Gate.passes(box, event, control)) attempt(box);
  }

  /** The send control of this composer among what was pressed. @param {Box} box @param {EventTarget[]} path */
  function pressed({ rule, element }, path) {
    const region = Reader.closest(element, rule.region);
    const css = rule.send.join();
    const control = css && region && path.includes(region)
      && path.find(node => node instanceof HTMLElement && node.matches(css));
    return /** @type {HTMLElement | undefined} */ (control || undefined);
  }

  /** @param {Box} box @param {KeyboardEvent} event */
  function sends({ rule }, event) {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.repeat || event.defaultPrevented) return false;
    return rule.send_keys.includes(event.ctrlKey || event.metaKey ? 'ctrl_enter' : 'enter');
  }

  /** Nothing was written but what the network puts in by itself. @param {Box} box @param {string} text */
  function isEmpty({ element, rule }, text) {
    return !text.trim() || text.trim() === (Reader.field(element, rule.fields.prefix) || '').trim();
  }

  /** The person sent: wait for the composer to say so. @param {Box} box */
  function attempt(box) {
    if (pending.has(box)) return;
    const { text } = Logical.read(box.element);
    if (isEmpty(box, text)) return;
    pending.set(box, Composer.describe(box));
    const started = performance.now();
    const scope = Life.root;
    const look = () => {
      if (!pending.has(box)) return;
      const now = box.element.isConnected && box.element.checkVisibility() ? Logical.read(box.element).text : '';
      if (isEmpty(box, now)) report(box, text, true);
      else if (performance.now() - started > WAIT_MS) report(box, text, false);
      else scope.later(LOOK_MS, 'sent', look);
    };
    scope.later(LOOK_MS, 'sent', look);
  }

  /** @param {Box} box @param {string} text @param {boolean} confirmed */
  function report(box, text, confirmed) {
    const described = /** @type {AgentRequest} */ (pending.get(box));
    pending.delete(box);
    const { passed } = box;
    box.passed = null;
    const tell = () => Port.ask({ type: 'sent', composer: box.local, text, confirmed, passed }, { change: true });
    // A background that was started meanwhile knows no other box than the one that has focus.
    tell().catch(error => /** @type {any} */ (error.code === 'restarted' && Port.ask(described).then(tell))).catch(() => {})
      .then(() => { box.template = null; });
  }

  return { start, attempt, isEmpty };
})();
