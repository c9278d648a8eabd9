// Waiting on a state, never on time.

/**
 * Asks `probe` until it gives something truthy, and returns that. What it throws meanwhile counts as "not yet". The limit
 * is for what never comes, not for how long it may take: shared machines stand still for seconds.
 */
export async function until(what, probe, { within = 25_000, every = 20 } = {}) {
  const end = Date.now() + within;
  let last;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`waited ${within} ms for ${what}; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    await new Promise((done) => setTimeout(done, every));
  }
}

/** Fails when `promise` takes longer than `ms`. */
export function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`${what} took longer than ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Waits until what `read` gives has stayed the same for `rest` milliseconds, and returns it. */
export async function steady(what, read, rest = 500) {
  let last;
  let since = 0;
  return until(`${what} to stay as it is`, async () => {
    const now = JSON.stringify(await read());
    if (now !== last) [last, since] = [now, Date.now()];
    return Date.now() - since >= rest && { value: JSON.parse(now) };
  }).then(({ value }) => value);
}
