'use strict';
// The pointing tool: a bar and outlines over the page, with which a person shows where a forum keeps its posts. It is put
// into the one tab where somebody asked for it, talks to the page that put it there and to nobody else, takes nothing but
// what a person does, and leaves no trace. Behind its shield a click presses nothing on the page.

var Point = (() => {
  /** @type {any} */ (globalThis).Point?.end();

  const LONELY_MS = 15000;
  const SAID = 60;

  const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;
  const scope = new Life.Scope('point');

  /** @type {any} */
  let port = null;
  /** @type {Record<string, string>} */
  let words = {};
  let lang = 'en';
  /** @type {PointDrawn | null} */
  let drawn = null;
  /** @type {string | null} */
  let within = null;
  let turn = 0;
  /** @type {Element | null} */
  let aimed = null;
  /** Narrower choices one can go back to. @type {Element[]} */
  let narrower = [];
  /** Chosen by key or button: the pointer moves inside it without choosing anew. */
  let held = false;
  /** @type {{ turn: number, selector: string | null, within: string | null, node: number } | null} */
  let shown = null;
  let wanted = 0;
  let paused = false;

  /** @param {PointSaid} said */
  function tell(said) {
    try { port?.postMessage(said); } catch { end(); }
  }

  const end = () => scope.end();

  /** @param {any} opened */
  function connected(opened) {
    if (opened.name !== 'point' || opened.sender?.id !== api.runtime.id) return;
    if (port) { opened.disconnect(); return; }
    port = opened;
    port.onMessage.addListener(scope.wrap('asked', asked));
    port.onDisconnect.addListener(() => { void api.runtime?.lastError; port = null; end(); });
    tell({ kind: 'ready' });
  }

  /** @param {PointAsk} ask */
  function asked(ask) {
    if (ask.type === 'words') ({ words, lang } = ask);
    else if (ask.type === 'step') step(ask);
    else if (ask.type === 'try') {
      const element = Shapes.at(ask.node);
      const tries = element ? ask.selectors.map(css => Shapes.found(element, ask.within, css)) : [];
      tell({ kind: 'tried', turn: ask.turn, tries });
    } else if (ask.type === 'show') show(ask);
    else if (ask.type === 'read') {
      if (drawn) { paused = true; cover(); say('.line', words.point_reading); }
      tell(Shapes.read(ask.definition));
    } else end();
  }

  /** @param {Extract<PointAsk, { type: 'step' }>} ask */
  function step(ask) {
    drawn ??= build();
    ({ within } = ask);
    [paused, held, narrower, shown, wanted] = [false, false, [], null, 0];
    const lasting = aimed?.isConnected ? aimed : document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    say('.line', '');
    say('.number', ask.number);
    say('.title', ask.title);
    say('.help', ask.help);
    part('[data-act="skip"]').hidden = !ask.optional;
    cover();
    drawn.bar.focus();
    const start = ask.aim ? Shapes.at(ask.aim) : null;
    if (start) { held = true; start.scrollIntoView({ block: 'nearest' }); }
    const first = start ?? (lasting && !Life.isOurs(lasting) ? lasting : document.body);
    aimAt(first.closest('body *') ?? document.body);
  }

  /** @param {string} css */
  const part = css => /** @type {HTMLElement} */ (/** @type {PointDrawn} */ (drawn).root.querySelector(css));

  /** @param {string} css @param {string} text */
  function say(css, text) { part(css).textContent = text; }

  function build() {
    const made = Bar.make(scope, words, lang);
    const { host, shield, bar } = made;
    scope.listen(shield, 'pointermove', moved, { passive: true });
    scope.listen(shield, 'click', event => { if (event.isTrusted) { moved(event); pick(); } });
    scope.listen(shield, 'wheel', wheel, { passive: true });
    scope.listen(bar, 'click', event => { if (event.isTrusted) act(event.target.closest?.('[data-act]')?.dataset.act); });
    // What happens in our root is none of the page's business.
    for (const type of ['click', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'dblclick', 'auxclick', 'contextmenu']) {
      scope.listen(host, type, event => event.stopPropagation());
    }
    scope.listen(window, 'keydown', key, { capture: true });
    scope.listen(window, 'keypress keyup', event => { if (!paused) event.stopImmediatePropagation(); }, { capture: true });
    scope.listen(window, 'scroll resize', () => scope.frame('outline', outline), { capture: true, passive: true });
    return made;
  }

  /** Takes the page, or lets the person use it. */
  function cover() {
    if (!drawn) return;
    drawn.shield.hidden = drawn.boxes.hidden = paused;
    for (const css of ['.help', '.steps', '.acts', '.keys', '[data-act="use"]']) part(css).hidden = paused;
    part('[data-act="go_on"]').hidden = !paused;
  }

  /** @param {string | undefined} what */
  function act(what) {
    if (what === 'pick') pick();
    else if (what === 'wider') widen();
    else if (what === 'narrower') narrow();
    else if (what === 'another') tell({ kind: 'another', turn });
    else if (what === 'move') drawn?.bar.classList.toggle('top');
    else if (what === 'skip') tell({ kind: 'skip' });
    else if (what === 'back') tell({ kind: 'back' });
    else if (what === 'cancel') tell({ kind: 'cancel' });
    else if (what === 'use' || what === 'go_on') {
      paused = what === 'use';
      cover();
      (paused ? part('[data-act="go_on"]') : drawn?.bar)?.focus();
      if (!paused && aimed) aimAt(aimed.isConnected ? aimed : document.body);
    }
  }

  /** @param {PointerEvent} event */
  function moved(event) {
    if (!event.isTrusted) return;
    const under = document.elementsFromPoint(event.clientX, event.clientY).find(one => !Life.isOurs(one));
    if (!under || under === aimed || (held && aimed?.contains(under))) return;
    [held, narrower] = [false, []];
    aimAt(under);
  }

  /** The shield stands still: what scrolls lies under it. @param {WheelEvent} event */
  function wheel(event) {
    const under = document.elementsFromPoint(event.clientX, event.clientY).find(one => !Life.isOurs(one));
    for (let at = under; at && at !== document.scrollingElement && at !== document.body; at = at.parentElement ?? undefined) {
      const scrolls = at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY);
      if (!scrolls) continue;
      at.scrollBy(event.deltaX, event.deltaY);
      return;
    }
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!event.isTrusted || paused || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    event.stopImmediatePropagation();
    const own = /** @type {HTMLElement} */ (event.composedPath()[0]);
    const onButton = own instanceof HTMLButtonElement && drawn?.bar.contains(own);
    if (onButton && (event.key === 'Enter' || event.key === ' ') && !event.repeat) return;
    if (/^(PageUp|PageDown|Home|End)$/.test(event.key)) return;
    event.preventDefault();
    if (event.key === 'Tab') rotate(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowUp') widen();
    else if (event.key === 'ArrowDown') narrow();
    else if (event.key === 'ArrowLeft') beside('previousElementSibling');
    else if (event.key === 'ArrowRight') beside('nextElementSibling');
    else if (event.repeat) return;
    else if (event.key === 'Enter') pick();
    else if (event.key === 'Escape') tell({ kind: 'back' });
  }

  /** Focus stays among our buttons. @param {number} by */
  function rotate(by) {
    const buttons = [.../** @type {PointDrawn} */ (drawn).bar.querySelectorAll('button')].filter(one => one.checkVisibility());
    const now = buttons.indexOf(/** @type {any} */ (drawn?.root.activeElement));
    buttons[(now + by + buttons.length) % buttons.length]?.focus();
  }

  function widen() {
    const up = aimed?.parentElement;
    if (!aimed || !up || up === document.documentElement) return;
    narrower.push(aimed);
    choose(up);
  }

  function narrow() {
    const down = narrower.pop() ?? aimed?.firstElementChild;
    if (down && !Life.isOurs(down)) choose(down);
  }

  /** @param {'previousElementSibling' | 'nextElementSibling'} way */
  function beside(way) {
    let next = aimed?.[way];
    while (next && (Life.isOurs(next) || !next.checkVisibility())) next = next[way];
    if (!next) return;
    narrower = [];
    choose(next);
  }

  /** @param {Element} element */
  function choose(element) {
    held = true;
    element.scrollIntoView({ block: 'nearest' });
    aimAt(element);
    const [{ top, bottom, height }, bar] = [element.getBoundingClientRect(), /** @type {PointDrawn} */ (drawn).bar];
    const own = bar.getBoundingClientRect();
    if (bottom > own.top && top < own.bottom && height < innerHeight / 2) bar.classList.toggle('top');
  }

  /** @param {Element} element */
  function aimAt(element) {
    aimed = element;
    turn += 1;
    shown = null;
    outline();
    say('.what', `<${element.localName}> ${(element.textContent ?? '').trim().slice(0, SAID)}`);
    tell(Shapes.aim(turn, element, within));
  }

  function pick() {
    if (shown?.turn === turn && shown.selector) tell({ kind: 'pick', turn });
    // The answer is on its way: what was meant is taken when it comes.
    else if (!shown) wanted = turn;
  }

  /** @param {Extract<PointAsk, { type: 'show' }>} ask */
  function show(ask) {
    if (!drawn || ask.turn !== turn) return;
    shown = ask;
    const line = part('.line');
    line.replaceChildren(Life.make('b', {}, ask.line), ask.why ? ` · ${ask.why}` : '');
    part('[data-act="pick"]').setAttribute('aria-disabled', String(!ask.selector));
    part('[data-act="another"]').hidden = !ask.selector;
    outline();
    if (wanted === turn) { wanted = 0; pick(); }
  }

  /** Draws what is aimed at and what the selector finds. */
  function outline() {
    if (!drawn) return;
    const meant = shown ? Shapes.at(shown.node) ?? aimed : aimed;
    const others = shown?.selector ? Shapes.matches(shown.within, shown.selector).filter(one => one !== meant) : [];
    const all = [...others.slice(0, 100), ...(meant ? [meant] : [])];
    const rects = all.map(one => one.getBoundingClientRect());
    drawn.boxes.replaceChildren(...rects.flatMap((rect, index) => {
      if (rect.bottom < 0 || rect.top > innerHeight) return [];
      const box = Life.make('div', { class: all[index] === meant ? 'box aim' : 'box' });
      Object.assign(box.style, { left: `${rect.left}px`, top: `${rect.top}px`, width: `${rect.width}px`, height: `${rect.height}px` });
      return [box];
    }));
  }

  api.runtime.onConnect.addListener(connected);
  scope.own(() => {
    try {
      api.runtime.onConnect.removeListener(connected);
      port?.disconnect();
    } catch { /* the extension is gone */ }
    [port, drawn, aimed, narrower] = [null, null, null, []];
  });
  scope.later(LONELY_MS, 'lonely', () => { if (!port) end(); });

  return { end };
})();
