'use strict';
// What is known of the posts on the page, by the post's own identity and never by node, since feeds recycle nodes. The
// least recently seen posts are forgotten.

var Known = (() => {
  const KEEP = 2000;

  /** @typedef {{ local: number, rule: number, key: string, view: PostView | null, nodes: WeakRef<Element>[] }} Entry */

  let nextLocal = 1;
  /** By number, oldest use first. @type {Map<number, Entry>} */
  const byLocal = new Map();
  /** @type {Map<string, Entry>} */
  const byKey = new Map();
  /** @type {WeakMap<Element, Entry>} */
  let bound = new WeakMap();

  /** The post with this identity, if it was read; an empty identity is nobody's. @param {string} key */
  function find(key) {
    const entry = key ? byKey.get(key) : undefined;
    if (entry) {
      byLocal.delete(entry.local);
      byLocal.set(entry.local, entry);
    }
    return entry;
  }

  /** @param {string} key @param {number} rule @returns {Entry} */
  function add(key, rule) {
    const entry = { local: nextLocal++, rule, key, view: null, nodes: [] };
    byLocal.set(entry.local, entry);
    if (key) byKey.set(key, entry);
    if (byLocal.size > KEEP) forget(/** @type {number} */ (byLocal.keys().next().value));
    return entry;
  }

  /** @param {number} local */
  function forget(local) {
    const entry = byLocal.get(local);
    if (!entry) return;
    for (const node of nodes(entry)) bound.delete(node);
    byLocal.delete(local);
    byKey.delete(entry.key);
  }

  /** Says that `node` shows this post now. @param {Element} node @param {Entry} entry */
  function bind(node, entry) {
    bound.set(node, entry);
    entry.nodes = entry.nodes.length ? [...nodes(entry), node].map(live => new WeakRef(live)) : [new WeakRef(node)];
  }

  /** Containers that show this post. @param {Entry | undefined} entry */
  function nodes(entry) {
    /** @type {Set<Element>} */
    const live = new Set();
    for (const ref of entry?.nodes ?? []) {
      const node = ref.deref();
      if (node?.isConnected && bound.get(node) === entry) live.add(node);
    }
    return [...live];
  }

  return {
    find, add, forget, bind, nodes,
    /** @param {number} local */
    at: local => byLocal.get(local),
    /** @param {Element} node */
    of: node => bound.get(node),
    /** @param {Element} node */
    unbind(node) { bound.delete(node); },
    /** Every container that shows a post. */
    all: () => [...byLocal.values()].flatMap(nodes),
    clear() {
      byLocal.clear();
      byKey.clear();
      bound = new WeakMap();
    },
  };
})();
