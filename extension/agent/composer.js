'use strict';
// Reply boxes: found when they get focus, read as one text with revisions, checked once a frame while they are edited.
// A composer's DOM is never changed here, and text leaves only from a focused composer that the definition names.

var Composer = (() => {
  /** Fields that hold something else than a reply, whatever a definition says. */
  const SECRET = /(^|\s)(cc-|one-time-code|current-password|new-password)/;
  const FIELD_TYPES = ['text', 'search', ''];

  /**
   * @typedef {{ local: number, rule: ComposerRule, index: number, element: HTMLElement, scope: Scope,
   *   rev: number, text: string, findings: FindingView[], checked: boolean, strip: StripView | null,
   *   target: Element | null }} Box
   */

  /** @type {Scope} */
  let scope;
  /** @type {Definition} */
  let definition;
  let nextLocal = 1;
  /** @type {WeakMap<Element, Box>} */
  let boxes = new WeakMap();
  /** @type {Box | null} */
  let current = null;
  let seen = 0;

  /** @param {Scope} owner @param {Definition} site */
  function start(owner, site) {
    scope = owner;
    definition = site;
    scope.own(() => { boxes = new WeakMap(); current = null; });
    scope.listen(document, 'focusin', event => {
      if (event.isTrusted) focus(/** @type {Element} */ (event.composedPath()[0]));
    }, { capture: true });
    scope.listen(document, 'focusout', () => { if (current && !focused()) rest(); }, { capture: true });
    const active = deepActive();
    if (active) focus(active);
  }

  /** The element with focus, through open shadow roots. @returns {Element | null} */
  function deepActive() {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  }

  /** @param {Element} element */
  function allowed(element) {
    if (SECRET.test(element.getAttribute('autocomplete') ?? '')) return false;
    return !(element instanceof HTMLInputElement) || FIELD_TYPES.includes(element.type);
  }

  /** @param {Element | null} element @returns {[HTMLElement, number] | null} */
  function find(element) {
    for (const [index, rule] of definition.composers.entries()) {
      const editable = element?.closest(rule.select);
      if (editable && !rule.private && allowed(editable)) return [/** @type {HTMLElement} */ (editable), index];
    }
    return null;
  }

  /** @param {Element} element */
  function focus(element) {
    const found = find(element);
    if (!found || found[0] === current?.element) return;
    rest();
    const [editable, index] = found;
    let box = boxes.get(editable);
    if (!box) {
      seen += 1;
      box = {
        local: nextLocal++, rule: definition.composers[index], index, element: editable, scope: scope.child(),
        rev: 0, text: '', findings: [], checked: false, strip: null, target: null,
      };
      boxes.set(editable, box);
      watch(box);
    }
    current = box;
    compose(box);
  }

  /** Focus went elsewhere: nothing more is read until it comes back. */
  function rest() {
    current = null;
  }

  /** @param {Box} box */
  function compose(box) {
    box.text = Logical.read(box.element).text;
    box.target = targetOf(box);
    const body = {
      local: box.local, rule: box.index, fields: Reader.fields(box.element, box.rule.fields),
      target: box.target && Posts.raw(box.target), text: box.text,
    };
    Port.ask({ type: 'compose', url: location.href, composer: body }).then(box.scope.wrap('strip', answer => {
      if (answer.type !== 'strip') return;
      box.strip = answer.strip;
      check(box);
    }), () => {});
  }

  /** The post that a composer answers. @param {Box} box */
  function targetOf({ element, rule }) {
    const near = rule.target ? element.closest(rule.target) : null;
    return near ? Posts.containerOf(near) : Posts.containerOf(element);
  }

  /** @param {Box} box */
  function watch(box) {
    let waiting = false;
    const look = () => {
      if (waiting || current !== box) return;
      waiting = true;
      box.scope.frame('edit', () => { waiting = false; edited(box); });
    };
    box.scope.listen(box.element, 'input compositionend', look);
    const observer = new MutationObserver(box.scope.wrap('composer', look));
    observer.observe(box.element, { childList: true, subtree: true, characterData: true });
    box.scope.own(() => observer.disconnect());
  }

  /** @param {Box} box */
  function edited(box) {
    const { text } = Logical.read(box.element);
    if (text === box.text) return;
    box.text = text;
    box.checked = false;
    check(box);
  }

  /** @param {Box} box */
  function check(box) {
    const rev = ++box.rev;
    Port.ask({ type: 'check', composer: box.local, rev, text: box.text }).then(box.scope.wrap('checked', answer => {
      if (answer.type !== 'checked' || answer.rev !== box.rev) return;
      box.findings = answer.findings;
      box.checked = true;
    }), () => {});
  }

  function focused() {
    const active = deepActive();
    return current && active && current.element.contains(active) ? current : null;
  }

  /**
   * The person asked to reply: the caret goes into the post's open reply box, else focus goes to the network's own reply
   * control. Nothing is pressed.
   * @param {Element} post
   */
  function replyTo(post) {
    for (const rule of definition.composers) {
      for (const element of document.querySelectorAll(rule.select)) {
        if (rule.kind !== 'reply' || !element.checkVisibility?.()) continue;
        const near = rule.target ? element.closest(rule.target) : null;
        if (Posts.containerOf(near ?? element) !== post) continue;
        /** @type {HTMLElement} */ (element).focus();
        return;
      }
    }
    const { reply } = Posts.rule(post) ?? {};
    const control = reply ? /** @type {HTMLElement | null} */ (post.querySelector(reply)) : null;
    control?.focus();
  }

  return {
    start, focused, replyTo,
    seen: () => seen,
    recheck() { const box = focused(); if (box) check(box); },
  };
})();
