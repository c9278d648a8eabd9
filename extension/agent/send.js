'use strict';
// Watches a composer being sent, without a hand in it: after the person pressed the network's own control, its key or
// submitted the form, and the composer cleared or vanished, the background hears what was sent.

var Send = (() => {
  const WAIT_MS = 15000;
  const LOOK_MS = 150;

  /** Composers with a send under way. @type {Set<Box>} */
  let pending = new Set();

  /** @param {Scope} scope */
  function start(scope) {
    scope.own(() => { pending = new Set(); });
    scope.listen(window, 'click', event => {
      const box = event.isTrusted ? Composer.current() : null;
      if (box && pressed(box, event.composedPath())) attempt(box);
    }, { capture: true, passive: true });
    scope.listen(window, 'keydown', event => {
      const box = event.isTrusted && !event.isComposing && !event.repeat ? Composer.focused() : null;
      if (box && sends(box, event)) attempt(box);
    }, { capture: true });
    scope.listen(window, 'submit', event => {
      const box = event.isTrusted ? Composer.current() : null;
      if (box && /** @type {Element} */ (event.composedPath()[0]).contains(box.element)) attempt(box);
    }, { capture: true });
    scope.listen(window, 'pagehide', () => { for (const box of pending) report(box, box.text, false); });
  }

  /** @param {Box} box @param {EventTarget[]} path */
  function pressed({ rule, element }, path) {
    const region = Reader.closest(element, rule.region);
    return rule.send.some(css => path.some(node => node instanceof Element && node.matches(css) && region?.contains(node)));
  }

  /** @param {Box} box @param {KeyboardEvent} event */
  function sends({ rule }, event) {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.defaultPrevented) return false;
    return rule.send_keys.includes(event.ctrlKey || event.metaKey ? 'ctrl_enter' : 'enter');
  }

  /** The person sent: wait for the composer to say so. @param {Box} box */
  function attempt(box) {
    if (pending.has(box)) return;
    const { text } = Logical.read(box.element);
    const prefix = (Reader.field(box.element, box.rule.fields.prefix) || '').trim();
    if (!text.trim() || text.trim() === prefix) return;
    pending.add(box);
    const started = performance.now();
    const scope = Life.root;
    const look = () => {
      if (!pending.has(box)) return;
      const now = box.element.isConnected && box.element.checkVisibility() ? Logical.read(box.element).text.trim() : '';
      if (!now || (prefix && now === prefix)) report(box, text, true);
      else if (performance.now() - started > WAIT_MS) report(box, text, false);
      else scope.later(LOOK_MS, 'sent', look);
    };
    scope.later(LOOK_MS, 'sent', look);
  }

  /** @param {Box} box @param {string} text @param {boolean} confirmed */
  function report(box, text, confirmed) {
    pending.delete(box);
    Port.ask({ type: 'sent', composer: box.local, text, confirmed }, { change: true }).catch(() => {});
  }

  return { start };
})();
