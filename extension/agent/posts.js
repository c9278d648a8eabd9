'use strict';
// Finds post containers as the page makes, moves and recycles them, reads each once when it nears the viewport, and
// keeps what the background said about it. Drawing is the row's business.

var Posts = (() => {
  const SLICE_MS = 4;
  const BATCH = 250;
  const DRAW_MS = 8;
  const NEAR = '100% 0px';

  /** @type {Scope} */
  let scope;
  /** @type {Definition} */
  let definition;
  let every = '';
  /** @type {Set<Element>} */
  let added = new Set();
  /** @type {Set<Element>} */
  let dirty = new Set();
  /** @type {Element[]} */
  let near = [];
  /** @type {Set<Element>} */
  let toDraw = new Set();
  /** @type {RawPost[]} */
  let batch = [];
  let scheduled = false, drawing = false;
  /** @type {IntersectionObserver} */
  let viewport;
  /** @type {MutationObserver} */
  let mutations;
  /** @type {WeakSet<Node>} */
  let rooted = new WeakSet();
  /** Told after each batch of page changes. @type {() => void} */
  let onChange = () => {};
  /** @type {{ seen: number, empty: Record<string, number> }} */
  const health = { seen: 0, empty: {} };

  /** What a post is here; known even while no post is read. @param {Definition} site */
  function use(site) {
    definition = site;
    every = site.posts.map(rule => rule.select).join(',');
  }

  /** @param {Scope} owner @param {() => void} changed */
  function start(owner, changed) {
    scope = owner;
    onChange = changed;
    viewport = new IntersectionObserver(scope.wrap('near', entered), { rootMargin: NEAR });
    mutations = new MutationObserver(scope.wrap('mutations', changedNodes));
    scope.own(() => { viewport.disconnect(); mutations.disconnect(); clear(); });
    watchRoots();
    if (document.documentElement) added.add(document.documentElement);
    schedule();
  }

  function clear() {
    Known.all().forEach(Row.remove);
    Known.clear();
    Object.assign(health, { seen: 0, empty: {} });
    rooted = new WeakSet();
    added = new Set();
    dirty = new Set();
    near = [];
    toDraw = new Set();
    batch = [];
    scheduled = drawing = false;
  }

  /** Attributes that the identity of a post is read from: a recycled node changes nothing else. */
  function identityAttributes() {
    const names = new Set();
    for (const rule of definition.posts) {
      for (const how of [...(rule.fields.native_id ?? []), ...(rule.fields.permalink ?? [])]) {
        if (how.attr ?? how.prop) names.add(how.attr ?? how.prop);
      }
    }
    return [...names];
  }

  function watchRoots() {
    const attributeFilter = identityAttributes();
    for (const root of Reader.roots(definition)) {
      if (rooted.has(root)) continue;
      rooted.add(root);
      mutations.observe(root, { childList: true, subtree: true, ...(attributeFilter.length ? { attributeFilter } : {}) });
      if (root !== document) for (const child of root.children) added.add(child);
    }
  }

  /** @param {MutationRecord[]} records */
  function changedNodes(records) {
    for (const record of records) {
      let ours = false;
      for (const node of record.addedNodes) {
        if (Life.isOurs(node)) ours = true;
        else if (node.nodeType === Node.ELEMENT_NODE) added.add(/** @type {Element} */ (node));
      }
      // Our own row going in changes nothing about the post; our row taken out by the page does.
      if (!ours && record.target.nodeType === Node.ELEMENT_NODE) dirty.add(/** @type {Element} */ (record.target));
    }
    schedule();
  }

  /** @param {IntersectionObserverEntry[]} entries */
  function entered(entries) {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      viewport.unobserve(entry.target);
      near.push(entry.target);
    }
    schedule();
  }

  function schedule() {
    if (scheduled || !scope.live) return;
    scheduled = true;
    scope.later(0, 'slice', slice);
  }

  /** Reads for at most a slice and writes nothing; what is left waits for the next task. */
  function slice() {
    scheduled = false;
    if (!Port.valid()) { Life.root.end(); return; }
    const end = performance.now() + SLICE_MS;
    const late = () => performance.now() > end;
    if (definition.roots.length) watchRoots();

    for (const element of added) {
      added.delete(element);
      // A parent that came along finds its children itself.
      if (element.isConnected && !(element.parentElement && added.has(element.parentElement))) find(element);
      if (late()) break;
    }
    if (!late()) {
      for (const element of dirty) {
        dirty.delete(element);
        recheck(element);
        if (late()) break;
      }
    }
    let read = 0;
    while (read < near.length && !late()) visit(near[read++]);
    near = near.slice(read);
    if (batch.length && (!near.length || batch.length >= BATCH)) flush();
    if (toDraw.size) drawSoon();
    if (added.size || dirty.size || near.length) schedule();
    onChange();
  }

  function drawSoon() {
    if (drawing || !scope.live) return;
    drawing = true;
    scope.frame('draw', () => {
      drawing = false;
      const end = performance.now() + DRAW_MS;
      for (const node of toDraw) {
        toDraw.delete(node);
        draw(node);
        if (performance.now() > end) { drawSoon(); break; }
      }
    });
  }

  /** @param {Element} element */
  function find(element) {
    if (!every) return;
    if (element.matches(every)) candidate(element);
    for (const node of element.querySelectorAll(every)) candidate(node);
  }

  /** @param {Element} node */
  function candidate(node) {
    const rule = definition.posts[ruleOf(node)];
    if (!rule || (rule.inside_not && node.parentElement?.closest(rule.inside_not))) return;
    const entry = Known.of(node);
    if (!entry) viewport.observe(node);
    else if (entry.view) toDraw.add(node);
  }

  /** @param {Element} node */
  const ruleOf = node => definition.posts.findIndex(rule => node.matches(rule.select));

  /** A container changed inside: another post may live in it now, or our row is gone. @param {Element} element */
  function recheck(element) {
    const node = containerOf(element);
    if (!node) return;
    const entry = Known.of(node);
    if (!entry) { viewport.observe(node); return; }
    if (identity(node, entry.rule) === entry.key) {
      if (entry.view?.marks.length && !Row.standsIn(node)) toDraw.add(node);
      return;
    }
    Known.unbind(node);
    Row.remove(node);
    viewport.observe(node);
  }

  /** Which post a container shows; empty when it does not say. @param {Element} node @param {number} [rule] */
  function identity(node, rule = Math.max(ruleOf(node), 0)) {
    const { fields, derived } = definition.posts[rule];
    const id = Reader.field(node, fields.native_id) || Reader.field(node, fields.permalink)
      || (derived && Reader.field(node, fields.handle) + Reader.field(node, fields.text));
    return id ? `${rule}|${id}` : '';
  }

  /** Reads a container that came near, unless its post is known. @param {Element} node */
  function visit(node) {
    if (!node.isConnected || Known.of(node)) return;
    const rule = ruleOf(node);
    if (rule < 0) return;
    const key = identity(node, rule);
    const { fields } = definition.posts[rule];
    // A placeholder: it will change when it is filled, and comes back through `recheck`.
    if (!key && (fields.native_id || fields.permalink)) return;
    const old = Known.find(key);
    if (old) {
      Known.bind(node, old);
      if (old.view) toDraw.add(node);
      return;
    }
    const entry = Known.add(key, rule);
    Known.bind(node, entry);
    const raw = { local: entry.local, rule, fields: Reader.fields(node, fields) };
    health.seen += 1;
    for (const name in fields) if (!(name in raw.fields)) health.empty[name] = (health.empty[name] ?? 0) + 1;
    batch.push(raw);
  }

  function flush() {
    const posts = batch;
    batch = [];
    Port.ask({ type: 'posts', url: location.href, posts }).then(scope.wrap('views', answer => {
      if (answer.type === 'views') apply(answer.posts);
    }), () => {
      // Nobody knows these posts: the next change of their container asks again.
      for (const { local } of posts) Known.forget(local);
    });
  }

  /** New views: words change in place. @param {PostView[]} views */
  function apply(views) {
    for (const view of views) {
      const entry = Known.at(view.local);
      if (!entry) continue;
      entry.view = view;
      for (const node of Known.nodes(entry)) toDraw.add(node);
    }
    if (toDraw.size) drawSoon();
  }

  /** @param {Element} node */
  function draw(node) {
    const view = Known.of(node)?.view;
    if (view && node.isConnected) Row.draw(node, view);
  }

  /** The post container around a node, through open shadow roots. @param {Node | null} node @returns {Element | null} */
  function containerOf(node) {
    for (let at = node; every && at;) {
      const element = at instanceof Element ? at : at.parentElement;
      const found = element?.closest(every);
      if (found) {
        const rule = definition.posts[ruleOf(found)];
        const outer = rule?.inside_not ? found.parentElement?.closest(rule.inside_not) : null;
        if (!outer) return found;
        at = outer;
        continue;
      }
      at = Reader.host(at);
    }
    return null;
  }

  /** The post in a container, read now. @param {Element} node @returns {RawPost | null} */
  function raw(node) {
    const rule = ruleOf(node);
    if (rule < 0) return null;
    return { local: Known.of(node)?.local ?? 0, rule, fields: Reader.fields(node, definition.posts[rule].fields) };
  }

  return {
    use, start, apply, containerOf, raw, identity, health,
    /** The same when parts of other posts count too. @param {Element} node */
    nearest: node => (every ? Reader.closest(node, every) : null),
    /** @param {Element} node */
    view: node => Known.of(node)?.view ?? null,
    /** @param {Element} node */
    rule: node => definition.posts[ruleOf(node)] ?? null,
    /** Containers with a row, in document order. @param {(view: PostView) => boolean} wanted */
    all: wanted => [...document.querySelectorAll(every || 'never-matches')].filter(node => {
      const view = Known.of(node)?.view;
      return view && wanted(view);
    }),
    /** Draws every row again, after a setting changed. */
    redraw() { toDraw = new Set(Known.all()); drawSoon(); },
  };
})();
