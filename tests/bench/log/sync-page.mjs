// In a page of the extension: a log pushed to a team's server and pulled from it, by the product's rounds and by PouchDB's
// replication, all in this browser's IndexedDB; and the floor, bare calls. Needs `wait` and `askAs` of background-page.mjs and `globalThis.stores`.

/** How often the log is looked at while the rounds work on it, milliseconds. */
const LOOK = 20;
/** What takes longer will never come; less than the tool waits for an answer. */
const PATIENCE = 50_000;

/** Asks `probe` until it says yes; milliseconds since `start`. */
async function since(start, what, probe) {
  while (!await probe()) {
    if (performance.now() - start > PATIENCE) throw new Error(`${what} did not come`);
    await new Promise((done) => { setTimeout(done, LOOK); });
  }
  return performance.now() - start;
}

/** An empty log in a new workspace, and the password with which it will be shared. */
async function workspaceFor(build, workspace, { url, user, password }) {
  await askAs(build, { type: 'workspace', id: workspace });
  const vault = await import(chrome.runtime.getURL('vault.js'));
  await vault.keep(workspace, password);
  const { status } = await fetch(`${url}/_session`, {
    method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: user, password }),
  });
  if (status !== 200) throw new Error(`sign-in: ${status}`);
}

const store = (db, name) => db.transaction(name).objectStore(name);

/** Shares the workspace in use; ends with its first round. Gives what `wanted` gives, which begins at once. */
async function shared(build, db, { url, database, user }, wanted = async () => {}) {
  await askAs(build, { type: 'team', team: { url, database, user } });
  const took = await wanted();
  // The last that a first round does is to compare both sides' months.
  await since(performance.now(), 'the end of the first round', async () => JSON.parse(await wait(store(db, 'meta').get('sync')) ?? '{}').compared);
  return took;
}

/** Nothing of one subject may burden the next: neither rounds nor what the browser and the server still do. */
async function left(build, db) {
  await rest();
  db.close();
  await askAs(build, { type: 'team', team: null });
  await rest();
}

const rest = () => new Promise((done) => { setTimeout(done, 1_000); });

/**
 * Events come into a log that is shared already: milliseconds from when they are stored until the server has said of each
 * that it has it, and until all of them were read back.
 */
export async function pushed(build, workspace, team) {
  await workspaceFor(build, workspace, team);
  const db = await wait(indexedDB.open(`rejoinder-${workspace}`));
  await shared(build, db, team);
  const last = JSON.parse(globalThis.texts.at(-1))._id;
  await askAs(build, { type: 'import', jsonl: globalThis.texts.join('\n') });
  // The round begins with this answer.
  const start = performance.now();
  // The oldest go first.
  const accepted = await since(start, 'the last answer', async () => {
    const one = await wait(store(db, 'outbox').get(last));
    return !one || one.s === 'acked';
  });
  const confirmed = await since(start, 'the last confirmation', async () => !await wait(store(db, 'outbox').count()));
  await left(build, db);
  return { accepted, confirmed };
}

/** Milliseconds from sharing an empty log until everything is in it. */
export async function pulled(build, workspace, team) {
  await workspaceFor(build, workspace, team);
  const db = await wait(indexedDB.open(`rejoinder-${workspace}`));
  const start = performance.now();
  const all = async () => await wait(store(db, 'events').count()) >= globalThis.texts.length;
  const took = await shared(build, db, team, () => since(start, 'the last event', all));
  await left(build, db);
  return took;
}

const remote = ({ url, database }) => new globalThis.stores.PouchDB(`${url}/${database}`, { skip_setup: true });

async function local(name, docs) {
  const db = new globalThis.stores.PouchDB(name, { adapter: 'indexeddb' });
  await db.info();
  if (docs) await db.bulkDocs(docs);
  return db;
}

/** The same by PouchDB, as whoever this browser is signed in as. `portion`: documents in one call; its own when absent. */
export async function pouchPushed(name, team, portion) {
  const from = await local(name, globalThis.texts.map(text => JSON.parse(text)));
  const start = performance.now();
  const { docs_written: written } = await from.replicate.to(remote(team), portion ? { batch_size: portion } : {});
  const took = performance.now() - start;
  if (written !== globalThis.texts.length) throw new Error(`${written} documents were pushed`);
  await from.destroy();
  await rest();
  return took;
}

export async function pouchPulled(name, team, portion) {
  const to = await local(name);
  const start = performance.now();
  await to.replicate.from(remote(team), portion ? { batch_size: portion } : {});
  const took = performance.now() - start;
  const { doc_count: count } = await to.info();
  if (count < globalThis.texts.length) throw new Error(`${count} documents were pulled`);
  await to.destroy();
  await rest();
  return took;
}

/** One call to the server as whoever this browser is signed in as. */
async function call({ url, database }, path, body) {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const answer = await fetch(`${url}/${database}${path}`, { method: body ? 'POST' : 'GET', body, headers, credentials: 'include' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** The floor: what is in memory sent, portion by portion, and no more. */
export async function barePushed(team, portion) {
  const start = performance.now();
  for (let from = 0; from < globalThis.texts.length; from += portion) {
    const rows = await call(team, '/_bulk_docs', `{"docs":[${globalThis.texts.slice(from, from + portion)}]}`);
    const bad = rows.find(row => row.error);
    if (bad) throw new Error(`pushed: ${bad.error} ${bad.reason}`);
  }
  return performance.now() - start;
}

/** The floor: portion by portion fetched and put into the one store with its indexes, folded nowhere. */
export async function barePulled(name, team, portion) {
  const open = indexedDB.open(name, 1);
  open.onupgradeneeded = () => {
    const made = open.result.createObjectStore('events', { keyPath: 'id' });
    for (const index of ['m', 't', 'once']) made.createIndex(index, index);
  };
  const db = await wait(open);
  const start = performance.now();
  let [since, count, results] = [0, 0, []];
  do {
    ({ results, last_seq: since } = await call(team, `/_changes?include_docs=true&limit=${portion}&since=${since}`));
    await new Promise((done, fail) => {
      const change = db.transaction('events', 'readwrite', { durability: 'strict' });
      change.oncomplete = done;
      change.onabort = () => fail(change.error);
      for (const { doc: { _rev, ...doc } } of results) {
        change.objectStore('events').put({ id: doc._id, m: doc.m, t: doc.t, once: doc.once, text: JSON.stringify(doc) });
      }
    });
    count += results.length;
  } while (results.length >= portion);
  const took = performance.now() - start;
  if (count < globalThis.texts.length) throw new Error(`${count} documents were pulled`);
  db.close();
  await wait(indexedDB.deleteDatabase(name));
  await rest();
  return took;
}
