// Starts a page's module, and says so when it cannot start.

/** @param {() => Promise<unknown>} init */
export function begin(init) {
  init().catch((error) => {
    console.error('Rejoinder could not start this page:', error);
    const api = globalThis.browser ?? globalThis.chrome;
    const words = document.createElement('p');
    words.className = 'start-failed';
    words.setAttribute('role', 'alert');
    words.textContent = api?.i18n?.getMessage('error_start') || 'Rejoinder';
    document.body.replaceChildren(words);
  });
}
