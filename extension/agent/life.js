'use strict';
// What this agent owns on the page, and how all of it goes away again: scopes of listeners, timers, observers and nodes.
// A scope that throws three times switches itself off. Knows nothing of networks, posts or composers.

/** @typedef {import('./protocol').AgentRequest} AgentRequest */
/** @typedef {import('./protocol').AgentAnswer} AgentAnswer */
/** @typedef {import('./protocol').AgentPush} AgentPush */
/** @typedef {import('./protocol').Definition} Definition */
/** @typedef {import('./protocol').PostRule} PostRule */
/** @typedef {import('./protocol').ComposerRule} ComposerRule */
/** @typedef {import('./protocol').Reader} FieldReader */
/** @typedef {import('./protocol').Place} Place */
/** @typedef {import('./protocol').RawPost} RawPost */
/** @typedef {import('./protocol').RawComposer} RawComposer */
/** @typedef {import('./protocol').Passed} Passed */
/** @typedef {import('./protocol').PostView} PostView */
/** @typedef {import('./protocol').StripView} StripView */
/** @typedef {import('./protocol').FindingView} FindingView */
/** @typedef {import('./protocol').OverlayAsk} OverlayAsk */
/** @typedef {import('./protocol').OverlayStep} OverlayStep */
/** @typedef {import('./protocol').Features} Features */
/** @typedef {import('./protocol').Utf16Span} Utf16Span */
/** @typedef {InstanceType<typeof Life.Scope>} Scope */

