// Loads the interface. Everything else is in Wasm; this file only says so when that cannot start.
import init from '../wasm/app.js';

init().catch((error) => {
  console.error('Rejoinder could not start this page:', error);
  const api = globalThis.browser ?? globalThis.chrome;
  const words = document.createElement('p');
  words.className = 'start-failed';
  words.setAttribute('role', 'alert');
  words.textContent = api?.i18n?.getMessage('error_start') || 'Rejoinder';
  document.body.replaceChildren(words);
});
