// The rules and the answers of the real pouchdb-server, and what the fault proxy does to them. The answers are recorded in
// tests/fixtures/sync, where the client's own tests read them; RECORD=1 writes them anew.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ADMIN, basic, freePort, setUp, startServer } from './server.mjs';
import { seeded, startProxy } from './proxy.mjs';

const RECORDED = new URL('../fixtures/sync/pouchdb-server-4.2.0/', import.meta.url);
const WORKSPACE = 'ws_test';
const PEOPLE = /** @type {import('./server.mjs').Person[]} */ ([
  { name: 'ana', password: 'pw-ana', role: 'agent' },
  { name: 'ben', password: 'pw-ben', role: 'agent' },
  { name: 'lea', password: 'pw-lea', role: 'lead' },
  { name: 'rita', password: 'pw-rita', role: 'reader' },
]);
const STRANGER = { name: 'zoe', password: 'pw-zoe', roles: ['ws:other:lead'] };
/** What an answer says beside its body that a client may go by. */
const HEADERS = ['content-type', 'location', 'retry-after', 'set-cookie', 'www-authenticate'];

/** @typedef {{ status: number, headers: Headers, text: string, body: any }} Said */

/** The `n`th valid event. @param {number} n */
const event = (n, fields = {}) => {
  const hlc = `038FEAX64${String(n).padStart(4, '0')}`;
  return {
    _id: `2026-11!${hlc}-D3DZKS0F`, hlc, by: 'ana', dev: 'd-laptop', t: 'note', m: '29975b77a4aafd82f5d6dfef9354ee2d',
    v: { text: 'hi' }, seen: [], sv: 1, h: n.toString(16).padStart(32, '0'), ...fields,
  };
};

/** A request with a JSON answer; an answer that is no JSON has no body. @returns {Promise<Said>} */
async function ask(url, method, path, { body, headers = {} } = /** @type {{ body?: unknown, headers?: object }} */ ({})) {
  const answer = await fetch(`${url}${path}`, {
    method, body: body === undefined ? undefined : JSON.stringify(body),
    headers: { ...body === undefined ? {} : { 'content-type': 'application/json' }, ...headers },
  });
  const text = await answer.text();
  let read;
  try { read = JSON.parse(text); } catch { /* cut off, which some tests want */ }
  return { status: answer.status, headers: answer.headers, text, body: read };
}

/** Signs in; what comes back asks with the cookie, in the workspace unless the path begins with a slash. */
async function signIn(url, name, password) {
  const answer = await ask(url, 'POST', '/_session', { body: { name, password } });
  assert.equal(answer.status, 200, answer.text);
  let cookie = answer.headers.getSetCookie()[0].split(';')[0];
  const person = async (method, path, body) => {
    const said = await ask(url, method, path.startsWith('/') ? path : `/${WORKSPACE}/${path}`, { body, headers: { cookie } });
    cookie = said.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return said;
  };
  return Object.assign(person, {
    /** The rows of a batch by id, as no order is promised. */
    async push(...docs) {
      const said = await person('POST', '_bulk_docs', { docs });
      assert.equal(said.status, 201, said.text);
      return Object.fromEntries(said.body.map(row => [row.id, row]));
    },
    /** What the workspace has under an id, or null. */
    async look(id) {
      const said = await person('POST', '_all_docs?include_docs=true', { keys: [id] });
      return said.body.rows[0].doc ?? null;
    },
  });
}

/** @type {string} */
let dir;
/** @type {import('./server.mjs').Server} */
let server;
/** @type {Record<string, Awaited<ReturnType<typeof signIn>>>} */
const as = {};

/** A database and its people as they are on the first day; every part of the tests has its own server. */
const fresh = () => {
  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'rejoinder-sync-'));
    server = await startServer({ dir });
    await setUp(server.url, { workspace: WORKSPACE, people: PEOPLE });
    await ask(server.url, 'PUT', `/_users/org.couchdb.user:${STRANGER.name}`, {
      headers: { authorization: basic(ADMIN) }, body: { ...STRANGER, type: 'user' },
    });
    for (const { name, password } of [...PEOPLE, STRANGER]) as[name] = await signIn(server.url, name, password);
  });
  after(async () => {
    await server?.kill();
    rmSync(dir, { recursive: true, force: true });
  });
};

/** @param {Said} said @param {number} status @param {string} error */
const refused = (said, status, error) => {
  assert.deepEqual([said.status, said.body.error], [status, error], said.text);
};

