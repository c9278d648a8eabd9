'use strict';
// The row beside a post: at most two marks, and Save · Reply · More on hover or focus. It changes words in place, moves
// nothing, and acts only on what a person really did. What a mark says is decided in the background.

var Row = (() => {
  const UNDO_MS = 6000;
  const PALE = '0.35';
  const CSS = `
    :host { display: inline-block !important; position: relative !important; visibility: visible !important;
      float: none !important; margin: 0 !important; padding: 0 !important; vertical-align: middle !important;
      font: inherit; line-height: 20px !important; white-space: nowrap !important; text-indent: 0 !important;
      text-transform: none !important; letter-spacing: normal !important; cursor: default; z-index: 1; }
    :host([hidden]) { display: none !important; }
    .row { display: inline-flex; align-items: center; gap: 6px; height: 20px; margin-block: -10px; font-size: clamp(11px, .85em, 14px); font-weight: 400; }
    .mark { border: 1px solid currentColor; border-radius: 10px; padding: 0 7px; line-height: 16px; margin-inline-start: 6px; }
    .mark.state, .mark.person { border-color: transparent; padding-inline: 0; font-weight: 600; }
    .fresh .mark.state { display: none; }
    .mark.severity { background: #b3261e; color: #fff; }
    .acts { position: absolute; inset-inline-start: calc(100% + 4px); top: 0; display: inline-flex; align-items: center;
      opacity: 0; pointer-events: none; transition: opacity .12s; border-radius: 4px;
      background: oklch(from currentColor clamp(0, (.62 - l) * 999, 1) 0 0); }
    .row.full .acts { position: static; }
    .row.on .acts, .row.full .acts, .row:focus-within .acts { opacity: 1; pointer-events: auto; }
    button { all: unset; box-sizing: border-box; min-width: 20px; height: 20px; padding: 0 6px; line-height: 20px;
      text-align: center; border-radius: 4px; cursor: pointer; font-size: inherit;
      color: oklch(from currentColor clamp(0, (l - .62) * 999, 1) 0 0); }
    button:hover { text-decoration: underline; }
    .row:focus-visible, button:focus-visible { outline: 2px solid #1a73e8; outline-offset: -1px; }
    button[aria-disabled=true] { cursor: default; opacity: .6; text-decoration: none; }
    .problem { color: #b3261e; background: #fff; padding: 0 6px; border-radius: 4px; white-space: normal; }
    @media (prefers-reduced-motion: reduce) { .acts { transition: none; } }`;

  /**
   * @typedef {{ host: HTMLElement, root: ShadowRoot, row: HTMLElement, marks: HTMLElement, acts: HTMLElement,
   *   save: HTMLElement | null, view: PostView, post: Element, event: string | null, busy: boolean, drop: () => void, calm: () => void }} Drawn
   */

  /** @type {Scope} */
  let scope;
  /** @type {WeakMap<Element, Drawn>} */
  let drawn = new WeakMap();
  let look = { density: 'quiet' };
  /** @type {Drawn | null} */
  let hovered = null;
  /** The post under the pointer, which may not be known yet. @type {Element | null} */
  let under = null;

  /** @param {Scope} owner */
  function start(owner) {
    scope = owner;
    scope.own(() => { drawn = new WeakMap(); hovered = under = null; });
    scope.listen(document, 'pointerover', hover, { capture: true, passive: true });
  }

  /** @param {PointerEvent} event */
  function hover(event) {
    under = Posts.containerOf(/** @type {Node} */ (event.composedPath()[0]));
    rest();
  }

  /** Shows the actions of the post that the pointer rests on. */
  function rest() {
    const next = under ? row(under) : null;
    if (next === hovered) return;
    hovered?.row.classList.remove('on');
    hovered = next;
    if (hovered) {
      actions(hovered);
      hovered.row.classList.add('on');
    }
  }

  /** The row of a post, made when there is none yet: an ordinary post has none before it is needed. @param {Element} post */
  function row(post) {
    const at = drawn.get(post);
    if (at?.host.isConnected) return at;
    const view = Posts.view(post);
    const place = Posts.rule(post)?.row;
    if (!view || !place || look.density === 'off') return null;
    at?.drop();
    const anchor = post.matches(place.css) ? post : post.querySelector(place.css);
    if (!anchor) return null;
    const made = build(post, view);
    Reader.put(anchor, made.host, place.put);
    update(made, view);
    return made;
  }

  /** Draws or updates the row of a post that has something to say. @param {Element} post @param {PostView} view */
  function draw(post, view) {
    if (look.density === 'off') { remove(post); return; }
    const at = view.marks.length || look.density === 'full' ? row(post) : drawn.get(post);
    if (at) update(at, view);
    dim(post, view.dim);
    // It would be pale with the post that it stands in.
    if (view.dim || view.stop) dim(Posts.containerOf(post.parentNode), false);
    if (post === under) rest();
  }

  /** A post that is not looked for steps back; what the page itself made pale stays so. @param {any} post @param {unknown} on */
  function dim(post, on) {
    if (on || post?.style.opacity === PALE) post.style.opacity = on ? PALE : '';
  }

  /** @param {Drawn} at @param {PostView} view */
  function update(at, view) {
    at.view = view;
    at.row.setAttribute('aria-label', view.label);
    at.row.classList.toggle('full', look.density === 'full');
    const marks = view.marks.map(mark => Life.make('span', { class: `mark ${mark.kind}` }, mark.text));
    if (!same(at.marks.childNodes, marks)) at.marks.replaceChildren(...marks);
    // One tab stop for a marked post, none for the others.
    if (view.marks.length) at.row.tabIndex = 0;
    else at.row.removeAttribute('tabindex');
    if (look.density === 'full') actions(at);
    labels(at);
  }

  /** @param {ArrayLike<Node>} a @param {Node[]} b */
  const same = (a, b) => a.length === b.length && b.every((node, i) => node.isEqualNode(a[i]));
  /** @param {Element} post @param {PostView} view @returns {Drawn} */
  function build(post, view) {
    const { host, root, drop } = scope.host(CSS);
    const marks = Life.make('span', { class: 'marks' });
    const acts = Life.make('span', { class: 'acts' });
    const row = Life.make('span', { class: 'row', role: 'group' }, marks, acts);
    root.append(row);
    /** @type {Drawn} */
    const at = { host, root, row, marks, acts, save: null, view, post, event: null, busy: false, drop, calm: () => {} };
    scope.on(root, 'click', event => press(at, event));
    scope.on(root, 'keydown', event => key(at, event));
    scope.on(root, 'focusin', () => actions(at));
    drawn.set(post, at);
    return at;
  }

  /** The buttons, made when they are first needed. @param {Drawn} at */
  function actions(at) {
    if (at.save) return;
    at.save = button('save', '');
    at.acts.append(
      at.save,
      button('reply', Agent.say('agent_reply')),
      button('more', '⋯', Agent.say('agent_more')),
    );
    labels(at);
  }

  /** @param {string} act @param {string} text @param {string} [name] */
  const button = (act, text, name) => Life.make('button', {
    type: 'button', tabindex: '-1', 'data-act': act, ...(name ? { 'aria-label': name } : {}),
  }, text);

  /** @param {Drawn} at */
  function labels(at) {
    const { save } = at;
    if (!save) return;
    // "Saved · Undo" says it for the mark as well.
    at.row.classList.toggle('fresh', Boolean(at.event));
    save.dataset.act = at.event ? 'undo' : 'save';
    save.textContent = Agent.say(at.event ? 'agent_saved_undo' : at.view.saved ? 'agent_saved' : 'agent_save');
    save.setAttribute('aria-disabled', String(!at.event && (at.view.saved || !at.view.key || at.busy)));
  }

  /** @param {Drawn} at @param {MouseEvent} event */
  function press(at, event) {
    if (!event.isTrusted) return;
    const act = event.target instanceof Element ? event.target.closest('[data-act]')?.getAttribute('data-act') : null;
    if (act) perform(at, act, 'row');
  }

  /** @param {Drawn} at @param {string} act @param {string} via */
  function perform(at, act, via) {
    if (act === 'save') return save(at.post, via);
    if (act === 'undo') return undo(at);
    if (act === 'reply') return Composer.replyTo(at.post);
    const post = Posts.raw(at.post);
    if (!post) return undefined;
    if (act === 'elsewhere') return Port.ask({ type: 'elsewhere', url: location.href, post }, { change: true }).catch(error => problem(at, error.message));
    const { saved, key } = at.view;
    return Overlay.open(null, act === 'details' && saved && key ? { type: 'details', key } : { type: 'post', post, url: location.href }, { post: at.post });
  }

  /** Bare letters count only while focus is in our row. @param {Drawn} at @param {KeyboardEvent} event */
  function key(at, event) {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = { s: 'save', r: 'reply', u: 'undo', h: 'more', a: 'details', d: 'details', n: 'details', w: 'elsewhere' }[event.key.toLowerCase()];
    const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (act) {
      if (!event.repeat) perform(at, act, 'row');
    } else if (by) {
      step(at.post, by);
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const buttons = /** @type {HTMLElement[]} */ ([...at.acts.children]);
      const here = buttons.indexOf(/** @type {HTMLElement} */ (at.root.activeElement));
      buttons.at((here + (event.key === 'ArrowRight' ? 1 : -1)) % buttons.length)?.focus();
    } else if (event.key === 'Escape') {
      /** @type {HTMLElement | null} */ (at.root.activeElement)?.blur();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** To the next or previous post to handle, after the last to the first. @param {Element | undefined} post @param {number} by */
  function step(post, by) {
    const posts = Posts.all(view => view.stop);
    focus(posts[posts.indexOf(/** @type {Element} */ (post)) + by] ?? posts[0]);
  }

  /** Puts focus into the row of a post. @param {Element | undefined} post */
  function focus(post) {
    const at = post && row(post);
    if (at) at.row.tabIndex = at.view.marks.length ? 0 : -1;
    at?.row.focus();
  }

  /** Saves a post and offers to take it back. @param {Element} node @param {string} via @param {string | null} [selection] */
  async function save(node, via, selection = null) {
    const post = Posts.raw(node);
    const at = row(node);
    if (!post || at?.busy || (at?.view.saved && !selection)) return;
    if (at) {
      at.busy = true;
      actions(at);
      labels(at);
      problem(at, '');
    }
    try {
      const answer = await Port.ask({ type: 'save', url: location.href, post, via, selection }, { change: true });
      if (answer.type !== 'saved') return;
      if (at) offerUndo(at, answer.event);
      Posts.apply([answer.post]);
    } catch (error) {
      if (at) problem(at, /** @type {Error} */ (error).message || Agent.say('agent_not_saved'));
    } finally {
      if (at) {
        at.busy = false;
        labels(at);
      }
    }
  }

  /** "Saved · Undo", for a while. @param {Drawn} at @param {string} event */
  function offerUndo(at, event) {
    at.event = event;
    labels(at);
    at.row.classList.add('on');
    const stop = scope.later(UNDO_MS, 'undo', () => at.calm());
    at.calm = () => {
      stop();
      at.calm = () => {};
      at.event = null;
      if (at !== hovered) at.row.classList.remove('on');
      labels(at);
    };
  }

  /** @param {Drawn} at */
  async function undo(at) {
    const { event } = at;
    if (!event || at.busy) return;
    at.busy = true;
    try {
      await Port.ask({ type: 'undo', event }, { change: true });
    } catch (error) {
      problem(at, /** @type {Error} */ (error).message || Agent.say('agent_not_undone'));
    } finally {
      at.busy = false;
      if (at.event === event) at.calm();
    }
  }

  /** A failure stays until the next try. @param {Drawn} at @param {string} text */
  function problem(at, text) {
    at.root.querySelector('.problem')?.remove();
    if (text) at.row.append(Life.make('span', { class: 'problem', role: 'status' }, text));
  }

  /** @param {Element} post */
  function remove(post) {
    drawn.get(post)?.drop();
    drawn.delete(post);
    dim(post, false);
  }

  return {
    start, draw, remove, save, focus, step,
    /** @param {Element} post */
    standsIn: post => Boolean(drawn.get(post)?.host.isConnected),
    /** @param {Element} post */
    host: post => drawn.get(post)?.host ?? null,
    /** The post under the pointer, if it has a row. */
    hovered: () => hovered?.post ?? null,
    /** @param {string} density */
    show(density) { look = { density }; },
  };
})();
