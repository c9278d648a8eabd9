'use strict';
// Life of the agent in one document: hello, which definition fits, start and stop of features, navigation inside the
// document, commands. It holds no network's name; everything specific came with the definition.

var Agent = (() => {
  const PAGE_MS = 1000;

  /** @type {Definition[]} */
  let offered = [];
  /** @type {Definition | null} */
  let site = null;
  /** @type {Features} */
  let features = { marks: true, voice: true, picker: true, gate: false, private: false, density: 'quiet', only: '' };
  /** @type {Record<string, string>} */
  let words = {};
  /** @type {Record<string, Scope>} */
  const running = {};
  let lastUrl = location.href;
  let lastPage = '';
  let lastHealth = '';
  let checkAt = 0;

  /** Our words. @param {string} key */
  const say = key => words[key] ?? key;

  /** @returns {AgentRequest} */
  const hello = () => ({
    type: 'hello', url: location.href, document: Life.generation, top: window === window.top,
    language: document.documentElement?.lang || null,
  });

  /** @returns {AgentRequest[]} */
  const greet = () => (site
    ? [hello(), { type: 'running', definition: site.id, url: location.href, page: Reader.fields(document, site.page) },
      ...Composer.greeting()]
    : []);

  /** @param {boolean} [awake] a subframe woke up after it had been looked at */
  async function start(awake = false) {
    if (awake && offered.length) { choose(); return; }
    Life.watchFaults(() => reportSoon());
    Port.start({ greet, push });
    const answer = await Port.ask(hello());
    if (answer.type !== 'welcome') return;
    ({ definitions: offered, words, features } = answer);
    if (!offered.length) { Port.close(); return; }
    choose();
    if (!site && window !== window.top) Port.close();
    // A definition that asks the page may have to wait until there is one, and one page may become another.
    Life.root.listen(document, 'DOMContentLoaded', choose);
    Life.root.listen(window, 'load', choose);
    watchNavigation(navigated);
  }

  /** Runs the first definition that fits the document; while none does, the one at work stays. */
  function choose() {
    const fits = offered.find(({ detect }) => !detect.length || detect.some(css => document.querySelector(css)));
    if (!fits || fits === site || (window !== window.top && !fits.frames && !Frames.woken())) return;
    if (!site) {
      Life.sweep();
      Life.sweepHighlights();
      Life.root.listen(document, 'DOMContentLoaded', Life.sweep);
    }
    for (const name in running) toggle(name, false);
    site = fits;
    Posts.use(fits);
    tellRunning(true);
    apply(features);
  }

  /** Starts and stops what the settings say. @param {Features} wanted */
  function apply(wanted) {
    if (!site) return;
    const definition = site;
    // Something else is looked for: every post is read anew.
    if (features.only !== wanted.only) toggle('marks', false);
    features = wanted;
    Row.show(wanted.density);
    toggle('marks', wanted.marks && wanted.density !== 'off', scope => {
      Row.start(scope);
      Posts.start(scope, pageChanged);
    });
    toggle('voice', wanted.voice, scope => Highlights.start(scope));
    toggle('overlay', true, scope => Overlay.start(scope));
    toggle('composer', true, scope => Composer.start(scope, definition));
    Posts.redraw();
    Composer.look();
    const box = Composer.current();
    if (box?.strip) Strip.draw(box);
  }

  /** @param {string} name @param {boolean} on @param {(scope: Scope) => void} [begin] */
  function toggle(name, on, begin) {
    const scope = running[name];
    if (!on || !begin) { scope?.end(); delete running[name]; return; }
    if (scope || Life.off.has(name)) return;
    running[name] = Life.root.child(name);
    running[name].wrap('start', begin)(running[name]);
  }

  /** @param {() => void} work */
  function watchNavigation(work) {
    const { navigation } = /** @type {any} */ (window);
    if (navigation) Life.root.listen(navigation, 'currententrychange', work);
    Life.root.listen(window, 'popstate hashchange pageshow', work);
  }

  /** The address changed inside the document. */
  function navigated() {
    if (location.href === lastUrl) return;
    lastUrl = location.href;
    const before = site;
    if (site) Overlay.hide(true);
    choose();
    if (site === before) tellRunning(true);
  }

  /** @param {boolean} always */
  function tellRunning(always) {
    if (!site) return;
    const page = Reader.fields(document, site.page);
    const seen = JSON.stringify(page);
    if (!always && seen === lastPage) return;
    lastPage = seen;
    Port.tell({ type: 'running', definition: site.id, url: location.href, page });
  }

  /** After a batch of page changes: what the page says as a whole may be there now. */
  function pageChanged() {
    navigated();
    Composer.prune();
    if (performance.now() < checkAt) return;
    checkAt = performance.now() + PAGE_MS;
    Life.root.later(PAGE_MS, 'page', () => { choose(); tellRunning(false); report(); });
  }

  function report() {
    const health = {
      ...Posts.health, composers: Composer.seen(),
      faults: Object.fromEntries(Life.faults), off: [...Life.off],
    };
    const text = JSON.stringify(health);
    if (text === lastHealth) return;
    lastHealth = text;
    Port.tell({ type: 'health', report: health });
  }

  const reportSoon = () => { Life.root.later(0, 'report', report); };

  /** @param {AgentPush} body */
  function push(body) {
    switch (body.type) {
      case 'command': return command(body.name);
      case 'save_selection': return saveSelection(body.text);
      case 'views': return Posts.apply(body.posts);
      case 'features': return apply(body.features);
      case 'recheck': return Composer.recheck();
      case 'overlay': return Overlay.step(body.step);
      case 'overlay_size': return Overlay.size(body.width, body.height);
      case 'stand_down': return Life.root.end();
      default: return undefined;
    }
  }

  /** A key binding arrived through the background. @param {string} name */
  function command(name) {
    // With focus in a frame of the page the agent there is meant.
    if (!site || !document.hasFocus() || document.activeElement instanceof HTMLIFrameElement) return undefined;
    const node = subject();
    if (name === 'picker') {
      const box = Composer.focused();
      if (box) return Overlay.picker(box);
      Row.focus(node);
    }
    if (name === 'save' && node) Row.save(node, 'key', selected(node));
    if (name === 'next') Row.step(node, 1);
    return undefined;
  }

  /** The post a command means: in focus, else under the pointer, else around the selection. */
  function subject() {
    const active = document.activeElement;
    return Posts.containerOf(active === document.body ? null : active) ?? Row.hovered()
      ?? Posts.containerOf(getSelection()?.anchorNode ?? null) ?? undefined;
  }

  /** @param {Element} node */
  function selected(node) {
    const selection = getSelection();
    const text = selection && node.contains(selection.anchorNode) ? String(selection).trim() : '';
    return text || null;
  }

  /** @param {string} text */
  function saveSelection(text) {
    const node = Posts.containerOf(getSelection()?.anchorNode ?? null) ?? Row.hovered();
    if (node) Row.save(node, 'menu', text);
  }

  return {
    say, start, features: () => features, site: () => site,
    /** Tells what the page says as a whole, if that changed: who is signed in often comes late. */
    aware: () => tellRunning(false),
  };
})();

Frames.begin(Agent.start);
