'use strict';
// The line below a composer: whose account it is, templates, what there is to check, what is left to write, the case.
// It stands outside the editor, collapses to the account when unused, and never moves once it stands.

var Strip = (() => {
  const COLLAPSE_MS = 10000;
  const SAID_MS = 4000;
  const CSS = `
    :host { all: initial !important; display: block !important; box-sizing: border-box !important; height: 28px !important;
      margin: 0 !important; container-type: inline-size !important; color-scheme: light dark; clear: both !important;
      pointer-events: auto !important; flex: 0 0 100% !important; }
    .strip { display: flex; align-items: center; gap: 10px; height: 28px; overflow: hidden; white-space: nowrap;
      font: 12px/20px system-ui, sans-serif; color: #3c4043; background: #fff; border-radius: 6px; padding: 0 8px;
      box-sizing: border-box; }
    .dark { color: #e3e3e3; background: #202124; }
    .chip::before { content: ''; display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-inline-end: 5px;
      background: #b06000; }
    .chip.brand::before { background: #188038; }
    button { all: unset; cursor: pointer; padding: 0 6px; border-radius: 4px; border: 1px solid currentColor; line-height: 18px; }
    button:focus-visible { outline: 2px solid #1a73e8; outline-offset: 1px; }
    button:hover { text-decoration: underline; }
    .findings { border-color: #d93025; }
    .grow { flex: 1; }
    .over { color: #d93025; }
    .chip, .over { font-weight: 600; }
    .dark .over { color: #f28b82; }
    .chip, .notice, .case { overflow: hidden; text-overflow: ellipsis; }
    [hidden] { display: none !important; }
    .calm > :not(.chip):not(.keep) { display: none; }
    @container (max-width: 420px) { .wide { display: none; } }`;

  /** @typedef {{ host: HTMLElement, strip: HTMLElement, part: (name: string) => HTMLElement, idle: () => void, failed: string | null, said: string, saidAt: number }} Drawn */

  /** @type {WeakMap<Box, Drawn>} */
  const drawn = new WeakMap();

  /** Draws the strip of a composer that the background described. @param {Box} box */
  function draw(box) {
    let at = drawn.get(box);
    if (!at?.host.isConnected) {
      const anchor = Reader.closest(box.element, box.rule.strip.css);
      if (!anchor) return;
      at = build(box);
      Reader.put(anchor, at.host, box.rule.strip.put);
      at.strip.classList.toggle('dark', dark(box.element));
    }
    const view = /** @type {StripView} */ (box.strip);
    at.part('chip').className = `chip ${view.account_kind}`;
    Life.words(at.part('chip'), view.account);
    Life.words(at.part('language'), view.language);
    at.part('language').title = view.language_why;
    at.part('templates').hidden = !Agent.features().picker;
    at.part('more').hidden = !box.target;
    update(box);
    wake(at, box);
  }

  /** Is the text of the page light here? @param {Element} element */
  function dark(element) {
    const [r = 0, g = 0, b = 0] = getComputedStyle(element).color.match(/[\d.]+/g)?.map(Number) ?? [];
    return r * 0.3 + g * 0.59 + b * 0.11 > 128;
  }

  /** @param {Box} box @returns {Drawn} */
  function build(box) {
    drawn.get(box)?.host.remove();
    const { host, root } = box.scope.host(CSS, 'div');
    /** @param {string} tag @param {string} part @param {string} [extra] @param {string} [text] */
    const piece = (tag, part, extra = '', text = '') => Life.make(tag, { 'data-part': part, class: `${part} ${extra}` }, text);
    const strip = Life.make('div', { class: 'strip', role: 'group', 'aria-label': Agent.say('agent_strip') },
      piece('span', 'chip'), piece('button', 'templates', '', Agent.say('agent_templates')), piece('button', 'language', 'wide'),
      piece('button', 'findings', 'keep'), piece('span', 'unchecked', 'keep wide'), piece('span', 'notice', 'keep'),
      piece('button', 'copy', 'keep', Agent.say('agent_copy')), piece('span', 'left', 'keep'), piece('span', 'grow', 'wide'),
      piece('button', 'case', 'wide'), piece('button', 'more', '', '⋯'));
    root.append(strip);
    /** @type {Record<string, HTMLElement>} */
    const parts = {};
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (strip.querySelectorAll('[data-part]'))) {
      parts[/** @type {string} */ (element.dataset.part)] = element;
    }
    /** @type {Drawn} */
    const at = { host, strip, part: name => parts[name], idle: () => {}, failed: null, said: '', saidAt: 0 };
    drawn.set(box, at);
    at.part('notice').role = 'status';
    at.part('more').ariaLabel = Agent.say('agent_more');
    // Pressing a button here must not take the caret out of the composer.
    box.scope.on(root, 'mousedown', event => event.preventDefault());
    box.scope.on(root, 'click', event => {
      if (event.isTrusted) press(box, at, event.target?.closest?.('button')?.dataset.part);
    });
    box.scope.on(root, 'pointermove focusin', () => wake(at, box));
    return at;
  }

  /** @param {Box} box @param {Drawn} at @param {string | undefined} part */
  function press(box, at, part) {
    wake(at, box);
    if (part === 'templates') Overlay.picker(box);
    else if (part === 'language') Composer.compose(box, true);
    else if (part === 'findings') Overlay.open(box, { type: 'worst' });
    else if (part === 'copy' && at.failed !== null) copy(box, at, at.failed);
    else if (part && box.target) {
      const post = Posts.raw(box.target);
      if (post) Overlay.open(box, { type: 'post', post, url: location.href });
    }
  }

  /** After each check and edit: words change in place. @param {Box} box */
  function update(box) {
    const at = drawn.get(box);
    if (!at || !box.strip) return;
    const { verdict } = box;
    fill(at, 'findings', box.findings.length ? verdict?.to_check : '');
    fill(at, 'unchecked');
    fill(at, 'left', verdict?.left);
    fill(at, 'case', verdict?.case);
    at.part('left').classList.toggle('over', Boolean(verdict?.over));
    fill(at, 'notice', at.failed === null ? at.said : Agent.say('agent_not_inserted'));
    at.part('copy').hidden = at.failed === null;
  }

  /** Words in their place; nothing to say, no place. @param {Drawn} at @param {string} part @param {string} [text] */
  function fill(at, part, text = '') {
    Life.words(at.part(part), text);
    at.part(part).hidden = !text;
  }

  /** The check could not run: say so instead of looking clean. @param {Box} box */
  function unchecked(box) {
    const at = drawn.get(box);
    if (at) fill(at, 'unchecked', Agent.say('agent_not_checked'));
  }

  /** An insertion did not arrive: the text is offered to be copied. @param {Box} box @param {string} text */
  function offer(box, text) {
    const at = drawn.get(box);
    if (!at) return;
    at.failed = text;
    update(box);
    wake(at, box);
  }

  /** Says something that stands for a while, also while the person writes on. @param {Box} box @param {string} text */
  function say(box, text) {
    const at = drawn.get(box);
    if (!at) return;
    at.said = text;
    at.saidAt = performance.now();
    update(box);
    wake(at, box);
  }

  /** Other words stand in the box now. @param {Box} box */
  function edited(box) {
    const at = drawn.get(box);
    if (at?.said && box.text.trim() && performance.now() - at.saidAt > SAID_MS) say(box, '');
  }

  /** @param {Box} box @param {Drawn} at @param {string} text */
  async function copy(box, at, text) {
    if (!await Copying.write(text)) return;
    at.failed = null;
    say(box, Agent.say('agent_copied'));
  }

  /** Shows the whole strip for a while. @param {Drawn} at @param {Box} box */
  function wake(at, box) {
    at.idle();
    at.strip.classList.remove('calm');
    at.idle = box.scope.later(COLLAPSE_MS, 'collapse', () => {
      if (!at.strip.matches(':focus-within')) at.strip.classList.add('calm');
    });
  }

  return {
    draw, update, unchecked, offer, say, edited,
    /** Used again. @param {Box} box */
    wake: box => { const at = drawn.get(box); if (at) wake(at, box); },
  };
})();
