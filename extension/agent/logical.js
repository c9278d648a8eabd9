'use strict';
// One logical text per editable, with UTF-16 offsets that map to DOM positions and back. Lines of a contenteditable are
// its blocks and breaks; a break that only holds an empty line open adds nothing. Reads only, never writes.

var Logical = (() => {
  const BLOCK = new Set(('ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI '
    + 'MAIN NAV OL P PRE SECTION TABLE TD TH TR UL').split(' '));
  /** What editors put in to hold a caret; never part of the text. */
  const FILLER = /[\u200b\u2060\ufeff]/g;

  /** A stretch of the text and the node it stands in. @typedef {{ start: number, length: number, node: Node }} Piece */
  /** @typedef {{ text: string, pieces: Piece[] }} Read */

  /** @param {Element} element @returns {element is HTMLTextAreaElement | HTMLInputElement} */
  const isField = element => element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;

  /** @param {Element} element @returns {Read} */
  function read(element) {
    if (isField(element)) return { text: element.value, pieces: [] };
    /** @type {Piece[]} */
    const pieces = [];
    let text = '';
    let used = false;     // the line at hand holds something
    let closed = false;   // a block ended: what comes next stands on a new line
    let pending = false;  // a BR: ends the line only if something follows in the same block
    const edge = () => { if (used) closed = true; pending = false; };
    const begin = () => {
      if (closed || pending) text += '\n';
      closed = pending = false;
      used = true;
    };
    const keeps = getComputedStyle(element).whiteSpace.startsWith('pre');

    /** @param {Node} node */
    const walk = node => {
      for (let child = node.firstChild; child; child = child.nextSibling) {
        if (child.nodeType === Node.TEXT_NODE) {
          let { data } = /** @type {Text} */ (child);
          if (!data.replace(FILLER, '')) continue;
          if (!keeps) {
            data = data.replace(/[\t\n\r]/g, ' ');
            // White space between blocks is not text.
            if (!data.trim() && (!used || closed)) continue;
          }
          begin();
          pieces.push({ start: text.length, length: data.length, node: child });
          text += data;
        } else if (child instanceof HTMLBRElement) {
          begin();
          pending = true;
        } else if (child instanceof Element && !child.hasAttribute('data-slate-placeholder')) {
          const alt = child instanceof HTMLImageElement ? child.alt : '';
          if (alt) {
            begin();
            pieces.push({ start: text.length, length: alt.length, node: child });
            text += alt;
          }
          const block = BLOCK.has(child.tagName);
          if (block) edge();
          walk(child);
          if (block) edge();
        }
      }
    };
    walk(element);
    return { text, pieces };
  }

  /** The piece that holds `offset`; at a border the one that ends there if `before`, else the one that starts. @param {Piece[]} pieces @param {number} offset @param {boolean} before */
  function pieceAt(pieces, offset, before) {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before ? pieces[middle].start < offset : pieces[middle].start <= offset) low = middle + 1;
      else high = middle;
    }
    return pieces[Math.max(low - 1, 0)];
  }

  /** @param {Piece} piece @param {number} offset @returns {[Node, number]} */
  function place(piece, offset) {
    const inside = Math.min(Math.max(offset - piece.start, 0), piece.length);
    if (piece.node.nodeType === Node.TEXT_NODE) return [piece.node, inside];
    const parent = /** @type {Node} */ (piece.node.parentNode);
    return [parent, [...parent.childNodes].indexOf(/** @type {ChildNode} */ (piece.node)) + (inside ? 1 : 0)];
  }

  /** The DOM range of a span of a contenteditable's text; null when the text has no node there. @param {Read} read @param {number} start @param {number} end */
  function range({ pieces }, start, end) {
    if (!pieces.length) return null;
    const from = pieceAt(pieces, start, false);
    const to = pieceAt(pieces, end, end > start);
    const made = document.createRange();
    made.setStart(...place(from, start));
    made.setEnd(...place(to, end));
    return made;
  }

  /** Where a DOM position stands in the text. @param {Read} read @param {Node} node @param {number} offset */
  function offset({ text, pieces }, node, offset) {
    for (const piece of pieces) {
      if (piece.node === node && node.nodeType === Node.TEXT_NODE) return piece.start + Math.min(offset, piece.length);
    }
    // An element position: the first piece that stands at or after it.
    const child = node.childNodes[offset] ?? null;
    for (const piece of pieces) {
      const after = child
        ? child === piece.node || child.contains(piece.node)
          || child.compareDocumentPosition(piece.node) & Node.DOCUMENT_POSITION_FOLLOWING
        : !node.contains(piece.node) && node.compareDocumentPosition(piece.node) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (after) return piece.start;
    }
    return text.length;
  }

  /** The selection inside an editable, as a span of its text; null when it is elsewhere. @param {Element} element @param {Read} [known] */
  function selection(element, known) {
    if (isField(element)) {
      return element.selectionStart === null ? null
        : { start: element.selectionStart, end: /** @type {number} */ (element.selectionEnd) };
    }
    const range = selected(element);
    if (!range || !element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
    const text = known ?? read(element);
    const start = offset(text, range.startContainer, range.startOffset);
    return {
      start,
      end: range.collapsed ? start : Math.max(start, offset(text, range.endContainer, range.endOffset)),
    };
  }

  /** The selected range as seen from an editable, which may live in an open shadow root. @param {Element} element @returns {AbstractRange | null} */
  function selected(element) {
    const root = element.getRootNode();
    const selection = /** @type {any} */ (root).getSelection?.() ?? document.getSelection();
    if (!selection) return null;
    if (root instanceof ShadowRoot && selection.getComposedRanges) {
      const [found] = selection.getComposedRanges({ shadowRoots: [root] });
      if (found && element.contains(found.startContainer)) return found;
    }
    return selection.rangeCount ? selection.getRangeAt(0) : null;
  }

  /** How much two texts share at their beginning and then at their end. @param {string} a @param {string} b */
  function edges(a, b) {
    const most = Math.min(a.length, b.length);
    let head = 0;
    while (head < most && a[head] === b[head]) head++;
    let tail = 0;
    while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
    return { head, tail };
  }

  return { read, range, offset, selection, edges, isField };
})();
