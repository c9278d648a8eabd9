'use strict';
// What the pointing tool says of elements (their structure, never their text) and how selectors do on this page. Which
// selector is any good is decided elsewhere.

/** @typedef {import('../agent/protocol').Shape} Shape */
/** @typedef {import('../agent/protocol').Found} Found */
/** @typedef {import('../agent/protocol').PointAsk} PointAsk */
/** @typedef {import('../agent/protocol').PointSaid} PointSaid */

var Shapes = (() => {
  const MOST_ATTRS = 40;
  const MOST_VALUE = 200;
  const MOST_POSTS = 300;
  const MOST_LINKS = 30;
  const SAMPLE = 6;
  const READ = 50;
  /** Told apart, or words for people. */
  const KEPT_BACK = /^(id|class|style|on.*|src|srcset|value|alt|placeholder|content|aria-label|data-rejoinder)$/;
  const BOX = 'textarea, [contenteditable]:not([contenteditable="false"])';
  const LINK = 'a[href]';
  const TIME = 'time, [datetime]';

  /** @type {Map<number, WeakRef<Element>>} */
  const byNumber = new Map();
  /** @type {WeakMap<Element, number>} */
  const numbers = new WeakMap();
  let next = 1;

  /** @param {Element} element */
  function number(element) {
    let known = numbers.get(element);
    if (!known) {
      known = next++;
      numbers.set(element, known);
      byNumber.set(known, new WeakRef(element));
    }
    return known;
  }

  /** @param {number} node */
  const at = node => byNumber.get(node)?.deref() ?? null;

  /** @param {Element} element @returns {Shape} */
  function shape(element) {
    /** @type {Record<string, string>} */
    const attrs = {};
    for (const { name, value } of [...element.attributes].slice(0, MOST_ATTRS)) {
      if (!KEPT_BACK.test(name)) attrs[name] = value.slice(0, MOST_VALUE);
    }
    let nth = 1;
    for (let before = element.previousElementSibling; before; before = before.previousElementSibling) {
      if (before.localName === element.localName && !Life.isOurs(before)) nth += 1;
    }
    return {
      node: number(element), tag: element.localName, id: element.id, classes: [...element.classList], attrs, nth,
      editable: element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable),
    };
  }

  /** @param {Element} element @param {Element | null} [end] not described any more */
  function chain(element, end = null) {
    const all = [];
    for (let up = /** @type {Element | null} */ (element); up && up !== end; up = up.parentElement) all.push(shape(up));
    return all;
  }

  /** @param {Document | Element} root @param {string} css @returns {Element[]} */
  function all(root, css) {
    try {
      return [...root.querySelectorAll(css)].filter(one => !Life.isOurs(one));
    } catch {
      // A selector of a draft that this browser does not read.
      return [];
    }
  }

  /** @param {number} turn @param {Element} element @param {string | null} within @returns {PointSaid} */
  function aim(turn, element, within) {
    const inner = (/** @type {string} */ css) => {
      const found = element.querySelector(css);
      return found ? chain(found, element) : [];
    };
    const way = chain(element);
    const home = within && all(document, within).length ? element.closest(within) : null;
    const inside = home ? way.findIndex(({ node }) => node === number(home)) : -1;
    return {
      kind: 'aim', turn, chain: way, link: inner(LINK), time: inner(TIME), edit: inner(BOX),
      ...(inside < 0 ? {} : { inside }), links: all(element, LINK).slice(0, MOST_LINKS).map(shape),
    };
  }

  /** How a selector does for an element. @param {Element} element @param {string | null} within @param {string} css @returns {Found} */
  function found(element, within, css) {
    const containers = within ? all(document, within).slice(0, MOST_POSTS) : [document];
    const lists = containers.map(container => all(container, css));
    const matches = lists.flat();
    const list = within ? lists[containers.findIndex(container => container === element.closest(within))] : lists[0];
    const alike = (/** @type {Element} */ one) => one.localName === element.localName
      && (!element.classList.length || [...element.classList].some(name => one.classList.contains(name)));
    return {
      hit: Boolean(list?.includes(element)),
      first: list?.[0] === element,
      total: matches.length,
      alike: matches.filter(alike).length,
      nested: within ? 0 : matches.filter(one => one.parentElement?.closest(css)).length,
      of: within ? containers.length : 0,
      posts: lists.filter(({ length }) => length).length,
      most: Math.max(0, ...lists.map(({ length }) => length)),
      sample: matches.slice(0, SAMPLE).map(shape),
    };
  }

  /** Everything that a selector finds, in the containers it is looked for in. @param {string | null} within @param {string} css */
  const matches = (within, css) => (within ? all(document, within) : [document]).flatMap(root => all(root, css));

  /** The page as a draft reads it. @param {any} draft @returns {PointSaid} */
  function read(draft) {
    const posts = (draft.posts ?? []).flatMap((/** @type {any} */ rule, /** @type {number} */ index) => all(document, rule.select)
      .filter(node => !(rule.inside_not && node.parentElement?.closest(rule.inside_not)))
      .slice(0, READ)
      .map(node => ({ local: number(node), rule: index, fields: Reader.fields(node, rule.fields) })));
    let [boxes, sends] = [0, 0];
    for (const rule of draft.composers ?? []) {
      for (const box of all(document, rule.select)) {
        boxes += 1;
        const region = box.closest(rule.region);
        if (region && (rule.send ?? []).some((/** @type {string} */ css) => all(region, css).length)) sends += 1;
      }
    }
    return { kind: 'page', url: location.href, posts, boxes, sends };
  }

  return { at, number, aim, found, matches, read };
})();
