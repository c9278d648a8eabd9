'use strict';
// The editor helper in the page's own world: makes a paste or a cut there, since editors of one browser do not see the text
// of a paste that was made in a content script's world. Keeps the built-ins as they were before the page could change them,
// has no rights and no state, and answers on one channel that the agent names before any script of the page runs. When the
// browser has taken the agent away with its whole world, it removes what the agent left on the page.

(() => {
  const { apply, getOwnPropertyDescriptor } = { apply: Reflect.apply, getOwnPropertyDescriptor: Object.getOwnPropertyDescriptor };
  const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;
  const { preventDefault, stopImmediatePropagation, composedPath } = Event.prototype;
  const { setData, getData } = DataTransfer.prototype;
  const { querySelectorAll } = Document.prototype;
  const [MakeClipboard, MakeData, MakeEvent] = [ClipboardEvent, DataTransfer, Event];
  const USED = ['pointerdown', 'keydown'];

  /** @param {object} prototype @param {string} name */
  const getter = (prototype, name) => /** @type {() => any} */ (getOwnPropertyDescriptor(prototype, name)?.get);
  const detail = getter(CustomEvent.prototype, 'detail');
  const clipboardData = getter(ClipboardEvent.prototype, 'clipboardData');
  const defaultPrevented = getter(Event.prototype, 'defaultPrevented');
  const page = document;

  /** True when the editor took the text, or for no text took its selection out. @param {EventTarget} target @param {string} text */
  function offer(target, text) {
    const event = new MakeClipboard(text ? 'paste' : 'cut', {
      bubbles: true, cancelable: true, composed: true, clipboardData: new MakeData(),
    });
    if (text) {
      // Filled beforehand the data arrives empty in one browser, and editors cancel the event all the same.
      const data = apply(clipboardData, event, []);
      apply(setData, data, ['text/plain', text]);
      if (apply(getData, data, ['text/plain']) !== text) return false;
    }
    apply(dispatchEvent, target, [event]);
    return apply(defaultPrevented, event, []);
  }

  /** Removes what an agent left that can do it no more. @param {string} generation */
  function bury(generation) {
    try {
      for (const node of apply(querySelectorAll, page, [`[data-rejoinder="${generation}"]`])) node.remove();
      for (const kind of ['suggestion', 'warning', 'error']) CSS.highlights.delete(`rejoinder-${kind}`);
      page.adoptedStyleSheets = page.adoptedStyleSheets
        .filter(({ cssRules: [rule] }) => !rule?.cssText.startsWith('::highlight(rejoinder-'));
    } catch {
      // The page has broken its own built-ins.
    }
  }

  /** @param {Event} event */
  function hello(event) {
    const channel = apply(detail, event, []);
    if (typeof channel !== 'string' || !channel) return;
    apply(removeEventListener, page, ['rejoinder', hello, true]);
    const end = () => {
      apply(removeEventListener, page, [channel, serve, true]);
      for (const type of USED) apply(removeEventListener, window, [type, look, true]);
    };
    // A person uses the page: is the agent still there?
    const look = () => {
      const question = new MakeEvent(`${channel}?`, { cancelable: true });
      apply(dispatchEvent, page, [question]);
      if (apply(defaultPrevented, question, [])) return;
      end();
      bury(channel.slice(channel.lastIndexOf('-') + 1));
    };
    for (const type of USED) apply(addEventListener, window, [type, look, { capture: true, passive: true }]);
    /** @param {Event} asked */
    const serve = asked => {
      apply(stopImmediatePropagation, asked, []);
      const text = apply(detail, asked, []);
      if (text === null) end();
      else if (typeof text === 'string' && offer(apply(composedPath, asked, [])[0], text)) apply(preventDefault, asked, []);
    };
    apply(addEventListener, page, [channel, serve, true]);
    apply(preventDefault, event, []);
  }

  apply(addEventListener, page, ['rejoinder', hello, true]);
})();
