// Timing in a page: many rounds, every subject in each round, so that a slow moment of the machine touches all alike.
// Loaded by the bench page; returns plain numbers.

/**
 * @param {Record<string, (round: number) => unknown>} subjects  each gets the round's number, to change its input
 * @param {{rounds?: number, warm?: number, batch?: number}} [options]
 */
export function race(subjects, { rounds = 60, warm = 5, batch = 1 } = {}) {
  const names = Object.keys(subjects);
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(names.map(name => [name, []]));
  for (let round = -warm; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      for (let i = 0; i < batch; i++) subjects[name](round * batch + i);
      if (round >= 0) times[name].push((performance.now() - start) / batch);
    }
  }
  return Object.fromEntries(names.map(name => [name, summary(times[name])]));
}

/** @param {number[]} values */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { mean: sorted.reduce((a, b) => a + b, 0) / sorted.length, p50: at(0.5), p95: at(0.95), n: sorted.length };
}
