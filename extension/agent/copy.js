'use strict';
// Text to the clipboard, by the browser's own way or, on pages without a secure address, by a copy command that we answer.

var Copying = (() => {
  /** True when it arrived. @param {string} text */
  async function write(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return command(text);
    }
  }

  /** @param {string} text */
  function command(text) {
    let done = false;
    const answer = (/** @type {ClipboardEvent} */ event) => {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      event.stopImmediatePropagation();
      done = true;
    };
    window.addEventListener('copy', answer, { capture: true, once: true });
    const ran = document.execCommand('copy');
    window.removeEventListener('copy', answer, { capture: true });
    return ran && done;
  }

  return { write };
})();
