'use strict';
// Our frame over the page: made before it is needed, shown in the top layer or inside the page's open modal dialog, fed by
// the background. For the picker and findings the caret stays in the composer and keys are forwarded.

var Overlay = (() => {
  const HIDDEN_MS = 5 * 60 * 1000;
  const EDGE = 8;
  /** Words after a slash at line start or after white space; what follows must not make it a path or a date. */
  const SLASH = /(?:^|\s)\/(\p{L}[\p{L}\p{M}\p{N}'-]+(?: [\p{L}\p{M}\p{N}'-]*){0,3})$/u;
  const CSS = `
    :host { all: initial !important; position: fixed !important; inset: 0 auto auto 0 !important; width: 0 !important;
      height: 0 !important; overflow: visible !important; border: 0 !important; margin: 0 !important; padding: 0 !important;
      background: none !important; }
    :host(:not(:popover-open)) { display: none !important; }
    iframe { position: fixed; border: 0; border-radius: 10px; box-shadow: 0 4px 24px rgb(0 0 0 / .28), 0 0 0 1px rgb(0 0 0 / .12);
      background: Canvas; color-scheme: normal; }`;

  /** @typedef {{ box: Box | null, what: OverlayAsk, at: string, keys: string[], finding: FindingView | null, post: Element | null, control: HTMLElement | null, caret: Utf16Span | null }} Shown */

  /** @type {Scope | null} */
  let scope = null;
  /** @type {{ host: HTMLElement, frame: HTMLIFrameElement, ticket: string, drop: () => void } | null} */
  let made = null;
  /** @type {Shown | null} */
  let shown = null;
  /** What was asked for and not answered yet. @type {Shown | null} */
  let asked = null;
  /** Where the slash stands whose words the picker follows. @type {number | null} */
  let slash = null;
  /** A slash that means nothing here, or whose picker was closed. @type {{ box: Box, at: number } | null} */
  let quiet = null;
  let size = [0, 0];
  /** @type {() => void} */
  let stopDropping = () => {};

  /** @param {Scope} owner */
  function start(owner) {
    scope = owner;
    scope.own(() => { hide(); scope = made = asked = null; });
    scope.listen(window, 'pointerdown', event => {
      if (shown && event.isTrusted && !event.composedPath().some((/** @type {any} */ node) => node instanceof Node && Life.isOurs(node))) hide(true);
    }, { capture: true, passive: true });
    scope.listen(window, 'scroll resize', () => { if (shown) scope?.frame('place', place); }, { capture: true, passive: true });
    scope.listen(document, 'focusout', () => {
      // Where focus goes is known a moment later; our own frame counts as the composer.
      if (shown?.box) scope?.later(0, 'blur', () => { if (shown?.box && !Composer.focused() && !ownsFocus()) hide(true); });
    }, { capture: true });
  }

  const ownsFocus = () => Boolean(made && document.activeElement === made.host);

  /** Makes the frame, or gives the one there a new ticket. @param {string} ticket */
  function prepare(ticket) {
    if (!scope?.live) return;
    const address = Port.frame(ticket);
    // A ticket is worth one frame: asked for again, it is on its way already.
    if (made?.host.isConnected && made.ticket === ticket) return;
    if (made?.host.isConnected) {
      made.ticket = ticket;
      made.frame.src = address;
    } else {
      made?.drop();
      const { host, root, drop } = scope.host(CSS, 'div');
      const frame = /** @type {HTMLIFrameElement} */ (Life.make('iframe', { title: Agent.say('agent_overlay') }));
      frame.src = address;
      root.append(frame);
      host.popover = 'manual';
      home(Composer.current()?.element).append(host);
      made = { host, frame, drop, ticket };
    }
    dropLater();
  }

  /** Where the frame can be seen and used: the open modal dialog around the composer, else the page. @param {Element | null | undefined} near */
  function home(near) {
    return Reader.closest(near, 'dialog:modal') ?? [...document.querySelectorAll('dialog:modal')].pop()
      ?? document.documentElement;
  }

  /** Moves the frame without loading it again, where the browser can. @param {Element} parent */
  function move(parent) {
    if (!made || made.host.parentNode === parent) return;
    const target = /** @type {any} */ (parent);
    if (target.moveBefore && made.host.isConnected) target.moveBefore(made.host, null);
    else parent.append(made.host);
  }

  function dropLater() {
    stopDropping();
    stopDropping = scope?.later(HIDDEN_MS, 'drop', () => {
      if (shown) { dropLater(); return; }
      made?.drop();
      made = null;
    }) ?? (() => {});
  }

  /** Did the background know what to do? @param {Box | null} box @param {OverlayAsk} what @param {Partial<Shown>} [of] */
  async function open(box, what, of = {}) {
    if (!scope) return false;
    const mine = { box, what, at: '', keys: [], finding: null, post: box?.target ?? null, control: null, caret: null, ...of };
    asked = mine;
    try {
      const answer = await Port.ask({ type: 'open', composer: box?.local ?? null, what });
      if (asked !== mine) return false;
      asked = null;
      if (answer.type !== 'overlay') return false;
      if (answer.overlay) prepare(answer.overlay);
      if (answer.step.type === 'show') {
        show(mine, answer.step);
        // More was typed meanwhile.
        const now = box && what.type === 'picker' && what.words && slashWords(box);
        if (now && now.text !== what.words?.text) ask(now.text);
      }
      else if (answer.step.type === 'stay' && slash !== null && box) { quiet = { box, at: slash }; slash = null; }
      else step(answer.step);
      return true;
    } catch {
      if (asked === mine) asked = slash = null;
      return false;
    }
  }

  /** @param {Shown} what @param {Extract<OverlayStep, { type: 'show' }>} how */
  function show(what, how) {
    if (!made || !scope) return;
    const finding = how.at === 'finding' ? what.box?.findings.find(({ id }) => id === how.local) : null;
    // The words it was about are gone.
    if (finding === undefined) { Port.tell({ type: 'hidden' }); return; }
    stopDropping();
    // An editor that loses the focus may forget where its caret was.
    const caret = what.box && how.takes_focus ? Logical.selection(what.box.element) : null;
    shown = { ...what, at: how.at, keys: how.keys, finding, caret };
    size = how.size;
    move(home(what.box?.element ?? what.post));
    if (!made.host.matches(':popover-open')) made.host.showPopover();
    place();
    if (how.takes_focus) made.frame.focus({ preventScroll: true });
  }

  /** What the frame stands at. @returns {DOMRect} */
  function anchor() {
    const { box, finding, post } = /** @type {Shown} */ (shown);
    if (shown?.control?.isConnected) return shown.control.getBoundingClientRect();
    if (box && finding) return Highlights.rect(box, finding.span);
    if (box && shown?.at !== 'row') {
      const caret = Logical.selection(box.element);
      return caret ? Highlights.rect(box, { start: caret.end, end: caret.end }) : box.element.getBoundingClientRect();
    }
    const beside = (post && (Row.host(post) ?? post)) ?? document.documentElement;
    return beside.getBoundingClientRect();
  }

  /** Below what it belongs to, else above; never over it, never outside the window. */
  function place() {
    if (!made || !shown) return;
    const at = anchor();
    const width = Math.min(size[0], innerWidth - 2 * EDGE);
    const below = innerHeight - at.bottom - 2 * EDGE;
    const above = at.top - 2 * EDGE;
    const up = size[1] > below && above > below;
    const height = Math.min(size[1], Math.max(up ? above : below, 120));
    const { style } = made.frame;
    style.width = `${width}px`;
    style.height = `${height}px`;
    style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`;
    style.top = `${Math.max(EDGE, Math.min(up ? at.top - height - EDGE : at.bottom + EDGE, innerHeight - height - EDGE))}px`;
  }

  /** @param {boolean} [tell] the background does not know yet */
  function hide(tell) {
    const { box } = shown ?? {};
    if (box && slash !== null) quiet = { box, at: slash };
    asked = slash = null;
    if (!shown) return;
    const hadFocus = ownsFocus();
    const { post, at, caret } = shown;
    shown = null;
    if (at === 'send') Gate.closed();
    if (made?.host.isConnected) made.host.hidePopover();
    if (hadFocus) {
      if (box) Insert.choose(box.element, caret);
      else if (post) Row.focus(post);
    }
    if (tell) Port.tell({ type: 'hidden' });
    if (scope?.live) dropLater();
    if (box) Highlights.later(box);
  }

  /** What the background wants done. @param {OverlayStep} what */
  function step(what) {
    switch (what.type) {
      case 'hide': return hide();
      case 'again': return again();
      case 'insert': return insert(what);
      case 'release': return Gate.let(what);
      case 'select': return choose(what);
      case 'copy': Copying.write(what.text); return hide();
      case 'show': return shown && show(shown, what);
      default: return undefined;
    }
  }

  /** The person is shown the words to change. @param {Extract<OverlayStep, { type: 'select' }>} what */
  function choose({ composer, span }) {
    hide();
    const box = Composer.current();
    if (box?.local === composer) Insert.choose(box.element, span);
  }

  /** @param {Extract<OverlayStep, { type: 'insert' }>} what */
  async function insert({ composer, text, cursor, replace, template }) {
    const box = Composer.current();
    // Keys are faster than messages: the words end where they end now.
    if (box && replace && slash !== null) replace = slashWords(box)?.span ?? replace;
    replace ??= shown?.caret ?? null;
    hide();
    if (!box || box.local !== composer) return;
    const outcome = await Keys.calm(() => Insert.put(box.element, text, { replace, cursor }));
    Port.tell({ type: 'inserted', composer, template, outcome });
    if (outcome !== 'ok') Strip.offer(box, text);
    else if (template) box.template = template;
  }

  /** A key for what is shown. @param {string} key */
  async function key(key) {
    const answer = await Port.ask({ type: 'key', key }).catch(() => null);
    if (answer?.type === 'overlay') step(answer.step);
    else if (!answer) key[1] ? hide() : again();
  }

  /** The sign and its words before the caret. @param {Box} box */
  function slashWords({ element }, sign = SLASH) {
    const read = Logical.read(element);
    const caret = Logical.selection(element, read);
    const text = caret?.start === caret?.end && sign.exec(read.text.slice(0, caret?.start))?.[1];
    return caret && text ? { text, span: { start: caret.start - text.length - 1, end: caret.start } } : null;
  }

  /** The composer's text changed: a slash with words opens the picker, and closes it when they are gone. @param {Box} box */
  function typed(box) {
    if (!scope || Keys.busy()) return;
    if (shown?.finding) hide(true);
    if (!Agent.features().picker) return;
    const words = slashWords(box);
    if (!words) {
      if (slash !== null) hide(true);
      if (quiet && box.text[quiet.at] !== '/') quiet = null;
      return;
    }
    const { start: at } = words.span;
    if (quiet?.box === box && quiet.at === at) return;
    if (slash === at && (shown || asked)) { if (shown) ask(words.text); return; }
    // The site shows a menu of its own.
    if (box.element.getAttribute('aria-expanded') === 'true') return;
    slash = at;
    open(box, { type: 'picker', words });
  }

  /** @param {string} text */
  const ask = text => { Port.ask({ type: 'query', text }).catch(again); };

  /** A new background knows nothing of what is shown: it is asked for again. */
  function again() {
    if (shown) open(shown.box, slash === null ? shown.what : { type: 'picker', words: slashWords(/** @type {Box} */ (shown.box)) }, shown);
  }

  return {
    start, prepare, open, hide, step, key, typed,
    /** @param {number} width @param {number} height */
    size(width, height) { if (width && height) { size = [width, height]; place(); } },
    /** @param {Box} box */
    picker(box) {
      if (!Agent.features().picker) return undefined;
      slash = null;
      return open(box, { type: 'picker', words: null });
    },
    /** @param {Box} box @param {FindingView} finding */
    finding: (box, { id }) => open(box, { type: 'finding', id }),
    /** Tab: is there a trigger behind `;` that the background knows? Pressed again before its text is there, it does nothing. @param {Box} box */
    expand(box) {
      const words = slashWords(box, /(?:^|\s);(\S+)$/);
      const known = words && box.verdict?.triggers.includes(words.text);
      if (known && !Keys.busy()) open(box, { type: 'expand', words });
      return known;
    },
    /** To the next or previous finding, from the one shown or the caret. @param {Box} box @param {boolean} back */
    stepFinding: (box, back) => open(box, {
      type: 'step', from: (shown?.finding?.span ?? Logical.selection(box.element))?.start ?? 0, back,
    }),
    /** @param {FindingView} finding */
    isShowing: finding => shown?.finding?.id === finding.id && shown.finding.rule === finding.rule,
    /** Does what is shown of this composer take the key? @param {Box} box @param {string} key */
    takes: (box, key) => shown?.box === box && shown.keys.includes(key),
  };
})();