var Life = (() => {
  /** Attribute on every node of ours; its value is the generation that put it there. */
  const MARK = 'data-rejoinder';
  const generation = [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, '0')).join('');
  const MAX_FAULTS = 3;
  /** What happens in a node of ours is none of the page's business. */
  const OURS = 'click mousedown mouseup pointerdown pointerup keydown keypress keyup input paste dblclick';
  /** Underlines by severity, mildest first, and how their names begin in the page. */
  const SEVERITIES = ['suggestion', 'warning', 'error'];
  const HIGHLIGHT = 'rejoinder-';

  /** Faults by `feature:code:place`. @type {Map<string, number>} */
  const faults = new Map();
  /** Features that switched themselves off. @type {Set<string>} */
  const off = new Set();
  /** @type {Map<string, CSSStyleSheet>} */
  const sheets = new Map();
  const PRUNE = 500;
  /** Told of every fault. @type {() => void} */
  let onFault = () => {};

  /** An owner: what is attached through it goes when it ends. */
  class Scope {
    /** @param {string} name @param {Scope} [parent] the owner's owner */
    constructor(name, parent) {
      this.name = name;
      this.controller = new AbortController();
      /** @type {Set<() => void>} */
      this.ends = new Set();
      /** Nodes of ours, which the page may drop before we do. @type {WeakRef<Element>[]} */
      this.hosts = [];
      /** @type {Scope | undefined} */
      this.parent = parent;
      this.forget = parent ? parent.own(() => this.end()) : () => {};
    }

    get live() { return !this.controller.signal.aborted; }

    /** Runs `end` when the scope ends; the result takes that back. @param {() => void} end */
    own(end) {
      this.ends.add(end);
      return () => { this.ends.delete(end); };
    }

    /** A child scope of the same feature. @param {string} [name] */
    child(name = this.name) { return new Scope(name, this); }

    end() {
      if (!this.live) return;
      this.controller.abort();
      this.forget();
      for (const end of [...this.ends].reverse()) {
        try { end(); } catch { /* the rest must still go */ }
      }
      this.ends.clear();
      for (const host of this.hosts) host.deref()?.remove();
      this.hosts = [];
    }

    /** Counts a fault; the third of one feature ends that feature. @param {string} place @param {unknown} error */
    fault(place, error) {
      const code = error instanceof Error || error instanceof DOMException ? error.name : 'thrown';
      const key = `${this.name}:${code}:${place}`;
      faults.set(key, (faults.get(key) ?? 0) + 1);
      let sum = 0;
      for (const [name, count] of faults) if (name.startsWith(`${this.name}:`)) sum += count;
      if (sum >= MAX_FAULTS && !off.has(this.name)) {
        off.add(this.name);
        /** @type {Scope} */
        let top = this;
        while (top.parent && top.parent.name === this.name) top = top.parent;
        top.end();
      }
      onFault();
    }

    /**
     * `work` with its exceptions counted here, and silent once the scope has ended.
     * @template {unknown[]} A, R
     * @param {string} place @param {(...args: A) => R} work
     * @returns {(...args: A) => R | undefined}
     */
    wrap(place, work) {
      return (...args) => {
        if (!this.live) return undefined;
        try {
          const result = work(...args);
          if (result instanceof Promise) result.catch(error => this.fault(place, error));
          return result;
        } catch (error) {
          this.fault(place, error);
          return undefined;
        }
      };
    }

    /**
     * @param {EventTarget} target @param {string} types separated by spaces @param {(event: any) => unknown} work
     * @param {AddEventListenerOptions} [options]
     */
    listen(target, types, work, options) {
      for (const type of types.split(' ')) {
        target.addEventListener(type, this.wrap(type, work), { ...options, signal: this.controller.signal });
      }
    }

    /**
     * The same on a node of ours: the listener goes with the node, nothing holds either.
     * @param {EventTarget} target @param {string} types @param {(event: any) => unknown} work
     */
    on(target, types, work) {
      for (const type of types.split(' ')) target.addEventListener(type, this.wrap(type, work));
    }

    /** Runs `work` after `ms`; the result cancels it. @param {number} ms @param {string} place @param {() => unknown} work */
    later(ms, place, work) {
      const timer = setTimeout(() => { forget(); this.wrap(place, work)(); }, ms);
      const forget = this.own(() => clearTimeout(timer));
      return () => { clearTimeout(timer); forget(); };
    }

    /** Runs `work` at the next frame; the result cancels it. @param {string} place @param {() => unknown} work */
    frame(place, work) {
      const id = requestAnimationFrame(() => { forget(); this.wrap(place, work)(); });
      const forget = this.own(() => cancelAnimationFrame(id));
      return () => { cancelAnimationFrame(id); forget(); };
    }

    /**
     * A node of ours with a shadow root that the page cannot enter, and hears nothing of; not placed yet, removed with the
     * scope.
     * @param {string} css @param {string} [tag]
     */
    host(css, tag = 'span') {
      const host = document.createElement(tag);
      host.setAttribute(MARK, generation);
      const root = host.attachShadow({ mode: /** @type {ShadowRootMode} */ (Constants.SHADOW) });
      root.adoptedStyleSheets = [sheet(css)];
      this.on(host, OURS, event => event.stopPropagation());
      this.hosts.push(new WeakRef(host));
      if (this.hosts.length % PRUNE === 0) this.hosts = this.hosts.filter(ref => ref.deref());
      return { host, root, drop: () => host.remove() };
    }
  }

  /** One sheet per text, shared by every root. @param {string} css */
  function sheet(css) {
    let made = sheets.get(css);
    if (!made) {
      made = new CSSStyleSheet();
      made.replaceSync(css);
      sheets.set(css, made);
    }
    return made;
  }

  /** An element with attributes and children, for our own roots only. @param {string} tag @param {Record<string, string>} [attrs] @param {...(Node | string)} children */
  function make(tag, attrs = {}, ...children) {
    const element = document.createElement(tag);
    for (const name in attrs) element.setAttribute(name, attrs[name]);
    element.append(...children);
    return element;
  }

  /**
   * Changes the words of an element of ours in place: one browser ends a person's typing, for its undo, at every node that
   * goes anywhere on the page. @param {Node} element @param {string} text
   */
  function words(element, text) {
    const node = /** @type {Text} */ (element.firstChild ?? element.appendChild(new Text()));
    if (node.data !== text) node.data = text;
  }

  /** True for a node that we (or an older agent) put into the page. @param {Node | null} node */
  const isOurs = node => node instanceof Element && node.hasAttribute(MARK);

  /** Removes an older agent's underlines and their rules. */
  function sweepHighlights() {
    for (const kind of SEVERITIES) CSS.highlights.delete(HIGHLIGHT + kind);
    document.adoptedStyleSheets = document.adoptedStyleSheets
      .filter(({ cssRules: [rule] }) => !rule?.cssText.startsWith(`::highlight(${HIGHLIGHT}`));
  }

  /** Removes what an older agent left behind: its world is gone, its nodes are not. */
  function sweep() {
    for (const node of document.querySelectorAll(`[${MARK}]`)) {
      if (node.getAttribute(MARK) !== generation) node.remove();
    }
  }

  const older = /** @type {any} */ (globalThis).Life;
  if (older?.root) older.root.end();

  const root = new Scope('agent');
  return {
    Scope, root, MARK, generation, faults, off, isOurs, make, words, sheet, sweep, sweepHighlights, SEVERITIES, HIGHLIGHT,
    /** @param {() => void} told */
    watchFaults(told) { onFault = told; },
  };
})();
