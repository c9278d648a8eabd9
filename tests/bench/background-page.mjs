// In the practice page of the extension, which has an agent's rights: a mention saved for good, beside a bare strict
// transaction with the same stores; the voice check with its message; the first answer of a background that was killed.

const answerOf = (port, request) => new Promise((done, fail) => {
  const hear = message => {
    if (message.id !== request.id) return;
    port.onMessage.removeListener(hear);
    if (message.kind === 'failed') fail(new Error(JSON.stringify(message.error)));
    else done(message.body);
  };
  port.onMessage.addListener(hear);
  port.postMessage(request);
});

export function connect(name, build) {
  const port = chrome.runtime.connect({ name });
  let id = 0;
  return (body, once = null) => answerOf(port, { protocol: 1, build, id: ++id, once, body });
}

const wait = request => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

/** A message of this size there and back: one that the background does not know, which it reads and refuses at once. */
export const echo = (ask, text) => ask({ type: 'echo', text }).catch(() => {});

/** The floor: a hand-written transaction over the stores and indexes of `src/browser/shape.rs`, which writes what a save writes. */
async function bareStore() {
  const open = indexedDB.open(`bench-${Math.random()}`, 1);
  open.onupgradeneeded = () => {
    const db = open.result;
    const store = (name, keyPath, indexes) => {
      const made = db.createObjectStore(name, keyPath ? { keyPath } : {});
      for (const index of indexes) made.createIndex(index, index);
    };
    store('events', 'id', ['m', 't', 'once']);
    store('outbox', 'id', []);
    store('mentions', 'key', ['saved_at', 'status', 'assignee', 'department', 'flag', 'case']);
    store('cases', 'id', []);
    store('meta', null, []);
  };
  const db = await wait(open);
  return (event, mention) => new Promise((done, fail) => {
    const change = db.transaction(['events', 'outbox', 'mentions', 'cases', 'meta'], 'readwrite', { durability: 'strict' });
    change.oncomplete = () => done();
    change.onerror = () => fail(change.error);
    change.objectStore('events').put(event);
    change.objectStore('outbox').put({ id: event.id });
    change.objectStore('mentions').put(mention);
    change.objectStore('cases').put({ id: mention.case, status: mention.status, assignee: mention.assignee, mentions: [mention.key] });
    change.objectStore('meta').put(event.id, 'clock');
  });
}

export async function save(build, definition, rule, rounds) {
  const ask = connect('agent', build);
  await ask({ type: 'hello', url: location.href, document: `bench-${Math.random()}`, top: true, language: 'en' });
  await ask({ type: 'running', definition, url: location.href, page: {} });
  const bare = await bareStore();
  const times = { rejoinder: [], bare: [], message: [] };
  const text = 'My order is late and nobody answers, @nimbus_coffee. When will somebody help me with this?';
  for (let i = 0; i < rounds; i++) {
    const id = `bench${Math.random().toString(36).slice(2)}`;
    const post = { local: i + 1, rule, fields: { native_id: id, permalink: `?post=${id}`, handle: `c_${i}`, name: `Customer ${i}`, text, published: '2026-01-01T10:00:00Z' } };
    let start = performance.now();
    await ask({ type: 'save', url: location.href, post, via: 'row', selection: null }, crypto.randomUUID());
    times.rejoinder.push(performance.now() - start);
    start = performance.now();
    await echo(ask, JSON.stringify(post));
    times.message.push(performance.now() - start);
    start = performance.now();
    await bare({ id, m: id, t: 'saved', once: id, v: post }, { key: id, case: id, status: 'new', assignee: 'x', department: 'y', saved_at: i, flag: 0, ...post.fields });
    times.bare.push(performance.now() - start);
  }
  return times;
}

/** Milliseconds from the first word to a background that is not running until its answer. */
export async function firstAnswer(build) {
  const start = performance.now();
  const ask = connect('page', build);
  await ask({ type: 'open', page: 'options' });
  return performance.now() - start;
}

const template = (at) => ({ id: `bench-${at}`, title: `Answer number ${at}`, folder: `Folder ${at % 40}`, tags: ['parcel'], language: 'en',
  body: `Hello {{ author.first_name | default("there") }}, thank you for writing about order ${at}. We are sorry for the delay: our carrier has had trouble in your area, and we expect your parcel within three working days. {{ me.first_name | default("Your team") }}` });

/** Stores so many templates. */
export async function fill(build, count) {
  const ask = connect('page', build);
  const start = performance.now();
  for (let from = 0; from < count; from += 100) {
    const items = Array.from({ length: Math.min(100, count - from) }, (_, at) => [`bench-${from + at}`, template(from + at)]);
    await ask({ type: 'put_templates', items }, crypto.randomUUID());
  }
  return performance.now() - start;
}

/** Changes of one setting and of one template. */
export async function change(build, rounds) {
  const ask = connect('page', build);
  const times = { setting: [], template: [] };
  for (let i = 0; i < rounds; i++) {
    let start = performance.now();
    await ask({ type: 'put', item: 'workspace', id: '', value: { name: `Bench ${i}` } }, crypto.randomUUID());
    times.setting.push(performance.now() - start);
    start = performance.now();
    await ask({ type: 'put', item: 'template', id: 'bench-one', value: { ...template(i), id: 'bench-one' } }, crypto.randomUUID());
    times.template.push(performance.now() - start);
  }
  return times;
}

/** A check with its message, there and back, and an echo of the same text. */
export async function check(build, text, rounds) {
  const ask = connect('page', build);
  const times = { check: [], echo: [] };
  for (let i = 0; i < rounds; i++) {
    const typed = text.slice(0, -1) + String.fromCharCode(97 + (i % 26));
    let start = performance.now();
    await ask({ type: 'check_text', text: typed, language: null });
    times.check.push(performance.now() - start);
    start = performance.now();
    await echo(ask, typed);
    times.echo.push(performance.now() - start);
  }
  return times;
}

/** One request as one of our own pages asks it, by a line of its own: a background that went to sleep meanwhile wakes. */
export async function askAs(build, body) {
  const port = chrome.runtime.connect({ name: 'page' });
  try {
    return await answerOf(port, { protocol: 1, build, id: 1, once: crypto.randomUUID(), body });
  } finally {
    port.disconnect();
  }
}
