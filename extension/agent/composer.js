'use strict';
// Reply boxes: found when they get focus, read as one text with revisions, checked once a frame while they are edited.
// A composer's DOM is never changed here, and text leaves only from a focused composer that the definition names.

/** What the background says of a text and its surroundings. @typedef {Extract<AgentAnswer, { type: 'checked' }> & { text: string, about: string }} Verdict */

/**
 * A composer at work: the text last read, its revision and what was found in that text. For the gate: the verdict with the
 * text and the surroundings it is about, how the next send passes, what was let go, and a text whose next send is let go.
 * @typedef {{ local: number, rule: ComposerRule, index: number, element: HTMLElement, scope: Scope, rev: number,
 *   text: string, findings: FindingView[], checked: boolean, strip: StripView | null, target: Element | null,
 *   editedAt: number, about: string, verdict: Verdict | null, template: string | null, passed: Passed | null,
 *   released: { text: string, step: number, until: number } | null, allowed: string | null, stopped: Stopped | null }} Box
 */

var Composer = (() => {
  /** Fields that hold something else than a reply, whatever a definition says. */
  const SECRET = /(^|\s)(cc-|one-time-code|current-password|new-password)/;

  /** @type {Scope} */
  let scope;
  /** @type {Definition} */
  let definition;
  let nextLocal = 1;
  /** @type {Map<Element, Box>} */
  const boxes = new Map();
  /** @type {Box | null} */
  let current = null;
  /** The post whose own reply control was used last. @type {Element | null} */
  let clicked = null;

  /** @param {Scope} owner @param {Definition} site */
  function start(owner, site) {
    scope = owner;
    definition = site;
    scope.own(() => { boxes.clear(); current = clicked = null; });
    Keys.start(scope);
    Send.start(scope);
    scope.listen(document, 'focusin', event => {
      if (event.isTrusted) focus(/** @type {Element} */ (event.composedPath()[0]));
    }, { capture: true });
    // What depends on the caret: the word that is being written is never underlined.
    scope.listen(document, 'selectionchange', () => { const box = focused(); if (box) Highlights.later(box); });
    scope.listen(document, 'click', noteReply, { capture: true, passive: true });
    look();
  }

  /** Serves the composer that has focus already, and none that a setting forbids. */
  function look() {
    prune();
    const active = deepActive();
    if (scope?.live && active) focus(active);
  }

  /** The element with focus, through open shadow roots. @returns {Element | null} */
  function deepActive() {
    let at = document.activeElement;
    while (at && !Life.isOurs(at) && at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  }

  /** A box that opens far from its post belongs to the post whose reply control opened it. @param {MouseEvent} event */
  function noteReply(event) {
    const target = /** @type {Element} */ (event.composedPath()[0]);
    const post = event.isTrusted && target instanceof Element ? Posts.containerOf(target) : null;
    const control = post && Posts.rule(post)?.reply;
    if (control && target.closest(control)) clicked = post;
  }

  /** @param {Element} element */
  function allowed(element) {
    if (SECRET.test(element.getAttribute('autocomplete') ?? '')) return false;
    return !(element instanceof HTMLInputElement) || /^(text|search)$/.test(element.type);
  }

  /** @param {ComposerRule} rule */
  const served = rule => !rule.private || Agent.features().private;

  /** @param {Element} element @param {ComposerRule} rule */
  const stands = (element, rule) => !rule.inside || Reader.closest(element, rule.inside);

  /**
   * The first rule that knows an element decides: one that may not serve it leaves it to no other.
   * @param {Element | null} element @returns {[HTMLElement, number] | null}
   */
  function find(element) {
    for (const [index, rule] of definition.composers.entries()) {
      const editable = element?.closest?.(rule.select);
      if (!editable || !stands(editable, rule)) continue;
      return served(rule) && allowed(editable) ? [/** @type {HTMLElement} */ (editable), index] : null;
    }
    return null;
  }

  /** @param {Element} element */
  function focus(element) {
    const found = find(element);
    if (!found) return;
    const [editable, index] = found;
    if (editable === current?.element) return;
    prune();
    let box = boxes.get(editable);
    if (!box) {
      box = {
        local: nextLocal++, rule: definition.composers[index], index, element: editable, scope: scope.child(),
        rev: 0, text: '', findings: [], checked: true, strip: null, target: null, editedAt: 0,
        about: '', verdict: null, template: null, passed: null, released: null, allowed: null, stopped: null,
      };
      boxes.set(editable, box);
      watch(box);
    }
    current = box;
    compose(box);
  }

  /** @param {Box} box @param {boolean} [turn] @returns {AgentRequest} */
  function describe(box, turn = false) {
    box.target = targetOf(box);
    box.about = about(box);
    return {
      type: 'compose', url: location.href, turn,
      composer: {
        local: box.local, rule: box.index, fields: Reader.fields(box.element, box.rule.fields),
        target: box.target && Posts.raw(box.target), text: box.text, template: box.template,
      },
    };
  }

  /**
   * What a verdict rests on besides the text: who acts, and whom it answers.
   * @param {Box} box
   */
  function about(box) {
    const target = targetOf(box);
    return JSON.stringify([
      Reader.fields(box.element, box.rule.fields), Reader.fields(document, definition.page), target && Posts.identity(target),
    ]);
  }

  /**
   * Describes a box to the background, and may turn it to the next language; resolves to whether its text was checked then.
   * @param {Box} box @param {boolean} [turn]
   */
  function compose(box, turn) {
    box.text = Logical.read(box.element).text;
    Agent.aware();
    return Port.ask(describe(box, turn)).then(box.scope.wrap('strip', answer => {
      if (answer.type !== 'strip') return false;
      box.strip = answer.strip;
      if (answer.overlay) Overlay.prepare(answer.overlay);
      Strip.draw(box);
      return ask(box);
    }), () => false);
  }

  /** The post that a composer answers. @param {Pick<Box, "element" | "rule">} box @returns {Element | null} */
  function targetOf({ element, rule }) {
    const reach = rule.target;
    if (!reach) return null;
    if (reach.clicked && clicked?.isConnected) return clicked;
    /** @type {Element | Document | null} */
    let at = reach.closest ? Reader.closest(element, reach.closest) : reach.css ? document : null;
    if (at && reach.css) at = at.querySelector(reach.css);
    return at instanceof Element ? Posts.nearest(at) : null;
  }

  /** @param {Box} box */
  function watch(box) {
    let waiting = false;
    const look = () => {
      if (!box.element.isConnected) { prune(); return; }
      if (waiting || current !== box) return;
      waiting = true;
      box.scope.frame('edit', () => { waiting = false; edited(box); });
    };
    box.scope.listen(box.element, 'input compositionend', look);
    const observer = new MutationObserver(box.scope.wrap('composer', look));
    observer.observe(box.element, { childList: true, subtree: true, characterData: true });
    box.scope.own(() => observer.disconnect());
  }

  /** Lets go of composers that the page, or a setting, took away. */
  function prune() {
    for (const [element, box] of boxes) {
      if (element.isConnected && served(box.rule)) continue;
      boxes.delete(element);
      if (current === box) current = null;
      box.findings = [];
      Highlights.later(box);
      box.scope.end();
    }
  }

  /** @param {Box} box */
  function edited(box) {
    const { text } = Logical.read(box.element);
    if (text === box.text) return;
    const before = box.text;
    box.text = text;
    box.editedAt = performance.now();
    box.findings = remap(box.findings, before, text);
    Strip.edited(box);
    Overlay.typed(box);
    Highlights.later(box);
    check(box);
  }

  /**
   * Spans over a single edit: what lies before stays, what lies behind moves, what it touches goes.
   * @param {FindingView[]} findings @param {string} before @param {string} after
   */
  function remap(findings, before, after) {
    const { head, tail } = Logical.edges(before, after);
    const end = before.length - tail;
    const moved = after.length - before.length;
    return findings.flatMap(finding => {
      const { span } = finding;
      if (span.end < head || (span.end === head && head === before.length)) return [finding];
      if (span.start >= end && span.start > head) {
        return [{ ...finding, span: { start: span.start + moved, end: span.end + moved } }];
      }
      return [];
    });
  }

  /** Asks about the text of a box, and first about its surroundings where they changed or nobody described them. @param {Box} box */
  const check = box => (box.strip && about(box) === box.about ? ask(box) : compose(box));

  /** Resolves to whether an answer came for this text. @param {Box} box @returns {Promise<boolean | undefined>} */
  function ask(box) {
    const rev = ++box.rev;
    box.checked = false;
    if (!box.text.trim()) box.findings = [];
    const answered = box.scope.wrap('checked', (/** @type {AgentAnswer} */ answer) => {
      if (answer.type !== 'checked' || answer.rev !== box.rev) return false;
      box.findings = answer.findings;
      box.verdict = { ...answer, text: box.text, about: box.about };
      box.checked = true;
      Highlights.later(box);
      Strip.update(box);
      return true;
    });
    Strip.update(box);
    return Port.ask({ type: 'check', composer: box.local, rev, text: box.text }).then(answered, () => {
      Strip.unchecked(box);
      return false;
    });
  }

  /** Takes in what a box holds now, and asks about it. @param {Box} box */
  function refresh(box) {
    box.text = Logical.read(box.element).text;
    return check(box);
  }

  /** The composer that has focus now. */
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
    for (const [index, rule] of definition.composers.entries()) {
      if (rule.kind !== 'reply') continue;
      for (const root of Reader.roots(definition)) {
        for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(rule.select))) {
          if (!element.checkVisibility() || find(element)?.[1] !== index || targetOf({ element, rule }) !== post) continue;
          element.focus();
          return;
        }
      }
    }
    const { reply } = Posts.rule(post) ?? {};
    const control = reply ? /** @type {HTMLElement | null} */ (post.querySelector(reply)) : null;
    control?.scrollIntoView({ block: 'nearest' });
    control?.focus();
  }

  return {
    start, focused, replyTo, describe, compose, prune, look, about, refresh,
    /** Every composer used on this page, the one used last first. */
    all: () => [...boxes.values()].sort((a, b) => Number(b === current) - Number(a === current)),
    seen: () => nextLocal - 1,
    /** The composer used last, while it is on the page. */
    current: () => (current?.element.isConnected ? current : null),
    /** What a new background has to know of the composer at work. @returns {AgentRequest[]} */
    greeting: () => (current?.element.isConnected ? [describe(current)] : []),
    recheck() { if (current) check(current); },
  };
})();
