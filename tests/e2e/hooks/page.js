// Lets a test that drives a page reach the hooks in the background, by an event that carries text both ways, and asks the
// page agent what a person cannot see. Only in test packages.
(() => {
  const local = {
    /** Is the verdict on what stands in the composer there? */
    verdict() {
      const box = Composer.current();
      const text = box && Logical.read(box.element).text;
      return { current: Boolean(box?.verdict?.text === text && box.verdict.about === Composer.about(box)) };
    },
    /** How many posts were read. */
    seen: () => Posts.health.seen,
  };
  const api = globalThis.browser ?? globalThis.chrome;
  document.addEventListener('rejoinder-e2e-ask', async (event) => {
    const { number, name, args } = JSON.parse(event.detail);
    let answer;
    try {
      answer = name in local ? { value: local[name]() } : (await api.runtime.sendMessage({ e2e: name, args })) ?? { error: 'nobody answered' };
    } catch (error) {
      answer = { error: String(error) };
    }
    const detail = JSON.stringify({ number, ...answer });
    document.dispatchEvent(new CustomEvent('rejoinder-e2e-answer', { detail }));
  });
})();
