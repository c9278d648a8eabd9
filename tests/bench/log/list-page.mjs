// For the log's page with very many mentions: filling the log by hand with records of the product's making, and notes of
// when something was asked of the page and when its answer was to be seen.

/** Puts copies number `from` to `to` of a workspace's folded records into its log, each with its own key, case, author and time. */
export async function multiply(database, from, to) {
  const db = await wait(indexedDB.open(database));
  globalThis.made ??= await wait(db.transaction('mentions').objectStore('mentions').getAll());
  await new Promise((done, fail) => {
    const change = db.transaction('mentions', 'readwrite', { durability: 'relaxed' });
    change.oncomplete = done;
    change.onabort = () => fail(change.error);
    for (let at = from; at < to; at++) {
      const one = structuredClone(globalThis.made[at % globalThis.made.length]);
      const mark = at.toString(16).padStart(8, '0');
      one.key = mark + one.key.slice(8);
      one.case = mark + one.case.slice(8);
      one.saved_at -= at * 997;
      for (const save of Object.values(one.saves)) {
        save.at -= at * 997;
        const { post } = save.saved;
        post.id += at;
        post.permalink += at;
        post.author.handle += at % 5_003;
        post.text = post.text.replace(/\d+/, String(100_000 + at));
      }
      change.objectStore('mentions').put(one);
    }
  });
  const count = await wait(db.transaction('mentions').objectStore('mentions').count());
  db.close();
  return count;
}

/**
 * Before anything of the page runs: when it first reads the log by a cursor, when the first rows and then all of `count`
 * were to be seen, and what keeps it busy.
 */
export function noteFirst(count) {
  const { openCursor } = IDBIndex.prototype;
  IDBIndex.prototype.openCursor = function (...given) {
    globalThis.cursor ??= performance.now();
    return openCursor.apply(this, given);
  };
  globalThis.long = [];
  new PerformanceObserver((list) => {
    globalThis.long.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })));
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    const row = document.querySelector('#log-rows .mention:has(.who)');
    if (row && !globalThis.shown) requestAnimationFrame(() => { globalThis.shown = performance.now(); });
    if (row?.getAttribute('aria-setsize') === String(count)) requestAnimationFrame(() => { globalThis.loaded = performance.now(); });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Once the log is loaded: notes, for each thing that a person does, when the list that answers it was to be seen, rows and all. */
export function noteAnswers() {
  globalThis.answers = [];
  const watch = (event) => {
    const start = event.timeStamp;
    const look = () => {
      const rows = [...document.querySelectorAll('#log-rows .mention')];
      if (rows.every(row => row.querySelector('.who'))) {
        const found = Number(rows[0]?.getAttribute('aria-setsize') ?? 0);
        requestAnimationFrame(() => { globalThis.answers.push({ took: performance.now() - start, found }); });
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  addEventListener('input', (event) => { if (event.target.type === 'search') watch(event); }, { capture: true });
  addEventListener('change', watch, { capture: true });
}
