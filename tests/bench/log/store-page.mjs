// In a page of the extension: the same events stored by the product, by hand, and by other people's stores, each in
// one go, and read back as the text of an export. Needs `wait` and `askAs` of background-page.mjs and `globalThis.stores`.

/** The stores of a log as `src/browser/shape.rs` has them: key and indexes. */
const SHAPE = {
  events: { key: 'id', indexes: ['m', 't', 'once'] },
  outbox: { key: 'id', indexes: [] },
  mentions: { key: 'key', indexes: ['saved_at', 'status', 'assignee', 'department', 'flag', 'case'] },
  cases: { key: 'id', indexes: [] },
};

const rest = () => new Promise((done) => { setTimeout(done, 300); });

/** Every record that the product has made of its events, by store: what the others are given. */
export async function made(database) {
  const db = await wait(indexedDB.open(database));
  const reading = db.transaction(Object.keys(SHAPE));
  const found = await Promise.all(Object.keys(SHAPE).map(async name => [name, await wait(reading.objectStore(name).getAll())]));
  db.close();
  globalThis.records = Object.fromEntries(found);
  return Object.fromEntries(found.map(([name, all]) => [name, all.length]));
}

/** Milliseconds of an import by a page: message, reading, folding, storing, answer. */
export async function imported(build) {
  const jsonl = globalThis.texts.join('\n');
  const start = performance.now();
  const { added } = await askAs(build, { type: 'import', jsonl });
  const took = performance.now() - start;
  if (added !== globalThis.texts.length) throw new Error(`${added} of ${globalThis.texts.length} were added`);
  return took;
}

/** Milliseconds of the parts of the same, in this page: reading the text, looking up what is stored, folding, writing. */
export const alone = async workspace => [...await globalThis.ours.store(workspace, globalThis.texts.join('\n'))];

/** The floor, written by hand. @param {'strict' | 'relaxed'} durability */
const raw = durability => ({
  async open(name, kinds) {
    const open = indexedDB.open(name, 1);
    open.onupgradeneeded = () => {
      for (const kind of kinds) {
        const { key, indexes } = SHAPE[kind];
        const store = open.result.createObjectStore(kind, { keyPath: key });
        for (const index of indexes) store.createIndex(index, index);
      }
    };
    this.db = await wait(open);
  },
  write(records) {
    return new Promise((done, fail) => {
      const change = this.db.transaction(Object.keys(records), 'readwrite', { durability });
      change.oncomplete = done;
      change.onabort = () => fail(change.error);
      for (const [kind, all] of Object.entries(records)) {
        const store = change.objectStore(kind);
        for (const one of all) store.put(one);
      }
    });
  },
  async texts() {
    return (await wait(this.db.transaction('events').objectStore('events').getAll())).map(one => one.text);
  },
  close() {
    this.db.close();
    return wait(indexedDB.deleteDatabase(this.db.name));
  },
});

const dexie = {
  async open(name, kinds) {
    this.db = new globalThis.stores.Dexie(name, { chromeTransactionDurability: 'strict' });
    this.db.version(1).stores(Object.fromEntries(kinds.map(kind => [kind, [SHAPE[kind].key, ...SHAPE[kind].indexes].join(',')])));
    await this.db.open();
  },
  write(records) {
    return this.db.transaction('rw', Object.keys(records), () => Promise.all(Object.entries(records).map(([kind, all]) => this.db.table(kind).bulkPut(all))));
  },
  texts() {
    return this.db.table('events').toArray(all => all.map(one => one.text));
  },
  close() {
    return this.db.delete();
  },
};

/** Documents have their key in `_id`; there is no index beside it, and no durability to choose. */
const pouch = {
  async open(name, kinds) {
    this.dbs = Object.fromEntries(kinds.map(kind => [kind, new globalThis.stores.PouchDB(`${name}-${kind}`, { adapter: 'indexeddb' })]));
    for (const db of Object.values(this.dbs)) await db.info();
  },
  prepared(kind, all) {
    return all.map(({ [SHAPE[kind].key]: _id, ...others }) => ({ _id, ...others }));
  },
  async write(records) {
    for (const [kind, all] of Object.entries(records)) {
      const bad = (await this.dbs[kind].bulkDocs(all)).find(row => row.error);
      if (bad) throw new Error(`${kind}: ${bad.reason}`);
    }
  },
  async texts() {
    return (await this.dbs.events.allDocs({ include_docs: true })).rows.map(row => row.doc.text);
  },
  async close() {
    for (const db of Object.values(this.dbs)) await db.destroy();
  },
};

/** It indexes only what every record has; of mentions those are `saved_at`, `status`, `flag` and `case`. */
const rx = {
  async open(name, kinds) {
    const { createRxDatabase, getRxStorageDexie } = globalThis.stores;
    this.db = await createRxDatabase({ name, storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }), multiInstance: false, eventReduce: false });
    const text = { type: 'string', maxLength: 100 };
    const number = { type: 'number', minimum: 0, maximum: 1e13, multipleOf: 1 };
    const fields = { saved_at: number, flag: number };
    await this.db.addCollections(Object.fromEntries(kinds.map((kind) => {
      const { key, indexes } = SHAPE[kind];
      const kept = indexes.filter(index => index !== 'assignee' && index !== 'department');
      const properties = Object.fromEntries([key, ...kept].map(field => [field, fields[field] ?? text]));
      return [kind, { schema: { version: 0, primaryKey: key, type: 'object', properties, required: [key, ...kept], indexes: kept } }];
    })));
  },
  async write(records) {
    for (const [kind, all] of Object.entries(records)) {
      const { error } = await this.db[kind].bulkInsert(all);
      if (error.length) throw new Error(`${kind}: ${error.length} were not stored`);
    }
  },
  async texts() {
    return (await this.db.events.find().exec()).map(one => one.get('text'));
  },
  close() {
    return this.db.remove();
  },
};

const SUBJECTS = {
  'IndexedDB by hand, strict': raw('strict'), 'IndexedDB by hand, relaxed': raw('relaxed'), 'Dexie, strict': dexie, PouchDB: pouch,
  'RxDB over Dexie, strict': rx,
};

export const subjects = () => Object.keys(SUBJECTS);

/** Milliseconds of one subject: every record written, the events read back as text, the events alone written. */
export async function other(name, round) {
  const subject = SUBJECTS[name];
  const took = {};
  for (const [what, kinds] of [['every', Object.keys(SHAPE)], ['events', ['events']]]) {
    await subject.open(`bench-${name.replaceAll(/\W+/g, '-').toLowerCase()}-${what}-${round}`, kinds);
    // Some of them write into what they are given.
    const records = structuredClone(Object.fromEntries(kinds.map(kind => [kind, subject.prepared?.(kind, globalThis.records[kind]) ?? globalThis.records[kind]])));
    await rest();
    let start = performance.now();
    await subject.write(records);
    took[what] = performance.now() - start;
    if (what === 'every') {
      start = performance.now();
      const text = (await subject.texts()).map(one => `${one}\n`).join('');
      const { size } = new Blob([text]);
      took.read = performance.now() - start;
      took.size = size;
    }
    await subject.close();
  }
  return took;
}
