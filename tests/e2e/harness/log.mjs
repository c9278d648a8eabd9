// The log as the browser keeps it.

/** Events of the log, as they are stored. */
export async function events({ ours }) {
  const log = await ours('pages/log.html');
  return log.evaluate(() => new Promise((done, fail) => {
    const open = indexedDB.open('rejoinder-sample');
    open.onerror = () => fail(open.error);
    open.onsuccess = () => {
      const all = open.result.transaction('events').objectStore('events').getAll();
      all.onsuccess = () => done(all.result.map((record) => (typeof record === 'string' ? JSON.parse(record) : record.text ? JSON.parse(record.text) : record)));
    };
  }));
}
