// Lets a test that drives a page reach the hooks in the background, by an event that carries text both ways.
// Only in test packages.
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  document.addEventListener('rejoinder-e2e-ask', async (event) => {
    const { number, name, args } = JSON.parse(event.detail);
    let answer;
    try {
      answer = (await api.runtime.sendMessage({ e2e: name, args })) ?? { error: 'nobody answered' };
    } catch (error) {
      answer = { error: String(error) };
    }
    const detail = JSON.stringify({ number, ...answer });
    document.dispatchEvent(new CustomEvent('rejoinder-e2e-answer', { detail }));
  });
})();