describe('the rules on a real server', () => {
  fresh();

  test('an agent writes an event, and everybody in the workspace reads it', async () => {
    const doc = event(1);
    const rows = await as.ana.push(doc);
    assert.equal(rows[doc._id].ok, true);
    for (const name of ['ana', 'ben', 'lea', 'rita']) {
      const { _rev, ...read } = await as[name].look(doc._id);
      assert.match(_rev, /^1-/);
      assert.deepEqual(read, doc);
    }
  });

  test('an event that is pushed again changes nothing and says so, while the others in the batch are taken', async () => {
    const [old, young] = [event(2), event(3)];
    await as.ana.push(old);
    const rows = await as.ana.push(old, young);
    assert.ok(['forbidden', 'conflict'].includes(rows[old._id].error));
    assert.equal(rows[young._id].ok, true);
    assert.match((await as.ana.look(old._id))._rev, /^1-/);
  });

  test('nobody edits or deletes an event', async () => {
    const doc = event(4);
    const { rev } = (await as.ana.push(doc))[doc._id];
    for (const [name, change] of /** @type {const} */ ([
      ['ana', { v: { text: 'other' } }], ['ana', { _deleted: true }], ['lea', { by: 'lea' }], ['lea', { _deleted: true }],
    ])) {
      const rows = await as[name].push({ ...doc, ...change, _rev: rev });
      assert.equal(rows[doc._id].error, 'forbidden');
    }
    refused(await as.ana('DELETE', `${encodeURIComponent(doc._id)}?rev=${rev}`), 403, 'forbidden');
    refused(await as.ana('PUT', encodeURIComponent(doc._id), { ...doc, _rev: rev }), 403, 'forbidden');
    assert.deepEqual(await as.ana.look(doc._id), { ...doc, _rev: rev });
  });

  test('nobody writes over an event as a replicator would', async () => {
    const doc = event(5);
    await as.ana.push(doc);
    const other = { ...doc, v: { text: 'other' }, _rev: `1-${'f'.repeat(32)}` };
    const said = await as.ana('POST', '_bulk_docs', { docs: [other], new_edits: false });
    assert.equal(said.body[0].error, 'forbidden');
    assert.deepEqual((await as.ana.look(doc._id)).v, doc.v);
  });

  test('nobody writes in the name of somebody else, but brings along what has a generated name', async () => {
    const [ofBen, ofNobody] = [event(6, { by: 'ben' }), event(7, { by: 'u-7k2m9qab' })];
    const rows = await as.ana.push(ofBen, ofNobody);
    assert.equal(rows[ofBen._id].error, 'forbidden');
    assert.match(rows[ofBen._id].reason, /^author: /);
    assert.equal(rows[ofNobody._id].ok, true);
    assert.equal(await as.ana.look(ofBen._id), null);
  });

  test('nobody but the administrator changes the rules', async () => {
    for (const name of ['ana', 'lea']) {
      const made = await as[name]('PUT', '_design/other', { validate_doc_update: 'function () {}' });
      assert.ok([401, 403].includes(made.status), made.text);
      const rules = (await as[name]('GET', '_design/rejoinder')).body;
      const changed = await as[name]('PUT', '_design/rejoinder', { ...rules, validate_doc_update: 'function () {}' });
      assert.ok([401, 403].includes(changed.status), changed.text);
      const opened = await as[name]('PUT', '_security', {});
      assert.ok([401, 403, 500].includes(opened.status), opened.text);
    }
    const doc = event(8, { by: 'zoe' });
    assert.equal((await as.ana.push(doc))[doc._id].error, 'forbidden');
  });

  test('a reader writes nothing', async () => {
    const doc = event(9, { by: 'rita' });
    const presence = { _id: 'presence:rita', until: 1 };
    const rows = await as.rita.push(doc, presence);
    for (const id of [doc._id, presence._id]) {
      assert.equal(rows[id].error, 'forbidden');
      assert.match(rows[id].reason, /^reader: /);
    }
  });

  test('a stranger neither reads nor writes, and a visitor neither', async () => {
    const doc = event(10, { by: 'zoe' });
    const visitor = (method, path, body) => ask(server.url, method, `/${WORKSPACE}/${path}`, { body });
    for (const anyone of [as.zoe, visitor]) {
      for (const path of ['', '_changes?include_docs=true', '_all_docs', '_local/d-laptop', '_design/rejoinder/_view/months']) {
        const said = await anyone('GET', path);
        assert.ok([401, 403].includes(said.status), `${path}: ${said.text}`);
      }
      const said = await anyone('POST', '_bulk_docs', { docs: [doc] });
      assert.ok(said.status === 401 || said.status === 403 || said.body[0].error, said.text);
    }
    assert.equal(await as.ana.look(doc._id), null);
  });

  test('a lead erases and gives roles, an agent does not', async () => {
    const given = { t: 'setting', v: { item: 'role', id: 'ben', value: 'lead' } };
    const ofAna = [event(11, { t: 'erased', v: {} }), event(12, given)];
    const ofLea = [event(13, { by: 'lea', t: 'erased', v: {} }), event(14, { by: 'lea', ...given })];
    const [taken, not] = [await as.lea.push(...ofLea), await as.ana.push(...ofAna)];
    for (const { _id } of ofLea) assert.equal(taken[_id].ok, true);
    for (const { _id } of ofAna) assert.match(not[_id].reason, /^lead: /);
  });

  test('what is broken is refused, row by row', async () => {
    const broken = [
      [{ ...event(15), _id: 'x' }, 'id'], [event(16, { hlc: event(17).hlc }), 'clock'], [event(17, { t: 'Note' }), 'type'],
      [event(18, { h: 'abc' }), 'hash'], [event(19, { v: 'x'.repeat(1_000_000) }), 'size'],
      [event(20, { _attachments: { 'a.txt': { content_type: 'text/plain', data: 'aGk=' } } }), 'attachment'],
    ];
    const rows = await as.ana.push(...broken.map(([doc]) => doc));
    for (const [doc, word] of broken) assert.equal(rows[doc._id].reason?.split(':')[0], word);
  });

  test('presence is overwritten again and again, by its own person, and taken back', async () => {
    const id = 'presence:ana';
    let rev;
    for (let times = 1; times <= 80; times++) {
      const row = (await as.ana.push({ _id: id, until: times, _rev: rev }))[id];
      assert.equal(row.ok, true, `time ${times}: ${row.reason}`);
      rev = row.rev;
    }
    assert.equal((await as.ben.look(id)).until, 80);
    assert.match((await as.ben.push({ _id: id, until: 1, _rev: rev }))[id].reason, /^presence: /);
    assert.match((await as.ana.push({ _id: id, _rev: rev }))[id].reason, /^until: /);
    assert.equal((await as.ana.push({ _id: id, until: 1 }))[id].error, 'conflict', 'without its revision');
    assert.equal((await as.ana.push({ _id: id, _deleted: true, _rev: rev }))[id].ok, true);
    assert.equal(await as.ben.look(id), null);
    assert.equal((await as.ana.push({ _id: id, until: 2 }))[id].ok, true);
  });

  test('the view counts events by month and author', async () => {
    const before = (await as.rita('GET', '_design/rejoinder/_view/months?group=true')).body.rows;
    const count = (rows, key) => rows.find(row => JSON.stringify(row.key) === JSON.stringify(key))?.value ?? 0;
    await as.ben.push(event(21, { by: 'ben' }), event(22, { by: 'ben' }));
    const december = { ...event(23, { by: 'ben' }), _id: event(23)._id.replace('2026-11', '2026-12') };
    await as.ben.push(december);
    const rows = (await as.rita('GET', '_design/rejoinder/_view/months?group=true')).body.rows;
    assert.equal(count(rows, ['2026-11', 'ben']) - count(before, ['2026-11', 'ben']), 2);
    assert.equal(count(rows, ['2026-12', 'ben']), 1);
    assert.equal(count(rows, ['2026-11', 'ana']), count(before, ['2026-11', 'ana']));
    assert.ok(rows.every(row => row.key.length === 2 && /^\d{4}-\d{2}$/.test(row.key[0])), 'nothing but events');
    const months = (await as.rita('GET', '_design/rejoinder/_view/months?group_level=1')).body.rows;
    assert.deepEqual(months.map(row => row.key), [['2026-11'], ['2026-12']]);
  });

  test('what was taken outlives a kill; only the sessions do not', async () => {
    const doc = event(24);
    await as.ana.push(doc);
    await server.restart();
    const said = await as.ana('GET', '_changes');
    assert.ok([401, 403].includes(said.status), said.text);
    as.ana = await signIn(server.url, 'ana', 'pw-ana');
    assert.deepEqual((await as.ana.look(doc._id)).v, doc.v);
    assert.ok(['forbidden', 'conflict'].includes((await as.ana.push(doc))[doc._id].error), 'the rules hold still');
  });

  test('stopped, it refuses connections until it is started again', async () => {
    await server.stop();
    await assert.rejects(fetch(server.url));
    await server.restart();
    assert.equal((await fetch(server.url)).status, 200);
  });
});

