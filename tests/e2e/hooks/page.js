// Lets a test that drives a page reach the hooks in the background, by an event that carries text both ways, and asks the
// page agent what a person cannot see: what it has read, and whether its verdict is there. Only in test packages.
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const reads = [];
  const own = {
    reads: () => reads,
    /** Is the verdict on what stands in the composer there? */
    verdict() {
      const box = Composer.current();
      const text = box && Logical.read(box.element).text;
      return { current: Boolean(box?.verdict?.text === text && box.verdict.about === Composer.about(box)) };
    },
    /** How many posts were read. */
    seen: () => Posts.health.seen,
  };
  // The agent's files run right after this one; it sends nothing before the background has answered its greeting.
  setTimeout(() => {
    const port = globalThis.Port;
    if (!port) return;
    const { ask } = port;
    port.ask = (body, options) => {
      if (body.type === 'posts') reads.push(...body.posts.map(({ fields }) => fields.native_id));
      return ask(body, options);
    };
  });
  document.addEventListener('rejoinder-e2e-ask', async (event) => {
    const { number, name, args } = JSON.parse(event.detail);
    let answer;
    try {
      answer = own[name] ? { value: own[name](...args) } : (await api.runtime.sendMessage({ e2e: name, args })) ?? { error: 'nobody answered' };
    } catch (error) {
      answer = { error: String(error) };
    }
    const detail = JSON.stringify({ number, ...answer });
    document.dispatchEvent(new CustomEvent('rejoinder-e2e-answer', { detail }));
  });
})();
