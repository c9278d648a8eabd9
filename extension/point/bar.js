'use strict';
// How the pointing tool looks: a shield over the page, outlines on it, and the bar with the step and its buttons, all in one
// closed root. What they do is the tool's business.

/**
 * @typedef {{ host: HTMLElement, root: ShadowRoot, bar: HTMLElement, boxes: HTMLElement, shield: HTMLElement }} PointDrawn
 */

var Bar = (() => {
  const CSS = `
    :host { all: initial !important; position: fixed !important; inset: 0 !important; width: auto !important; height: auto !important;
      margin: 0 !important; padding: 0 !important; border: 0 !important; background: none !important; overflow: hidden !important;
      pointer-events: none !important; color-scheme: light dark; max-width: none !important; max-height: none !important; }
    :host(:not(:popover-open)) { display: none !important; }
    .shield { position: fixed; inset: 0; pointer-events: auto; cursor: crosshair; }
    .box { position: fixed; box-sizing: border-box; border: 2px dashed #0f6a73; border-radius: 4px; background: rgb(15 106 115 / .08); }
    .aim { border: 3px solid #b3261e; background: rgb(179 38 30 / .1); }
    .bar { position: fixed; inset-inline: 0; bottom: 14px; margin-inline: auto; width: min(680px, calc(100vw - 24px)); box-sizing: border-box;
      pointer-events: auto; font: 14px/1.45 system-ui, sans-serif; color: light-dark(#172126, #e6ecee); background: light-dark(#fff, #1a2125);
      border: 1px solid light-dark(#85939b, #6d7c84); border-radius: 12px; box-shadow: 0 6px 30px rgb(0 0 0 / .35); padding: 14px 16px;
      display: grid; gap: 8px; outline: none; }
    .bar.top { bottom: auto; top: 14px; }
    h2, p { margin: 0; font: inherit; }
    h2 { font-size: 17px; font-weight: 650; }
    .muted { color: light-dark(#526068, #9fadb4); font-size: 13px; }
    .line { min-height: 1.45em; }
    .line b { font-weight: 650; }
    .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
    .grow { flex: 1; }
    button { font: inherit; font-weight: 500; color: inherit; background: light-dark(#fff, #212a2f); border: 1px solid light-dark(#85939b, #6d7c84);
      border-radius: 7px; padding: 5px 11px; min-height: 32px; cursor: pointer; }
    button:hover { background: light-dark(#edf3f4, #263137); }
    button.main { background: light-dark(#0f6a73, #6bc7cf); border-color: transparent; color: light-dark(#fff, #06262a); }
    button[aria-disabled=true] { opacity: .6; cursor: default; }
    :focus-visible { outline: 2px solid light-dark(#0f6a73, #6bc7cf); outline-offset: 2px; }
    [hidden] { display: none !important; }
    @media (forced-colors: active) { .box, .bar, button { border: 2px solid CanvasText; } .aim { border-color: Highlight; } }`;

  /** @param {Scope} scope @param {Record<string, string>} words @param {string} lang @returns {PointDrawn} */
  function make(scope, words, lang) {
    const { host, root } = scope.host(CSS, 'div');
    host.popover = 'manual';
    const button = (/** @type {string} */ act, name = '') => Life.make('button', { type: 'button', 'data-act': act, class: name }, words[`point_${act}`] ?? act);
    const shield = Life.make('div', { class: 'shield' });
    const boxes = Life.make('div', { 'aria-hidden': 'true' });
    const bar = Life.make('section', { class: 'bar', role: 'dialog', tabindex: '-1', lang, 'aria-label': words.point_bar ?? '' },
      Life.make('div', { class: 'row' }, Life.make('span', { class: 'muted number grow' }), button('use'), button('move'), button('go_on', 'main'), button('cancel')),
      Life.make('h2', { class: 'title' }), Life.make('p', { class: 'muted help' }),
      Life.make('div', { role: 'status', class: 'steps' }, Life.make('p', { class: 'line' }), Life.make('p', { class: 'muted what' })),
      Life.make('div', { class: 'row acts' }, button('pick', 'main'), button('wider'), button('narrower'), button('another'),
        Life.make('span', { class: 'grow' }), button('back'), button('skip')),
      Life.make('p', { class: 'muted keys' }, words.point_keys ?? ''));
    root.append(shield, boxes, bar);
    document.documentElement.append(host);
    host.showPopover();
    return { host, root, bar, boxes, shield };
  }

  return { make };
})();