describe('the recorded answers', () => {
  fresh();

  /** What differs from run to run says nothing to a client. */
  const steady = ({ status, headers, body }, { method, path, sent }) => ({
    request: { method, path, ...sent === undefined ? {} : { body: sent } },
    status,
    headers: Object.fromEntries(HEADERS.filter(name => headers.has(name)).map(name => [name, headers.get(name)
      .replace(/AuthSession=[\w-]+/, 'AuthSession=YW5hOjZCMDQyNEY0Og').replace(server.url, 'http://127.0.0.1:5984')])),
    body: JSON.parse(JSON.stringify(body), (name, value) => {
      if (name === 'uuid') return '71cfb914-2e45-4d40-a2e3-dfecc124b890';
      if (name === 'instance_start_time') return '1795000000000';
      return name === 'disk_size' ? 10_000 : value;
    }),
  });

  /** Rows by id: a server puts them, and what it then numbers, in any order. */
  const sorted = said => Array.isArray(said.body)
    ? { ...said, body: said.body.toSorted((a, b) => String(a.id).localeCompare(String(b.id))) } : said;

  /**
   * Compares with what was recorded, or records.
   * @param {string} name @param {(method: string, path: string, body?: any) => any} who
   * @param {string} method @param {string} path @param {unknown} [sent]
   */
  async function recorded(name, who, method, path, sent) {
    const said = steady(await who(method, path, sent), { method, path, sent });
    const file = new URL(`${name}.json`, RECORDED);
    if (process.env.RECORD) writeFileSync(file, `${JSON.stringify(said, null, 2)}\n`);
    assert.deepEqual(sorted(said), sorted(JSON.parse(readFileSync(file, 'utf8'))), name);
    return said;
  }

  test('the server answers as it was recorded', async () => {
    mkdirSync(RECORDED, { recursive: true });
    const visitor = (method, path, body) => ask(server.url, method, path, { body });
    const ana = (method, path, body) => as.ana(method, path, body);
    const base = `/${WORKSPACE}`;
    const raw = async (path, body) => {
      const headers = { 'content-type': 'application/json', authorization: basic(PEOPLE[0]) };
      const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body });
      return { status: answer.status, headers: answer.headers, body: await answer.json() };
    };
    const [first, second, third, missing] = [event(1), event(2), event(3), event(9)];

    await recorded('root', visitor, 'GET', '/');
    await recorded('session-refused', visitor, 'POST', '/_session', { name: 'ana', password: 'wrong' });
    await recorded('session-ok', visitor, 'POST', '/_session', { name: 'ana', password: 'pw-ana' });
    await recorded('session-get', ana, 'GET', '/_session');
    await recorded('session-get-anonymous', visitor, 'GET', '/_session');
    await recorded('database-anonymous', visitor, 'GET', base);
    await recorded('database-empty', ana, 'GET', base);
    const { body: { update_seq: start } } = await as.ana('GET', base);

    await recorded('bulk-ok', ana, 'POST', `${base}/_bulk_docs`, { docs: [first] });
    // Refused rows come first, whatever the order of the batch was.
    const mixed = { docs: [second, first, event(4, { by: 'ben' })] };
    await recorded('bulk-ok-and-forbidden', ana, 'POST', `${base}/_bulk_docs`, mixed);
    await as.ana.push(third);
    await recorded('bulk-new-edits-false', ana, 'POST', `${base}/_bulk_docs`,
      { docs: [{ ...event(5), _rev: `1-${'a'.repeat(32)}` }], new_edits: false });
    await recorded('bulk-empty', ana, 'POST', `${base}/_bulk_docs`, { docs: [] });
    await recorded('bulk-no-docs', ana, 'POST', `${base}/_bulk_docs`, {});
    // One such field, and nothing of the batch is taken.
    await recorded('bulk-bad-field', ana, 'POST', `${base}/_bulk_docs`, { docs: [event(8), event(9, { _more: 1 })] });
    await recorded('bulk-broken-json', (method, path) => raw(path, '{"docs":[{'), 'POST', `${base}/_bulk_docs`);
    await recorded('bulk-twice-in-one', ana, 'POST', `${base}/_bulk_docs`, { docs: [event(10), event(10)] });
    await recorded('bulk-stranger', as.zoe, 'POST', `${base}/_bulk_docs`, { docs: [event(6, { by: 'zoe' })] });
    await recorded('presence-ok', ana, 'PUT', `${base}/presence:ana`, { until: 1795000000000 });
    await recorded('presence-conflict', ana, 'PUT', `${base}/presence:ana`, { until: 1795000000000 });
    await recorded('presence-forbidden', ana, 'PUT', `${base}/presence:ben`, { until: 1795000000000 });
    const { rev } = (await as.ana('GET', `${base}/presence:ana`)).body;
    await as.ana.push({ _id: 'presence:ana', _deleted: true, _rev: rev ?? (await as.ana.look('presence:ana'))._rev });
    await recorded('design-refused', ana, 'PUT', `${base}/_design/other`, {});

    const keys = { keys: [missing._id, first._id, 'presence:ana'] };
    await recorded('all-docs-keys', ana, 'POST', `${base}/_all_docs`, keys);
    await recorded('all-docs-keys-include-docs', ana, 'POST', `${base}/_all_docs?include_docs=true`, keys);
    const range = 'startkey=%222026-11!%22&endkey=%222026-11!%EF%BF%B0%22';
    await recorded('all-docs-month', ana, 'GET', `${base}/_all_docs?${range}&descending=false&limit=2`);

    await recorded('changes', ana, 'GET', `${base}/_changes?since=${start}&limit=2&include_docs=true`);
    await recorded('changes-deleted', ana, 'GET', `${base}/_changes?since=${start + 3}&limit=10&include_docs=true`);
    await recorded('changes-none', ana, 'GET', `${base}/_changes?since=now&limit=10&include_docs=true`);
    // A server that went back in time takes any number for granted.
    await recorded('changes-beyond-the-end', ana, 'GET', `${base}/_changes?since=1000&limit=10&include_docs=true`);
    await recorded('changes-limit-zero', ana, 'GET', `${base}/_changes?since=${start}&limit=0`);

    await recorded('local-missing', ana, 'GET', `${base}/_local/d-laptop`);
    await recorded('local-put', ana, 'PUT', `${base}/_local/d-laptop`, { since: 3 });
    await recorded('local-get', ana, 'GET', `${base}/_local/d-laptop`);
    await recorded('local-conflict', ana, 'PUT', `${base}/_local/d-laptop`, { since: 4 });
    await recorded('local-put-again', ana, 'PUT', `${base}/_local/d-laptop`, { since: 4, _rev: '0-1' });

    await recorded('view-grouped', ana, 'GET', `${base}/_design/rejoinder/_view/months?group=true`);
    await recorded('view-by-month', ana, 'GET', `${base}/_design/rejoinder/_view/months?group_level=1`);
    await recorded('view-missing', ana, 'GET', `${base}/_design/rejoinder/_view/other?group=true`);
    await recorded('security', ana, 'GET', `${base}/_security`);
    await recorded('security-refused', ana, 'PUT', `${base}/_security`, {});
    await recorded('purge', ana, 'POST', `${base}/_purge`, { [first._id]: ['1-x'] });
    await recorded('no-database', ana, 'GET', '/ws_gone');
    await recorded('no-database-changes', ana, 'GET', '/ws_gone/_changes');
    await recorded('no-document', ana, 'GET', `${base}/${encodeURIComponent(missing._id)}`);

    // Another secret ends every session at once, which is what the clock does after ten minutes.
    const admin = { authorization: basic(ADMIN) };
    const changed = await ask(server.url, 'PUT', '/_config/couch_httpd_auth/secret', { headers: admin, body: 'another' });
    assert.equal(changed.status, 200, changed.text);
    await recorded('expired-session', ana, 'GET', '/_session');
    await recorded('expired-changes', ana, 'GET', `${base}/_changes?since=${start}&include_docs=true`);
    await recorded('expired-bulk', ana, 'POST', `${base}/_bulk_docs`, { docs: [event(7)] });
    await recorded('expired-local', ana, 'GET', `${base}/_local/d-laptop`);
  });
});

