'use strict';
// Runs a site definition's readers over the page and returns raw strings. What they mean is decided in Rust; how a
// reader and the text of a node work is written down in `src/site/definition.rs` and `src/site/text.rs`, and this file
// does the same, step by step.

var Reader = (() => {
  const BLOCK = new Set(('ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER '
    + 'FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TD TH TR UL').split(' '));
  const DROPPED = new Set(('AUDIO CANVAS IFRAME NOSCRIPT OBJECT SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA TITLE '
    + 'VIDEO').split(' '));
  const GAP = /[ \t\n\r\f]+/;
  const EDGES = /^[ \t\n\r\f]+|[ \t\n\r\f]+$/g;

  /** Patterns of the definition, compiled once. @type {Map<string, RegExp>} */
  const patterns = new Map();

  /** @param {string} source */
  function pattern(source) {
    let made = patterns.get(source);
    if (!made) patterns.set(source, made = new RegExp(source, 'u'));
    return made;
  }

  /** Writes text with gaps and line breaks only between characters. */
  class Writer {
    out = '';
    gap = false;
    lines = 0;

    /** @param {string} text @param {boolean} pre */
    text(text, pre) {
      if (pre) {
        text.split('\n').forEach((line, i) => {
          if (i) this.lines += 1;
          this.words(line);
        });
      } else {
        this.words(text);
      }
    }

    /** @param {string} text */
    words(text) {
      const words = text.split(GAP);
      for (let i = 0; i < words.length; i++) {
        if (i) this.gap = true;
        if (words[i]) this.write(words[i]);
      }
    }

    /** @param {string} word */
    write(word) {
      if (this.out) {
        if (this.lines) this.out += this.lines > 1 ? '\n\n' : '\n';
        else if (this.gap) this.out += ' ';
      }
      this.gap = false;
      this.lines = 0;
      this.out += word;
    }

    edge() { this.lines ||= 1; }
  }

  /** @param {Node} node @param {Writer} writer @param {boolean} pre @param {FieldReader} how */
  function walk(node, writer, pre, how) {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === Node.TEXT_NODE) {
        writer.text(/** @type {Text} */ (child).data, pre);
      } else if (child.nodeType === Node.ELEMENT_NODE) {
        const element = /** @type {Element} */ (child);
        const tag = element.tagName.toUpperCase();
        if (tag === 'BR') { writer.lines += 1; continue; }
        if (DROPPED.has(tag) || (how.skip && element.matches(how.skip)) || element.hasAttribute(Life.MARK)) continue;
        if (tag === 'IMG') { writer.text(element.getAttribute('alt') ?? '', false); continue; }
        const block = (how.block && element.matches(how.block)) || (!how.inline && BLOCK.has(tag));
        if (block) writer.edge();
        walk(element, writer, pre || tag === 'PRE', how);
        if (block) writer.edge();
      }
    }
  }

  /** The text of a node. @param {Element | Document} node @param {FieldReader} [how] */
  function text(node, how = {}) {
    const writer = new Writer();
    walk(node, writer, Boolean(how.pre), how);
    return writer.out;
  }

  /** @param {Element | Document} candidate @param {FieldReader} how */
  function value(candidate, how) {
    if (how.present) return '1';
    if (how.attr) return /** @type {Element} */ (candidate).getAttribute?.(how.attr) ?? '';
    if (how.prop) return String(/** @type {any} */ (candidate)[how.prop] ?? '');
    return text(candidate, how);
  }

  /** @param {string} raw @param {FieldReader} how */
  function refine(raw, how) {
    if (how.re) {
      const found = pattern(how.re).exec(raw);
      if (!found) return '';
      raw = (found.length > 1 ? found[1] : found[0]) ?? '';
    }
    return raw.replace(EDGES, '');
  }

  /** The host of the open shadow root around a node. @param {Node} node */
  function host(node) {
    const root = node.getRootNode();
    return root instanceof ShadowRoot ? root.host : null;
  }

  /**
   * The nearest match at `node` or above it, out of open shadow roots too.
   * @param {Element | null | undefined} node @param {string} css
   */
  function closest(node, css) {
    let found = null;
    for (; node && !found; node = host(node)) found = node.closest(css);
    return found;
  }

  /** One reader's answer, empty when it has none. @param {Element | Document} node @param {FieldReader} how */
  function one(node, how) {
    if (how.location) return refine(location.href, how);
    /** @type {Element | Document | null} */
    let start = how.document ? document : node;
    const up = how.closest ?? how.above;
    if (up) start = node instanceof Element ? closest(how.closest ? node : node.parentElement ?? host(node), up) : null;
    if (!start) return '';
    if (!how.css) return refine(value(start, how), how);
    // Nearly always the first match answers.
    const first = start.querySelector(how.css);
    const answer = first && answerOf(first, start, how);
    if (!first || answer) return answer ?? '';
    for (const candidate of start.querySelectorAll(how.css)) {
      const answer = answerOf(candidate, start, how);
      if (answer) return answer;
    }
    return '';
  }

  /** @param {Element} candidate @param {Element | Document} start @param {FieldReader} how */
  function answerOf(candidate, start, how) {
    const within = how.not_in ? candidate.closest(how.not_in) : null;
    if (within && within !== start && start.contains(within)) return '';
    return refine(value(candidate, how), how);
  }

  /** The first reader that answers. @param {Element | Document} node @param {FieldReader[] | undefined} readers */
  function field(node, readers) {
    for (const how of readers ?? []) {
      const answer = one(node, how);
      if (answer) return answer;
    }
    return '';
  }

  /** Every field that has an answer. @param {Element | Document} node @param {Record<string, FieldReader[]>} rules */
  function fields(node, rules) {
    /** @type {Record<string, string>} */
    const found = {};
    for (const name in rules) {
      const answer = field(node, rules[name]);
      if (answer) found[name] = answer;
    }
    return found;
  }

  /** The roots a definition searches: the document and the open shadow roots it names. @param {Definition} definition */
  function* roots(definition) {
    yield document;
    if (!definition.roots.length) return;
    const selector = definition.roots.join(',');
    /** @type {(Document | ShadowRoot)[]} */
    const queue = [document];
    for (let at = queue.pop(); at; at = queue.pop()) {
      for (const element of at.querySelectorAll(selector)) {
        if (element.shadowRoot) {
          queue.push(element.shadowRoot);
          yield element.shadowRoot;
        }
      }
    }
  }

  /** Puts `node` where `place` says, seen from `anchor`. @param {Element} anchor @param {Node} node @param {string} put */
  function put(anchor, node, put) {
    const element = /** @type {Element} */ (node);
    if (put === 'after') anchor.after(element);
    else if (put === 'before') anchor.before(element);
    else if (put === 'append') anchor.append(element);
    else anchor.prepend(element);
  }

  return { text, host, closest, field, fields, roots, put };
})();
