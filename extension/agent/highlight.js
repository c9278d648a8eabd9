'use strict';
// Underlines in a composer: highlights of the browser over a contenteditable, a transparent twin over a field. Nothing
// goes into the editor. The word at the caret is never underlined, and a new underline waits until the writing rests.

var Highlights = (() => {
  const PAUSE_MS = 600;
  const { SEVERITIES: KINDS, HIGHLIGHT: NAME } = Life;
  const LINES = {
    suggestion: 'underline dotted #1a73e8 2px',
    warning: 'underline dashed #b06000 2px',
    error: 'underline wavy #d93025 1.5px',
  };
  const rules = (/** @type {(kind: string) => string} */ select) => Object.entries(LINES)
    .map(([kind, line]) => `${select(kind)} { text-decoration: ${line}; text-underline-offset: 2px; }`).join('\n');
  const PAGE_CSS = rules(kind => `::highlight(${NAME}${kind})`);
  const MIRROR_CSS = `
    :host { all: initial !important; position: absolute !important; width: 0 !important; height: 0 !important;
      pointer-events: none !important; }
    .mirror { position: absolute; overflow: hidden; color: transparent; border-color: transparent; border-style: solid;
      background: none; margin: 0; }
    ${rules(kind => `.${kind}`)}
    @media (forced-colors: active) { .mirror { forced-color-adjust: none; } }`;
  /** What decides where a field breaks its lines. */
  const SHAPE = ['font', 'letterSpacing', 'wordSpacing', 'lineHeight', 'textIndent', 'textTransform', 'textAlign', 'direction',
    'tabSize', 'paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft', 'borderTopWidth', 'borderRightWidth',
    'borderBottomWidth', 'borderLeftWidth', 'wordBreak', 'overflowWrap', 'fontKerning', 'fontFeatureSettings'];

  /** @typedef {{ host: HTMLElement, mirror: HTMLElement, drop: () => void }} Mirror */

  /** @type {Scope | null} */
  let scope = null;
  /** @type {WeakMap<Element, Mirror>} */
  let mirrors = new WeakMap();
  /** Findings shown before, by what they say about which words. @type {WeakMap<Element, Set<string>>} */
  let settled = new WeakMap();
  /** @type {Map<string, Highlight>} */
  const registered = new Map();
  /** The box to draw at the next frame. @type {Box | null} */
  let due = null;
  /** @type {() => void} */
  let stopWaiting = () => {};

  /** @param {Scope} owner */
  function start(owner) {
    scope = owner;
    for (const kind of KINDS) {
      const highlight = new Highlight();
      highlight.priority = KINDS.indexOf(kind);
      registered.set(kind, highlight);
      CSS.highlights.set(NAME + kind, highlight);
    }
    scope.own(() => {
      for (const kind of KINDS) CSS.highlights.delete(NAME + kind);
      const sheet = Life.sheet(PAGE_CSS);
      for (const root of styled) root.adoptedStyleSheets = root.adoptedStyleSheets.filter(it => it !== sheet);
      styled.clear();
      registered.clear();
      mirrors = new WeakMap();
      settled = new WeakMap();
      due = null;
      scope = null;
    });
    scope.listen(document, 'click', clicked, { capture: true });
    scope.listen(document, 'scroll', event => {
      const box = Composer.current();
      const mirror = box && mirrors.get(box.element);
      if (mirror && event.composedPath()[0] === box.element) follow(box.element, mirror);
    }, { capture: true, passive: true });
    const box = Composer.current();
    if (box) later(box);
  }

  /** Roots that carry our highlight rules. @type {Set<Document | ShadowRoot>} */
  const styled = new Set();

  /** A page may replace its sheets at any time. @param {Element} element */
  function style(element) {
    const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
    const sheet = Life.sheet(PAGE_CSS);
    if (root.adoptedStyleSheets.includes(sheet)) return;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    styled.add(root);
  }

  /** Draws at the next frame, once: the box that asked last. @param {Box} box */
  function later(box) {
    const queued = due;
    due = scope && box;
    if (!scope || queued) return;
    scope.frame('underline', () => {
      const box = /** @type {Box} */ (due);
      due = null;
      draw(box);
    });
  }

  /** @param {Box} box */
  function draw(box) {
    // The page may have taken the box away since it was asked for.
    if (!box.element.isConnected) return;
    const shown = visible(box);
    if (Logical.isField(box.element)) drawField(box.element, shown);
    else drawRanges(box.element, shown);
  }

  /** What may be underlined now; asks again later for what has to wait. @param {Box} box */
  function visible(box) {
    const caret = Logical.selection(box.element);
    const known = settled.get(box.element) ?? new Set();
    const rest = performance.now() - box.editedAt;
    let waits = false;
    const next = new Set();
    const shown = box.findings.filter(finding => {
      const { start, end } = finding.span;
      const key = `${finding.rule}|${finding.matched}`;
      if (caret && caret.start === caret.end && touches(box.text, caret.start, start, end) && Composer.focused() === box
        && !Overlay.isShowing(finding)) return false;
      if (!known.has(key) && rest < PAUSE_MS && !ended(box.text, end, caret?.start ?? 0)) {
        waits = true;
        return false;
      }
      next.add(key);
      return true;
    });
    settled.set(box.element, new Set([...known].filter(key => box.findings.some(f => `${f.rule}|${f.matched}` === key)).concat([...next])));
    stopWaiting();
    if (waits && scope) stopWaiting = scope.later(PAUSE_MS - rest + 1, 'rest', () => later(box));
    return shown;
  }

  /** Is the caret's word part of the span? @param {string} text @param {number} caret @param {number} start @param {number} end */
  function touches(text, caret, start, end) {
    const wordStart = caret - (/[\p{L}\p{N}'’-]*$/u.exec(text.slice(0, caret))?.[0].length ?? 0);
    const wordEnd = caret + (/^[\p{L}\p{N}'’-]*/u.exec(text.slice(caret))?.[0].length ?? 0);
    return wordStart < end && wordEnd > start;
  }

  /** Has the sentence of these words ended before the caret? @param {string} text @param {number} end @param {number} caret */
  const ended = (text, end, caret) => caret > end && /[.!?…\n]/.test(text.slice(end - 1, caret));

  /** @param {HTMLElement} element @param {FindingView[]} findings */
  function drawRanges(element, findings) {
    style(element);
    const read = Logical.read(element);
    for (const [kind, highlight] of registered) {
      highlight.clear();
      for (const { span, severity } of findings) {
        const range = severity === kind ? Logical.range(read, span.start, span.end) : null;
        if (range) highlight.add(range);
      }
    }
  }

  /** @param {HTMLTextAreaElement | HTMLInputElement} field @param {FindingView[]} findings */
  function drawField(field, findings) {
    let mirror = mirrors.get(field);
    if (!findings.length) { mirror?.drop(); mirrors.delete(field); return; }
    const twin = mirror = reflect(field);
    /** @type {[string, string][]} */
    const parts = [];
    let at = 0;
    for (const { span, severity } of findings) {
      if (span.start < at) continue;
      parts.push(['', field.value.slice(at, span.start)], [severity, field.value.slice(span.start, span.end)]);
      at = span.end;
    }
    parts.push(['', field.value.slice(at) + '\u200b']);
    const spans = twin.mirror.children;
    for (let i = 0; i < Math.max(parts.length, spans.length); i++) {
      const [kind, text] = parts[i] ?? ['', ''];
      const span = spans[i] ?? twin.mirror.appendChild(Life.make('span'));
      span.className = kind;
      Life.words(span, text);
    }
    follow(field, mirror);
  }

  /** The field's twin, shaped like it now. @param {HTMLTextAreaElement | HTMLInputElement} field */
  function reflect(field) {
    let made = mirrors.get(field);
    if (!made?.host.isConnected) {
      const { host, root, drop } = /** @type {Scope} */ (scope).host(MIRROR_CSS);
      const mirror = Life.make('div', { class: 'mirror', 'aria-hidden': 'true' });
      root.append(mirror);
      field.after(host);
      made = { host, mirror, drop };
      mirrors.set(field, made);
    }
    const { mirror } = made;
    const computed = /** @type {any} */ (getComputedStyle(field));
    for (const name of SHAPE) /** @type {any} */ (mirror.style)[name] = computed[name];
    mirror.style.boxSizing = 'border-box';
    mirror.style.whiteSpace = field instanceof HTMLTextAreaElement ? 'pre-wrap' : 'pre';
    mirror.style.overflowWrap = 'break-word';
    return made;
  }

  /** Puts the twin over the field, reading first and writing last. @param {Element} field @param {Mirror} made */
  function follow(field, { host, mirror }) {
    const there = field.getBoundingClientRect();
    const here = host.getBoundingClientRect();
    const bar = /** @type {HTMLElement} */ (field).offsetWidth - field.clientWidth
      - parseFloat(mirror.style.borderLeftWidth) - parseFloat(mirror.style.borderRightWidth);
    const { scrollTop, scrollLeft } = field;
    mirror.style.left = `${there.left - here.left}px`;
    mirror.style.top = `${there.top - here.top}px`;
    mirror.style.width = `${there.width - bar}px`;
    mirror.style.height = `${there.height}px`;
    mirror.scrollTop = scrollTop;
    mirror.scrollLeft = scrollLeft;
  }

  /** A click that leaves the caret in a finding opens its card. @param {MouseEvent} event */
  function clicked(event) {
    const box = Composer.focused();
    if (!box || !event.isTrusted || !event.composedPath().includes(box.element)) return;
    const caret = Logical.selection(box.element);
    if (!caret || caret.start !== caret.end) return;
    const hit = box.findings.find(({ span }) => span.start <= caret.start && caret.start <= span.end);
    if (hit) Overlay.finding(box, hit);
  }

  /** Where a span stands on the screen. @param {Box} box @param {Utf16Span} span @returns {DOMRect} */
  function rect(box, span) {
    const { element } = box;
    if (Logical.isField(element)) {
      const had = mirrors.has(element);
      const made = reflect(element);
      if (!had) made.mirror.textContent = element.value + '\u200b';
      follow(element, made);
      const whole = element.getBoundingClientRect();
      const range = rangeIn(made.mirror, span);
      const found = range.getBoundingClientRect();
      if (!had) { made.drop(); mirrors.delete(element); }
      return found.height && found.bottom <= whole.bottom + 40 ? found : whole;
    }
    const range = Logical.range(Logical.read(element), span.start, span.end);
    const found = range?.getBoundingClientRect();
    return found?.height ? found : element.getBoundingClientRect();
  }

  /** @param {Element} mirror @param {Utf16Span} span */
  function rangeIn(mirror, { start, end }) {
    const range = document.createRange();
    const walker = document.createTreeWalker(mirror, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { length } = /** @type {Text} */ (node);
      if (start >= at && start <= at + length) range.setStart(node, start - at);
      if (end >= at && end <= at + length) { range.setEnd(node, end - at); break; }
      at += length;
    }
    return range;
  }

  return { start, later, rect };
})();