describe('the proxy', () => {
  fresh();

  /** The client's side of one fault. @param {any} faults @param {() => number} random */
  const through = async (faults, random, use) => {
    const proxy = await startProxy({ to: server.url, faults, random });
    try {
      await use(proxy);
    } finally {
      await proxy.stop();
    }
  };
  const ana = { authorization: basic(PEOPLE[0]) };
  const push = (url, ...docs) => ask(url, 'POST', `/${WORKSPACE}/_bulk_docs`, { body: { docs }, headers: ana });
  const info = url => ask(url, 'GET', `/${WORKSPACE}/_changes?since=0&limit=5`, { headers: ana });
  const has = async ({ _id }) => await as.ana.look(_id) !== null;
  const [low, high] = [() => 0, () => 0.99];

  test('without faults everything passes as it is', () => through({}, low, async ({ url, counts }) => {
    const direct = await info(server.url);
    const passed = await info(url);
    assert.deepEqual([passed.status, passed.body], [direct.status, direct.body]);
    assert.equal(passed.headers.get('connection'), 'close');
    assert.equal(direct.headers.get('content-encoding'), passed.headers.get('content-encoding'));
    const person = await signIn(url, 'ana', 'pw-ana');
    assert.equal((await person.push(event(100)))[event(100)._id].ok, true);
    assert.ok(Object.values(counts).every(count => count === 0));
  }));

  test('a dropped request never reaches the server', () => through({ drop_request: 1 }, low, async ({ url, counts }) => {
    await assert.rejects(push(url, event(101)), TypeError);
    assert.equal(await has(event(101)), false);
    assert.equal(counts.drop_request, 1);
  }));

  test('a dropped answer tells nothing of what was done', () => through({ drop_answer: 1 }, low, async ({ url, counts }) => {
    await assert.rejects(push(url, event(102)), TypeError);
    assert.equal(await has(event(102)), true);
    assert.equal(counts.drop_answer, 1);
  }));

  test('a request that arrives twice has the second answer', () => through({ twice: 1 }, low, async ({ url, counts }) => {
    const said = await push(url, event(103));
    assert.equal(said.status, 201);
    assert.equal(said.body[0].error, 'forbidden');
    assert.equal(await has(event(103)), true);
    assert.equal(counts.twice, 1);
  }));

  test('an answer breaks off half way', () => through({ truncate: 1 }, low, async ({ url, counts }) => {
    const answer = await fetch(`${url}/${WORKSPACE}/_changes?since=0&limit=5`, { headers: ana });
    assert.equal(answer.status, 200);
    await assert.rejects(answer.text(), TypeError);
    assert.equal(counts.truncate, 1);
  }));

  test('an answer is whole for HTTP and half for JSON', () => through({ truncate_json: 1 }, low, async ({ url, counts }) => {
    const said = await info(url);
    assert.equal(said.status, 200);
    assert.ok(said.text.length > 10);
    assert.equal(said.body, undefined);
    assert.equal((await push(url, event(104))).body, undefined);
    assert.equal(await has(event(104)), true);
    assert.equal(counts.truncate_json, 2);
  }));

  test('a request is late', () => through({ delay: 1 }, high, async ({ url, counts }) => {
    const start = performance.now();
    const said = await push(url, event(105));
    assert.ok(performance.now() - start > 150);
    assert.deepEqual([said.status, said.body[0].ok], [201, true]);
    assert.equal(counts.delay, 1);
  }));

  test('a batch below quorum may be there', () => through({ status_202: 1 }, high, async ({ url, counts }) => {
    const said = await push(url, event(106));
    assert.deepEqual([said.status, said.body[0].ok, said.body[0].id], [202, true, event(106)._id]);
    assert.equal(await has(event(106)), true);
    assert.equal(counts.status_202, 1);
    assert.equal((await info(url)).status, 200, 'nothing but batches');
    assert.equal(counts.status_202, 1);
  }));

  test('a batch below quorum may be lost, and looks the same', () => through({ status_202: 1 }, low, async ({ url, counts }) => {
    const said = await push(url, event(107), event(108));
    assert.equal(said.status, 202);
    assert.deepEqual(said.body.map(({ ok, id }) => [ok, id]), [[true, event(107)._id], [true, event(108)._id]]);
    for (const { rev } of said.body) assert.match(rev, /^1-[0-9a-f]{32}$/);
    assert.equal(await has(event(107)), false);
    assert.equal(counts.status_202, 1);
  }));

  test('a session ends at any request but the one that begins it', () => through({ s401: 1 }, low, async ({ url, counts }) => {
    refused(await push(url, event(109)), 401, 'unauthorized');
    refused(await info(url), 401, 'unauthorized');
    assert.equal(await has(event(109)), false);
    assert.equal(counts.s401, 2);
    const person = await signIn(url, 'ana', 'pw-ana');
    refused(await person('GET', '_local/d-laptop'), 401, 'unauthorized');
    assert.equal(counts.s401, 3);
  }));

  test('only what has a body is too large', () => through({ s413: 1 }, low, async ({ url, counts }) => {
    refused(await push(url, event(110)), 413, 'too_large');
    assert.equal((await info(url)).status, 200);
    assert.equal(await has(event(110)), false);
    assert.equal(counts.s413, 1);
  }));

  test('a busy server says when to come back', () => through({ s429: 1 }, low, async ({ url, counts }) => {
    const said = await push(url, event(111));
    refused(said, 429, 'too_many_requests');
    assert.equal(said.headers.get('retry-after'), '0');
    assert.equal(await has(event(111)), false);
    assert.equal(counts.s429, 1);
  }));

  test('a server that failed may have done it', () => through({ s500: 1 }, low, async ({ url, counts }) => {
    refused(await push(url, event(112)), 500, 'badarg');
    assert.equal(await has(event(112)), true);
    assert.equal(counts.s500, 1);
  }));

  test('a server that failed may not have done it', () => through({ s500: 1 }, high, async ({ url, counts }) => {
    refused(await push(url, event(113)), 500, 'badarg');
    assert.equal(await has(event(113)), false);
    assert.equal(counts.s500, 1);
  }));

  test('when it calms down everything passes', () => through({ drop_request: 1, s500: 1 }, low, async (proxy) => {
    await assert.rejects(info(proxy.url), TypeError);
    proxy.calm();
    assert.equal((await info(proxy.url)).status, 200);
    assert.equal(proxy.counts.drop_request, 1);
  }));

  test('a feed that stays open is passed on as it comes, and ends for both', () => through({}, low, async ({ url }) => {
    const { update_seq: since } = (await as.ana('GET', `/${WORKSPACE}`)).body;
    const leave = new AbortController();
    const path = `/${WORKSPACE}/_changes?feed=longpoll&since=${since}&include_docs=true`;
    const left = await fetch(`${url}${path}`, { headers: ana, signal: leave.signal });
    leave.abort();
    await assert.rejects(left.text(), { name: 'AbortError' });
    // This server never ends a feed by itself, whatever `timeout` says.
    const waiting = await fetch(`${url}${path}`, { headers: ana, signal: AbortSignal.timeout(20_000) });
    await push(url, event(114));
    const { results } = JSON.parse(await waiting.text());
    assert.deepEqual(results.map(({ id }) => id), [event(114)._id]);
  }));

  test('where no server answers nobody answers', async () => {
    const proxy = await startProxy({ to: `http://127.0.0.1:${await freePort()}` });
    await assert.rejects(info(proxy.url), TypeError);
    await proxy.stop();
  });

  test('a fault that does not exist is a mistake', async () => {
    await assert.rejects(startProxy({ to: server.url, faults: /** @type {any} */ ({ drop: 1 }) }), /no such fault: drop/);
  });

  test('a seed gives the same faults again', async () => {
    const faults = Object.fromEntries(['drop_request', 's401', 's429', 's500'].map(name => [name, 0.2]));
    const runs = [];
    for (const seed of [7, 7, 8]) {
      const run = [];
      await through(faults, seeded(seed), async ({ url, counts }) => {
        for (let n = 0; n < 30; n++) run.push(await info(url).then(said => said.status, () => 'none'));
        runs.push(JSON.stringify([run, counts]));
        assert.ok(['drop_request', 's401', 's429', 's500'].every(name => counts[name] > 0), runs.at(-1));
      });
    }
    assert.equal(runs[0], runs[1]);
    assert.notEqual(runs[0], runs[2]);
  });

  test('the generator is the known one', () => {
    const random = seeded(1);
    assert.deepEqual([random(), random(), random()].map(value => value.toFixed(6)), ['0.627074', '0.002736', '0.527447']);
  });
});
