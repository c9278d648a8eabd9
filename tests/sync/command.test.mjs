// `rejoinder sync` as a person runs it: a log in a file, a real pouchdb-server, and all that can go wrong between the two.
// SEED=n runs that scenario alone, SCENARIOS=n so many of them; FULL=1 runs many, and more of the rest.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  appendFileSync, copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { canonical, lines, writer } from './events.mjs';
import { seeded, startProxy } from './proxy.mjs';
import { ADMIN, basic, freePort, setUp, startServer } from './server.mjs';

const WORKSPACE = 'ws_test';
const PEOPLE = /** @type {import('./server.mjs').Person[]} */ ([
  { name: 'ana', password: 'pw-ana', role: 'agent' },
  { name: 'ben', password: 'pw-ben', role: 'agent' },
  { name: 'lea', password: 'pw-lea', role: 'lead' },
  { name: 'rita', password: 'pw-rita', role: 'reader' },
]);
const OCTOBER = Date.UTC(2026, 9, 10);
const NOVEMBER = Date.UTC(2026, 10, 10);
const DAY_MS = 24 * 60 * 60 * 1000;
/** A run that takes longer hangs. */
const PATIENCE_MS = 90_000;
const FULL = Boolean(process.env.FULL);

/**
 * @typedef {{ id: string, why: string, reason?: string }} Refused
 * @typedef {object} Printed
 * @property {number} pushed
 * @property {number} received
 * @property {number} verified
 * @property {boolean} went_back
 * @property {number} waiting
 * @property {Refused[]} refused
 * @property {number} only_here
 *
 * @typedef {{ code: number | null, printed: Printed, errors: string }} Ran `code` is null when the run was killed
 * @typedef {object} Options
 * @property {string} url
 * @property {string} [user]
 * @property {string} [db]
 * @property {string | null} [password] null for none
 * @property {string[]} [more]
 * @property {number} [killAfter] milliseconds
 */

/** What is printed when nothing moved. */
const NOTHING = { pushed: 0, received: 0, verified: 0, went_back: false, waiting: 0, refused: [], only_here: 0 };

/**
 * Runs the command for the log in a file, and waits for its end.
 * @param {string} log @param {Options} options @returns {Promise<Ran>}
 */
const sync = (log, options) => new Promise((ok, no) => {
  const { url, user = 'ana', db = WORKSPACE, password = `pw-${user}`, more = [], killAfter } = options;
  if (!process.env.REJOINDER) throw new Error('REJOINDER must name the command line');
  // Nothing else of the environment: a proxy that is set up for other things must not come in between.
  const env = password === null ? {} : { REJOINDER_PASSWORD: password };
  const args = ['sync', log, '--url', url, '--db', db, '--user', user, ...more];
  const child = spawn(resolve(process.env.REJOINDER), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', errors: '' };
  child.stdout.on('data', (text) => { said.out += text; });
  child.stderr.on('data', (text) => { said.errors += text; });
  const hangs = setTimeout(() => child.kill('SIGABRT'), PATIENCE_MS);
  const kill = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  child.once('error', no);
  child.once('close', (code, signal) => {
    clearTimeout(hangs);
    clearTimeout(kill);
    try {
      const { out, errors } = said;
      assert.ok(signal === 'SIGKILL' || [0, 1, 2].includes(code ?? -1), `ended with ${code ?? signal}\n${errors}`);
      assert.doesNotMatch(out + errors, /pw-/, 'the password is nowhere shown');
      assert.match(out, code === 0 || code === 1 ? /^\{.*\}\n$/ : /^(\{.*\}\n)?$/);
      if (code === 2) assert.equal(out, '');
      ok({ code, printed: out && JSON.parse(out), errors });
    } catch (error) {
      no(error);
    }
  });
});

/**
 * A run that goes well.
 * @param {string} log @param {Options} options
 */
async function synced(log, options) {
  const { code, printed, errors } = await sync(log, options);
  assert.equal(code, 0, errors || JSON.stringify(printed));
  return printed;
}

/** The sentence that a run ends with which could not go on. @param {Ran} ran */
function problem({ code, errors }) {
  assert.equal(code, 2, errors);
  const last = errors.trimEnd().split('\n').at(-1) ?? '';
  assert.match(last, /^rejoinder: /);
  return last.slice('rejoinder: '.length);
}

/** The lines of a file. @param {string} path */
const read = path => readFileSync(path, 'utf8').split('\n').filter(Boolean);

/** A folder, and in it a server on its first day. */
async function startWorld() {
  const dir = mkdtempSync(join(tmpdir(), 'rejoinder-command-'));
  const at = join(dir, 'server');
  const data = join(at, 'data');
  const server = await startServer({ dir: at });
  await setUp(server.url, { workspace: WORKSPACE, people: PEOPLE });
  let backups = 0;

  /** @param {string} method @param {string} path @param {unknown} [body] */
  async function admin(method, path, body) {
    const headers = { authorization: basic(ADMIN), 'content-type': 'application/json' };
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const answer = await fetch(`${server.url}${path}`, { method, headers, body: sent });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  return {
    dir, server, admin,
    /** @param {string} name */
    path: name => join(dir, name),
    /** Every event on the server, as canonical text, by id. A second branch of one would show as a field of its own. */
    async events() {
      const { rows } = await admin('GET', `/${WORKSPACE}/_all_docs?include_docs=true&conflicts=true`);
      const docs = rows.map((/** @type {{ doc: any }} */ { doc }) => doc).filter(({ _id }) => !_id.startsWith('_design/'));
      return new Map(docs.map(({ _rev, ...event }) => [event._id, [canonical(event)]]));
    },
    /** Keeps a copy of the data. */
    async backUp() {
      await server.stop();
      cpSync(data, join(dir, `backup-${backups}`), { recursive: true });
      backups += 1;
      await server.restart();
    },
    backups: () => backups,
    /** Puts a copy back. @param {number} backup */
    async restore(backup) {
      await server.kill();
      rmSync(data, { recursive: true });
      cpSync(join(dir, `backup-${backup}`), data, { recursive: true });
      await server.restart();
    },
    async end({ keep = false } = {}) {
      await server.kill();
      if (!keep) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startWorld>>} World */

/** @type {World} */
let world;
/** @type {string} */
let url;

/** A world of its own for each part of the tests. */
const fresh = () => {
  before(async () => {
    world = await startWorld();
    url = world.server.url;
  });
  after(() => world?.end());
};

/** A way to the server on which an answer can be held back for a while. @param {string} to */
async function startGate(to) {
  /** @type {{ part: string, held(): void, opened: Promise<unknown> } | undefined} */
  let next;
  let isDown = false;
  const gate = createServer(async (request, response) => {
    if (isDown) return void request.destroy();
    const { method = 'GET', url: path = '/', headers } = request;
    const parts = [];
    for await (const part of request) parts.push(part);
    const answer = await fetch(`${to}${path}`, {
      method, body: method === 'GET' ? undefined : Buffer.concat(parts),
      headers: { 'content-type': 'application/json', ...headers.cookie ? { cookie: headers.cookie } : {} },
    });
    const text = await answer.text();
    if (next && path.includes(next.part)) {
      const { held, opened } = next;
      next = undefined;
      held();
      await opened;
    }
    response.writeHead(answer.status, { connection: 'close', 'set-cookie': answer.headers.getSetCookie() }).end(text);
  });
  await new Promise(ok => gate.listen(0, '127.0.0.1', () => ok(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (gate.address());
  return {
    url: `http://127.0.0.1:${port}`,
    /** Holds the next answer whose path has `part` in it: `held` is when it is there, `open` lets it go. @param {string} part */
    hold(part) {
      let [held, open] = [() => {}, () => {}];
      const isHeld = new Promise((ok) => { held = () => ok(undefined); });
      const opened = new Promise((ok) => { open = () => ok(undefined); });
      next = { part, held, opened };
      return { held: isHeld, open };
    },
    /** Whether nobody gets through. @param {boolean} down */
    down(down) { isDown = down; },
    stop: () => void gate.close(),
  };
}

describe('a log in a file is shared', () => {
  fresh();

  const ana = writer({ by: 'ana', dev: 'd-laptop' });
  const ben = writer({ by: 'ben', dev: 'd-desk' });

  test('an empty file gets all of a log, what is newest first, and a second run moves nothing', async () => {
    const old = Array.from({ length: 200 }, (_, n) => ana({}, OCTOBER + n * 1000));
    const young = Array.from({ length: 1000 }, (_, n) => ana({}, NOVEMBER + n * 1000));
    const [mine, theirs] = [world.path('ana.jsonl'), world.path('ben.jsonl')];
    const text = lines([...old, ...young]);
    writeFileSync(mine, text);
    const { pushed, verified, waiting } = await synced(mine, { url });
    assert.deepEqual([pushed, verified, waiting], [1200, 1200, 0]);
    assert.equal(readFileSync(mine, 'utf8'), text, 'the log of who sent it is as it was');

    assert.deepEqual(await synced(theirs, { url, user: 'ben' }), { ...NOTHING, received: 1200 });
    const got = read(theirs);
    assert.deepEqual(got.toSorted(), read(mine).toSorted());
    // A page holds a thousand events, in no order; the pages come newest first.
    assert.deepEqual(got.slice(0, 1000).toSorted(), young.map(canonical).toSorted());

    for (const [log, user] of [[mine, 'ana'], [theirs, 'ben']]) {
      const before = readFileSync(log);
      assert.deepEqual(await synced(log, { url, user }), NOTHING);
      assert.deepEqual(readFileSync(log), before);
    }
  });

  test('what two people add reaches both, whoever runs first', async () => {
    const [mine, theirs] = [world.path('ana.jsonl'), world.path('ben.jsonl')];
    const [ofAna, ofBen] = [ana({}, NOVEMBER + DAY_MS), ben({}, NOVEMBER + DAY_MS)];
    appendFileSync(mine, lines([ofAna]));
    appendFileSync(theirs, lines([ofBen]));
    assert.deepEqual(await synced(mine, { url }), { ...NOTHING, pushed: 1, received: 1, verified: 1 });
    assert.deepEqual(await synced(theirs, { url, user: 'ben' }), { ...NOTHING, pushed: 1, received: 2, verified: 1 });
    assert.deepEqual(await synced(mine, { url }), { ...NOTHING, received: 1 });
    assert.equal(read(mine).at(-1), canonical(ofBen));
    assert.equal(read(theirs).at(-1), canonical(ofAna));
    assert.deepEqual(read(mine).toSorted(), read(theirs).toSorted());
  });

  test('an event without its hash gets it on the way, and stays in the file as it was written', async () => {
    const log = world.path('bare.jsonl');
    const { h, ...bare } = ana({ v: { text: 'bare' } }, NOVEMBER + 2 * DAY_MS);
    writeFileSync(log, lines([bare]));
    const { pushed, waiting } = await synced(log, { url });
    assert.deepEqual([pushed, waiting], [1, 0]);
    assert.equal(read(log)[0], canonical(bare));
    assert.deepEqual((await world.events()).get(bare._id), [canonical({ ...bare, h })]);
  });

  test('the password may stand in a file, and the address may end with a slash', async () => {
    const [log, secret] = [world.path('file.jsonl'), world.path('password')];
    writeFileSync(secret, 'pw-ana\nanother line\n');
    const printed = await synced(log, { url: `${url}/`, password: null, more: ['--password-file', secret] });
    assert.equal(printed.received, (await world.events()).size);
    assert.equal((await synced(log, { url })).received, 0, 'without the slash it is the same server');
  });

  test('what a colleague wrote is not sent in her name, and is told of', async () => {
    const log = world.path('colleague.jsonl');
    const ofLea = writer({ by: 'lea', dev: 'd-phone' })({}, NOVEMBER);
    writeFileSync(log, lines([ofLea]));
    const { pushed, waiting, only_here } = await synced(log, { url });
    assert.deepEqual([pushed, waiting, only_here], [0, 0, 1]);
    assert.equal((await world.events()).has(ofLea._id), false);
  });
});

describe('what a lead erases', () => {
  fresh();

  const ana = writer({ by: 'ana', dev: 'd-laptop' });
  const ben = writer({ by: 'ben', dev: 'd-phone' });
  const lea = writer({ by: 'lea', dev: 'd-desk' });
  const [gone, stays] = ['1', '2'].map((digit) => digit.repeat(32));
  const about = (/** @type {any} */ by, /** @type {string} */ m, /** @type {string} */ text) => by({ m, v: { text } }, NOVEMBER);

  test('is in nobody\'s file any more, is not sent again, and takes nothing else along', async () => {
    const logs = Object.fromEntries(['ana', 'ben', 'lea'].map((name) => [name, world.path(`${name}.jsonl`)]));
    const status = ana({ m: gone, t: 'status', v: { status: 'open' } }, NOVEMBER + 1);
    writeFileSync(logs.ana, lines([about(ana, gone, 'Mia called'), about(ana, stays, 'Kim called'), status]));
    await synced(logs.ana, { url });
    await synced(logs.ben, { url, user: 'ben' });
    const secret = about(ben, gone, 'Mia wrote');
    appendFileSync(logs.ben, lines([secret]));
    await synced(logs.lea, { url, user: 'lea' });
    appendFileSync(logs.lea, lines([lea({ m: gone, t: 'erased', v: {} }, NOVEMBER + 2)]));
    assert.equal((await synced(logs.lea, { url, user: 'lea' })).pushed, 1);
    // Ben had written about her before he heard of it. What he sends with the same run is there, and in no file after.
    for (const [user, log] of Object.entries(logs)) await synced(log, { url, user });
    for (const [user, log] of Object.entries(logs)) {
      const { pushed, only_here } = await synced(log, { url, user });
      assert.deepEqual([pushed, only_here], [0, 0], user);
      const text = readFileSync(log, 'utf8');
      assert.doesNotMatch(text, /Mia/, user);
      assert.match(text, /Kim called/);
      assert.deepEqual(read(log).filter((line) => line.includes(gone)).map((line) => JSON.parse(line).t).toSorted(), ['erased', 'status'], user);
    }
    // The server removed it for good: nobody brings it back.
    writeFileSync(`${logs.ana}.sync`, readFileSync(`${logs.ana}.sync`, 'utf8').replaceAll(/"compared":\d+/g, '"compared":null'));
    assert.deepEqual((await synced(logs.ana, { url })).pushed, 0);
    assert.doesNotMatch(readFileSync(logs.ana, 'utf8'), /Mia/);
  });

  test('is taken out of a file that was cut off before', async () => {
    const log = world.path('cut.jsonl');
    await synced(log, { url });
    const before = readFileSync(log, 'utf8');
    // As after a power cut between the two: told, and not yet written anew.
    const erased = readFileSync(`${log}.sync`, 'utf8').match(/"erased":\["([^"]+)"/)?.[1];
    assert.ok(erased);
    const back = [...(await world.events()).values()].map(([text]) => text).find((text) => text.includes(erased));
    appendFileSync(log, `${back}\n`);
    await synced(log, { url });
    assert.equal(readFileSync(log, 'utf8'), before);
  });
});

describe('what cannot go on says what to do', () => {
  fresh();

  const ana = writer({ by: 'ana', dev: 'd-laptop' });
  let logs = 0;
  /** A new log with an event in it. */
  const someLog = () => {
    const log = world.path(`log-${logs++}.jsonl`);
    writeFileSync(log, lines([ana({}, NOVEMBER)]));
    return log;
  };

  /**
   * Such a run changes nothing in the log and sends nothing.
   * @param {Partial<Options>} options @param {RegExp} sentence @param {string} [log]
   */
  async function fails(options, sentence, log = someLog()) {
    const before = [readFileSync(log, 'utf8'), await world.events()];
    assert.match(problem(await sync(log, { url, ...options })), sentence);
    assert.deepEqual([readFileSync(log, 'utf8'), await world.events()], before);
  }

  test('a wrong password', () => fails({ password: 'wrong' },
    /sign in.*; check the password of ana, and that ana is a member of ws_test$/));

  test('somebody whom the server does not know', () => fails({ user: 'zoe' },
    /sign in.*; check the password of zoe, and that zoe is a member of ws_test$/));

  test('no password', () => fails({ password: null }, /^no password: set REJOINDER_PASSWORD, or .*--password-file$/));

  test('a password file that is not there', () => fails({ password: null, more: ['--password-file', 'gone'] }, /^gone: /));

  test('a workspace that the server does not have', () => fails({ db: 'ws_gone' },
    /no such workspace; is ws_gone spelt as on the server\?$/));

  test('a server that is down', async () => {
    await fails({ url: `http://127.0.0.1:${await freePort()}` },
      /no answer from the server; is the address right, and the server up\? Nothing is lost; run it again later$/);
  });

  for (const [name, status, headers, sentence] of /** @type {const} */ ([
    ['a server that is no CouchDB', 200, {}, /could not be read \(workspace\); is it a CouchDB/],
    ['a server that sends away to a page', 302, { location: '/login' }, /answered with status 302; is it a CouchDB/],
    ['a server that is ill', 502, {}, /busy or has an error \(502\); nothing is lost; run it again later$/],
  ])) {
    test(name, async () => {
      const page = createServer((_, response) => {
        response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<!doctype html><title>Welcome</title>');
      });
      await new Promise(ok => page.listen(0, '127.0.0.1', () => ok(undefined)));
      const { port } = /** @type {import('node:net').AddressInfo} */ (page.address());
      await fails({ url: `http://127.0.0.1:${port}` }, sentence);
      page.close();
    });
  }

  for (const far of ['http://couch.example.com', 'http://127.0.0.1.example.com:5984']) {
    test(`a password is not sent in the open: ${far}`, () => fails({ url: far }, /must begin with https:\/\//));
  }

  test('a password is not sent in the open: an address of another machine that begins as ours', () => fails({ url: 'http://[::ffff:192.0.2.1]:5984' }, /must begin with https:\/\//));

  for (const odd of ['ftp://127.0.0.1', '127.0.0.1:5984']) {
    test(`what is no address is told: ${odd}`, () => fails({ url: odd }, /^--url: This is no address/));
  }

  test('an address with a password in it', () => fails({ url: url.replace('//', '//ana:pw-ana@') },
    /^--url: This is no address of a server.*without a name or password in it/));

  for (const [name, line] of /** @type {const} */ ([
    ['is no JSON', () => 'Dear diary'],
    ['is no event', () => '{"t":"note"}'],
    ['was changed by hand', () => canonical({ ...ana({}, NOVEMBER), v: { text: 'other' } })],
  ])) {
    test(`a line of the log that ${name} is named`, async () => {
      const log = someLog();
      appendFileSync(log, `${line()}\n${lines([ana()])}`);
      await fails({}, new RegExp(`^${log}:2: [A-Z].*\\.$`), log);
      assert.equal(existsSync(`${log}.sync`), false);
    });
  }

  test('a log that is shared with another server: a copy of it can be shared with this one', async () => {
    const log = someLog();
    await synced(log, { url });
    const before = readFileSync(`${log}.sync`, 'utf8');
    const other = url.replace('127.0.0.1', 'localhost');
    await fails({ url: other }, new RegExp(
      `^${log}.sync: this log is shared with ${url}/${WORKSPACE}; to share it with ${other}/${WORKSPACE}, copy the log`), log);
    assert.equal(readFileSync(`${log}.sync`, 'utf8'), before);
    const copy = world.path('copy.jsonl');
    copyFileSync(log, copy);
    const { waiting, received } = await synced(copy, { url: other });
    assert.deepEqual([waiting, received], [0, (await world.events()).size]);
  });

  test('a line of the file beside the log that is broken is named', async () => {
    const log = someLog();
    await synced(log, { url });
    writeFileSync(`${log}.sync`, readFileSync(`${log}.sync`, 'utf8').replace('\n', '\nDear diary\n'));
    await fails({}, new RegExp(`^${log}.sync:2: `), log);
  });

  for (const [name, wrong] of /** @type {const} */ ([
    ['workspace', async () => ({ db: 'ws_gone' })],
    ['server', async () => ({ url: `http://127.0.0.1:${await freePort()}` })],
  ])) {
    test(`a ${name} that was misspelt the first time is spelt right the second time`, async () => {
        const log = someLog();
        problem(await sync(log, { url, ...await wrong() }));
        assert.equal((await synced(log, { url })).pushed, 1);
      });
  }
});

describe('what the server refuses', () => {
  fresh();

  test('is shown to a reader with the reason, and goes out after the role changed', async () => {
    const rita = writer({ by: 'rita', dev: 'd-tablet' });
    const log = world.path('rita.jsonl');
    const events = [rita({}, OCTOBER), rita({}, NOVEMBER)];
    writeFileSync(log, lines(events));
    const reason = 'reader: This account may read the log, not write to it.';
    const refused = events.map(({ _id: id }) => ({ id, why: 'rule', reason }));
    const options = { url, user: 'rita' };
    const first = await sync(log, options);
    assert.deepEqual([first.code, first.printed], [1, { ...NOTHING, refused }], first.errors);

    const person = await world.admin('GET', '/_users/org.couchdb.user:rita');
    const roles = [`ws:${WORKSPACE}:agent`];
    await world.admin('PUT', '/_users/org.couchdb.user:rita', { ...person, password: 'pw-rita', roles });
    const young = rita();
    appendFileSync(log, lines([young]));
    const second = await sync(log, options);
    assert.deepEqual([second.code, second.printed], [0, { ...NOTHING, pushed: 3, received: 3, verified: 3 }]);
    assert.deepEqual([...(await world.events()).keys()].toSorted(), [...events, young].map(({ _id }) => _id).toSorted());
  });

  test('is tried again when a reader became an agent', async () => {
    const tom = { name: 'tom', password: 'pw-tom', type: 'user', roles: [`ws:${WORKSPACE}:reader`] };
    await world.admin('PUT', '/_users/org.couchdb.user:tom', tom);
    const log = world.path('tom.jsonl');
    writeFileSync(log, lines([writer({ by: 'tom', dev: 'd-tablet' })({}, NOVEMBER)]));
    assert.equal((await sync(log, { url, user: 'tom' })).code, 1);
    const { _rev } = await world.admin('GET', '/_users/org.couchdb.user:tom');
    await world.admin('PUT', '/_users/org.couchdb.user:tom', { ...tom, _rev, roles: [`ws:${WORKSPACE}:agent`] });
    const { code, printed } = await sync(log, { url, user: 'tom' });
    assert.deepEqual([code, printed.pushed, printed.refused], [0, 1, []]);
  });

  test('is tried again when something on the way took it for too large', async () => {
    const log = world.path('large.jsonl');
    let left = Infinity;
    const proxy = await startProxy({ to: url, faults: { s413: 0.5 }, random: () => (left-- === 0 ? 0 : 0.9) });
    try {
      await synced(log, { url: proxy.url });
      writeFileSync(log, lines([writer({ by: 'ana', dev: 'd-laptop' })({}, NOVEMBER)]));
      // What has a body comes in this order: the sign-in, the batch.
      left = 1;
      const { code, printed } = await sync(log, { url: proxy.url });
      assert.deepEqual([code, printed.refused.map(({ why }) => why)], [1, ['too_large']]);
      left = Infinity;
      assert.equal((await synced(log, { url: proxy.url })).pushed, 1);
    } finally {
      await proxy.stop();
    }
  });
});

describe('one request of a run goes wrong', () => {
  fresh();

  const ana = writer({ by: 'ana', dev: 'd-laptop' });

  /**
   * Runs again and again, each time with the fault at another request, until there is none left for it: with a new log
   * each time, which joins, or with one that has met the server.
   * @param {{ kind: import('./proxy.mjs').FaultName, joins: boolean, inner?: number }} fault `inner` is what it draws itself
   * @param {(ran: Ran, where: string) => void} check
   */
  async function everywhere({ kind, joins, inner = 0.99 }, check) {
    let left = Infinity;
    // Each request that fits draws once, and some faults draw once more when they happen.
    const random = () => [0, inner][-left--] ?? 0.99;
    const proxy = await startProxy({ to: url, faults: { [kind]: 0.05 }, random });
    const one = world.path(`${kind}-${inner}-${joins}.jsonl`);
    try {
      if (!joins) await synced(one, { url: proxy.url });
      for (let at = 0, isHit = true; isHit; at++) {
        const where = `${kind} at request ${at}`;
        assert.ok(at < 40, 'a run has an end');
        const log = joins ? `${one}-${at}` : one;
        const events = [ana({}, OCTOBER), ana({}, NOVEMBER)];
        appendFileSync(log, lines(events));
        const before = proxy.counts[kind];
        left = at;
        const ran = await sync(log, { url: proxy.url });
        left = Infinity;
        isHit = proxy.counts[kind] > before;
        check(ran, where);
        const { waiting, went_back } = await synced(log, { url: proxy.url });
        assert.deepEqual([waiting, went_back], [0, false], where);
        const there = await world.events();
        assert.ok(events.every(({ _id }) => there.has(_id)), where);
        assert.deepEqual(read(log).toSorted(), [...there.values()].flat().toSorted(), where);
      }
    } finally {
      await proxy.stop();
    }
  }

  const FAULTS = /** @type {[kind: import('./proxy.mjs').FaultName, inner?: number][]} */ ([
    ['s401'], ['drop_answer'], ['truncate_json'],
    ...FULL ? [
      ['drop_request'], ['twice'], ['truncate'], ['status_202', 0.2], ['status_202', 0.8], ['s413'], ['s429'], ['s500', 0.2],
      ['s500', 0.8],
    ] : [],
  ]);
  for (const [kind, inner] of FAULTS) {
    for (const joins of [true, false]) {
      const name = [kind, inner, joins ? 'while joining' : 'later'].filter(part => part !== undefined).join(' ');
      test(`nothing is lost, and the next run goes on: ${name}`, () => everywhere({ kind, inner, joins }, (ran) => {
        if (ran.code !== 0) problem(ran);
      }));
    }
  }

  test('a session that the server forgets between two runs is not noticed', async () => {
    const log = world.path('between.jsonl');
    await synced(log, { url });
    for (let run = 0; run < 2; run++) {
      await world.server.restart();
      appendFileSync(log, lines([ana({}, NOVEMBER)]));
      const { pushed, verified, waiting } = await synced(log, { url });
      assert.deepEqual([pushed, verified, waiting], [1, 1, 0]);
    }
  });

  test('a session that the server forgets during a run is begun again', () => everywhere({ kind: 's401', joins: false, inner: 0.98 }, ({ code, errors }, where) => {
      assert.equal(code, 0, `${where}: ${errors}`);
    }));
});

describe('a server that was restored from a backup', () => {
  fresh();

  const ana = writer({ by: 'ana', dev: 'd-laptop' });

  test('between two runs gets again what it lost', async () => {
    const log = world.path('between.jsonl');
    writeFileSync(log, lines([ana({}, NOVEMBER)]));
    await synced(log, { url });
    await world.backUp();
    appendFileSync(log, lines([ana({}, NOVEMBER)]));
    assert.deepEqual(await synced(log, { url }), { ...NOTHING, pushed: 1, received: 1, verified: 1 });
    await world.restore(0);
    assert.equal((await world.events()).size, 1);
    const { pushed, went_back, waiting } = await synced(log, { url });
    assert.deepEqual([pushed, went_back, waiting], [1, true, 0]);
    assert.equal((await world.events()).size, 2);
  });

  test('to an older copy and then to a newer one gets again what it lost in between', async () => {
      const log = world.path('forth.jsonl');
      await synced(log, { url });
      await world.backUp();
      const older = world.backups() - 1;
      for (let run = 0; run < 6; run++) {
        appendFileSync(log, lines([ana({}, NOVEMBER)]));
        await synced(log, { url });
      }
      await world.backUp();
      await world.restore(older);
      const between = ana({}, NOVEMBER);
      appendFileSync(log, lines([between]));
      assert.equal((await synced(log, { url })).went_back, true);
      assert.ok((await world.events()).has(between._id));
      await world.restore(older + 1);
      await synced(log, { url });
      assert.ok((await world.events()).has(between._id));
    });

  test('lacks a colleague\'s events no longer when she sent them again', async () => {
      const [mine, theirs] = [world.path('mine.jsonl'), world.path('theirs.jsonl')];
      await synced(mine, { url });
      await synced(theirs, { url, user: 'ben' });
      await world.backUp();
      appendFileSync(theirs, lines([writer({ by: 'ben', dev: 'd-desk' })({}, NOVEMBER)]));
      await synced(theirs, { url, user: 'ben' });
      await synced(mine, { url });
      await world.restore(world.backups() - 1);
      assert.equal((await synced(mine, { url })).only_here, 1);
      await synced(theirs, { url, user: 'ben' });
      assert.equal((await synced(mine, { url })).only_here, 0);
    });

  test('within a run gets again what it lost', async () => {
      // Else the run would end with its session.
      await world.admin('PUT', '/_config/couch_httpd_auth/secret', 'a secret');
      const log = world.path('within.jsonl');
      const gate = await startGate(url);
      try {
        await synced(log, { url: gate.url });
        await world.backUp();
        const event = ana({}, NOVEMBER);
        appendFileSync(log, lines([event]));
        const { held, open } = gate.hold('/_changes');
        const run = sync(log, { url: gate.url });
        await held;
        await world.restore(world.backups() - 1);
        open();
        await run;
        await synced(log, { url: gate.url });
        assert.ok((await world.events()).has(event._id));
      } finally {
        gate.stop();
      }
    });
});

describe('what a power cut leaves', () => {
  fresh();

  const ana = writer({ by: 'ana', dev: 'd-laptop' });
  const ben = writer({ by: 'ben', dev: 'd-desk' });

  /** Cuts the last line of a file in half; returns what is left of it. @param {string} path */
  const cut = (path) => {
    const text = readFileSync(path, 'utf8').trimEnd();
    const start = text.lastIndexOf('\n') + 1;
    const half = text.slice(start, (start + text.length) / 2);
    writeFileSync(path, text.slice(0, start) + half);
    return half;
  };

  test('half a line at the end of the log is put aside, and the rest is sent', async () => {
    const log = world.path('half.jsonl');
    const [whole, torn] = [ana({}, NOVEMBER), ana()];
    writeFileSync(log, lines([whole, torn]));
    const half = cut(log);
    const { code, printed, errors } = await sync(log, { url });
    assert.deepEqual([code, printed.pushed, printed.waiting], [0, 1, 0], errors);
    assert.match(errors, /its last line was half written; it is in .*half\.jsonl\.torn now/);
    assert.equal(readFileSync(`${log}.torn`, 'utf8'), `${half}\n`);
    assert.equal(readFileSync(log, 'utf8'), lines([whole]));
    // The appender writes it again, and the next cut does not take the place of the first.
    appendFileSync(log, lines([torn, ana()]));
    const second = cut(log);
    assert.equal((await synced(log, { url })).pushed, 1);
    assert.equal(readFileSync(`${log}.torn`, 'utf8'), `${half}\n${second}\n`);
  });

  test('events that somebody wrote on behind half a line are sent, and the half is put aside', async () => {
    const log = world.path('behind.jsonl');
    const [first, second, third, last] = [ana({}, NOVEMBER), ana(), ana(), ana()];
    const torn = ana({ v: { text: 'a {"brace"} in it' } });
    writeFileSync(log, lines([first, torn]));
    const half = cut(log);
    // Two on one line: the first of them was written without its line's end.
    appendFileSync(log, canonical(second) + lines([third, last]));
    const { code, printed, errors } = await sync(log, { url });
    assert.deepEqual([code, printed?.pushed, printed?.waiting], [0, 4, 0], errors);
    assert.match(errors, /behind\.jsonl:2: this line began half written; that half is in .*behind\.jsonl\.torn now/);
    assert.equal(readFileSync(`${log}.torn`, 'utf8'), `${half}\n`);
    assert.deepEqual(read(log).slice(0, 4), [first, second, third, last].map(canonical));
  });

  test('a line that is no event stays where it is, and is named', async () => {
    const log = world.path('odd.jsonl');
    const before = `${canonical(ana())}\nnot {"an": "event"}\n`;
    writeFileSync(log, before);
    const { code, errors } = await sync(log, { url });
    assert.equal(code, 2);
    assert.match(errors, /odd\.jsonl:2: /);
    assert.equal(readFileSync(log, 'utf8'), before);
    assert.equal(existsSync(`${log}.torn`), false);
  });

  test('a last line that is whole but for its end is an event', async () => {
    const log = world.path('endless.jsonl');
    const event = ana({}, NOVEMBER);
    writeFileSync(log, lines([event]).trimEnd());
    assert.equal((await synced(log, { url })).pushed, 1);
    assert.equal(read(log)[0], canonical(event));
    assert.equal(existsSync(`${log}.torn`), false);
  });

  test('a cut within a letter is no reason to stop', async () => {
    const log = world.path('letter.jsonl');
    const whole = ana({}, NOVEMBER);
    const torn = Buffer.from(canonical(ana({ v: { text: 'ñandú' } })));
    writeFileSync(log, Buffer.concat([Buffer.from(lines([whole])), torn.subarray(0, torn.indexOf('ñ') + 1)]));
    assert.equal((await synced(log, { url })).pushed, 1);
    assert.ok(existsSync(`${log}.torn`));
  });

  test('what was half received is received again', async () => {
    const [log, other] = [world.path('received.jsonl'), world.path('sender.jsonl')];
    await synced(log, { url });
    const [before, kept] = [readFileSync(log, 'utf8'), readFileSync(`${log}.sync`, 'utf8')];
    const event = ben({}, NOVEMBER);
    writeFileSync(other, lines([event]));
    await synced(other, { url, user: 'ben' });
    await synced(log, { url });
    assert.equal(readFileSync(log, 'utf8'), before + lines([event]));
    // The log is written first: half of it, and nothing yet of the line that tells of it.
    cut(log);
    writeFileSync(`${log}.sync`, kept);
    assert.equal((await synced(log, { url })).received, 1);
    assert.equal(readFileSync(log, 'utf8'), before + lines([event]));
  });

  test('the file beside the log may end anywhere', async () => {
    const [log, other] = [world.path('anywhere.jsonl'), world.path('colleague.jsonl')];
    const sent = ana({}, NOVEMBER);
    writeFileSync(log, lines([sent]));
    writeFileSync(other, lines([ben()]));
    await synced(other, { url, user: 'ben' });
    await synced(log, { url });
    const [mine, beside] = [readFileSync(log, 'utf8'), readFileSync(`${log}.sync`, 'utf8')];
    const events = await world.events();
    const told = beside.trimEnd().split('\n');
    for (const at of told.keys()) {
      // Half of this line, and all before it; the log was written before them.
      writeFileSync(`${log}.sync`, told.slice(0, at + 1).join('\n'));
      const half = cut(`${log}.sync`);
      rmSync(`${log}.sync.torn`, { force: true });
      const { waiting, refused } = await synced(log, { url });
      assert.deepEqual([waiting, refused], [0, []], `cut in line ${at + 1}`);
      assert.equal(readFileSync(`${log}.sync.torn`, 'utf8'), `${half}\n`);
      assert.equal(readFileSync(log, 'utf8'), mine);
      assert.deepEqual(await world.events(), events);
    }
  });
});

describe('two write into one file', () => {
  fresh();

  const ana = writer({ by: 'ana', dev: 'd-laptop' });
  const ben = writer({ by: 'ben', dev: 'd-desk' });

  /**
   * A log that has met the server, and a run of it that has an event of a colleague in its hands, not yet in the file. While
   * it waits `meanwhile` happens; then it writes, and loses the server.
   * @param {string} name @param {(log: string, other: string, through: string) => Promise<void>} meanwhile
   */
  async function halfWay(name, meanwhile) {
    const [log, other] = [world.path(`${name}.jsonl`), world.path(`${name}-ben.jsonl`)];
    const gate = await startGate(url);
    try {
      await synced(log, { url: gate.url });
      writeFileSync(other, lines([ben({ v: { text: 'the first' } }, NOVEMBER)]));
      await synced(other, { url, user: 'ben' });
      const { held, open } = gate.hold('/_changes');
      const run = sync(log, { url: gate.url });
      await held;
      await meanwhile(log, other, gate.url);
      gate.down(true);
      open();
      await run;
      gate.down(false);
      await synced(log, { url: gate.url });
      assert.deepEqual(read(log).toSorted(), [...(await world.events()).values()].flat().toSorted());
    } finally {
      gate.stop();
    }
  }

  test('what is appended while the command runs stays', async () => {
    const appended = ana({ v: { text: 'while it ran' } }, NOVEMBER);
    await halfWay('appended', async log => appendFileSync(log, lines([appended])));
    assert.ok((await world.events()).has(appended._id));
  });

  test('two runs at the same time leave each event once', async () => {
    await halfWay('twice', async (log, other, through) => {
      appendFileSync(other, lines(Array.from({ length: 9 }, (_, n) => ben({ v: { text: 'more '.repeat(n) } }, NOVEMBER))));
      await synced(other, { url, user: 'ben' });
      await sync(log, { url: through });
    });
  });
});

describe('in the end everything is everywhere, once', () => {
  const KINDS = /** @type {const} */ ([
    'drop_request', 'drop_answer', 'twice', 'truncate', 'truncate_json', 'delay', 'status_202', 's401', 's413', 's429', 's500',
  ]);
  const DEVICES = [
    { user: 'ana', dev: 'd-laptop' }, { user: 'ana', dev: 'd-phone' }, { user: 'ben', dev: 'd-desk' },
    { user: 'lea', dev: 'd-pad' },
  ];
  const STEPS = 30;
  const FIRST_BACKUP = 4;
  const MOST_PASSES = 8;
  /** What happens at a step beside the weather: to the command, to the server while it runs, to the server before. */
  const MISHAPS = [
    'none', 'none', 'none', 'none', 'none', 'kill', 'kill', 'crash', 'crash', 'backup', 'restore before', 'restore within',
  ];
  const TEXTS = ['hi', 'Two\nlines, a "quote"\tand a \\', 'ñandú ☕😀', 'שלום', '\u2028\u0001\u0000\u007f', '', ' '];
  /** A name from before its author joined a team: anybody sends such events along. */
  const NAMELESS = 'u-7k2m9qab';
  /** What a person may be told when a run could not go on: the server, or something on the way. */
  const UNLUCKY = /^http:\S+: ([^;(]+).*; /;

  /**
   * What an event may hold.
   * @param {(below: number) => number} draw
   */
  const anything = (draw) => {
    const text = TEXTS[draw(TEXTS.length)] ?? '';
    return [
      () => ({ v: { text } }),
      () => ({ v: { text: `${text}${'long '.repeat(draw(6000))}` } }),
      () => ({ t: 'flagged', v: { on: draw(2) === 0 }, once: `c${draw(1e6)}` }),
      () => ({ t: 'setting', m: undefined, v: { item: 'person', id: text, value: { name: text } } }),
      () => ({ t: 'hologram', sv: 2, zz: text, a: 9e15, v: { layers: [1, [2.5, 0.1], null], deep: { b: {}, a: -1e-7 } } }),
    ][draw(5)]?.() ?? {};
  };

  /**
   * How what is somewhere differs from what should be there.
   * @param {string} where @param {Map<string, string>} should @param {Map<string, string[]>} is
   */
  function differences(where, should, is) {
    const short = (/** @type {string[]} */ list) => `${list.length}: ${list.slice(0, 5).join(' ')}`;
    const [missing, more, several, other] = [
      [...should.keys()].filter(id => !is.has(id)),
      [...is.keys()].filter(id => !should.has(id)),
      [...is].filter(([, texts]) => texts.length > 1).map(([id, texts]) => `${id} (${texts.length} times)`),
      [...is].filter(([id, texts]) => should.has(id) && texts.some(text => text !== should.get(id)))
        .map(([id, texts]) => `${id}\n    should be ${should.get(id)?.slice(0, 300)}\n    is        ${texts[0]?.slice(0, 300)}`),
    ];
    return Object.entries({ missing, 'that nobody wrote': more, 'more than once': several, 'not as written': other })
      .filter(([, list]) => list.length > 0).map(([what, list]) => `${where}, ${what}: ${short(list)}`);
  }

  /** The events of a file by id; a line that is none stands for itself. @param {string} log */
  function held(log) {
    /** @type {Map<string, string[]>} */
    const found = new Map();
    for (const line of read(log)) {
      let id = `a line: ${line.slice(0, 100)}`;
      try { id = JSON.parse(line)._id; } catch { /* it is named as it is */ }
      found.set(id, [...found.get(id) ?? [], line]);
    }
    return found;
  }

  /**
   * @param {number} seed @param {import('node:test').TestContext} t
   */
  async function scenario(seed, t) {
    const start = performance.now();
    const random = seeded(seed);
    const draw = (/** @type {number} */ below) => Math.floor(random() * below);
    const own = await startWorld();
    const { server } = own;
    // Sessions outlive a restart when the server has a secret of its own.
    if (draw(2) === 0) await own.admin('PUT', '/_config/couch_httpd_auth/secret', 'a secret');
    // Few requests are batches: what can happen to these alone is likelier.
    const chances = Object.fromEntries(KINDS.map(kind => [kind, (0.03 + random() * 0.05) * (kind === 'status_202' ? 5 : 1)]));
    // In a storm every request draws its faults, in a breeze some do: else hardly a run would get to its end.
    const fate = seeded(seed + 1_000_000);
    let weather = 1;
    const proxy = await startProxy({ to: server.url, faults: chances, random: () => (fate() < weather ? fate() : 0.99) });
    const devices = DEVICES.map(({ user, dev }) => ({
      user, log: own.path(`${user}-${dev}.jsonl`),
      write: { own: writer({ by: user, dev }), nameless: writer({ by: NAMELESS, dev: `${user} ${dev}` }) },
      // Not all clocks are right.
      skew: (draw(5) - 2) * DAY_MS,
    }));
    /** @type {Map<string, string>} */
    const written = new Map();
    /** Copies of the server's data that may be put back. @type {number[]} */
    let copies = [];
    /** @type {string[]} */
    const story = [];
    const tally = {
      runs: 0, fine: 0, 'fine but not done': 0, refused: 0, unlucky: 0, killed: 0, crashes: 0, restores: 0, pushed: 0,
      received: 0,
    };
    /** @type {Record<string, number>} */
    const said = {};
    let isGood = false;

    /** @param {typeof devices[number]} device @param {number} [killAfter] */
    async function run({ user, log }, killAfter) {
      const ran = await sync(log, { url: proxy.url, user, killAfter });
      const name = basename(log, '.jsonl');
      tally.runs += 1;
      if (ran.code === null) {
        tally.killed += 1;
        story.push(`  ${name} was killed after ${killAfter} ms`);
      } else if (ran.code === 2) {
        const sentence = problem(ran);
        assert.match(sentence, UNLUCKY);
        const kind = UNLUCKY.exec(sentence)?.[1]?.trim() ?? '';
        said[kind] = (said[kind] ?? 0) + 1;
        tally.unlucky += 1;
        story.push(`  ${name}: ${sentence}`);
      } else {
        tally[ran.code === 0 ? 'fine' : 'refused'] += 1;
        tally.pushed += ran.printed.pushed;
        tally.received += ran.printed.received;
        if (ran.code === 0 && ran.printed.waiting > 0) tally['fine but not done'] += 1;
        story.push(`  ${name}: ${JSON.stringify(ran.printed)}`);
      }
      return ran;
    }

    /** Everybody runs until nothing moves any more; returns how often that was. */
    async function settle() {
      for (let pass = 1; pass <= MOST_PASSES; pass++) {
        story.push(`settling, pass ${pass}`);
        let moved = false;
        for (const device of devices) {
          const ran = await run(device);
          assert.notEqual(ran.code, 2, ran.errors);
          const { pushed, received, verified, waiting } = ran.printed;
          moved ||= pushed + received + verified + waiting > 0;
        }
        if (!moved) return pass;
      }
      return assert.fail(`does not come to rest within ${MOST_PASSES} runs each`);
    }

    /** @param {Map<string, string>} should what is on the server; every device has all that was written */
    async function check(should) {
      const wrong = differences('the server', should, await own.events());
      for (const { log } of devices) {
        // What one device alone could not send only it can have.
        const lacks = [...written].filter(([id]) => should.has(id) || held(log).has(id));
        wrong.push(...differences(basename(log), new Map(lacks), held(log)));
      }
      if (wrong.length > 0) assert.fail(wrong.join('\n'));
    }

    try {
      for (let step = 0; step < STEPS; step++) {
        const busy = [devices[draw(4)], ...draw(3) === 0 ? [devices[draw(4)]] : []];
        const running = /** @type {typeof devices} */ ([...new Set(busy)]);
        for (const { log, write, skew } of running) {
          const events = Array.from({ length: draw(7) }, () => {
            const at = OCTOBER + step * 2 * DAY_MS + skew + draw(DAY_MS);
            return (draw(8) === 0 ? write.nameless : write.own)(anything(draw), at);
          });
          events.forEach(event => written.set(event._id, canonical(event)));
          appendFileSync(log, lines(events));
        }
        weather = [0, 0.1, 0.2, 0.2, 0.4, 1][draw(6)] ?? 1;
        const [drawn, moment, backup] = [MISHAPS[draw(MISHAPS.length)] ?? '', draw(150), copies[draw(copies.length)] ?? -1];
        const isTooEarly = copies.length === 0 && drawn.startsWith('restore');
        const mishap = step === FIRST_BACKUP ? 'backup' : isTooEarly ? 'none' : drawn;
        story.push(`step ${step}, weather ${weather}, ${mishap} (${moment} ms, backup ${backup})`);
        if (mishap === 'backup') {
          copies.push(own.backups());
          await own.backUp();
        }
        // A newer copy is of a story that went on otherwise.
        if (mishap === 'restore before') await own.restore(backup);
        const runs = Promise.all(running.map(device => run(device, mishap === 'kill' ? moment : undefined)));
        // Whatever is wrong with them is thrown below, not while the server starts.
        runs.catch(() => {});
        if (mishap === 'crash' || mishap === 'restore within') {
          await new Promise(ok => setTimeout(ok, moment));
          await (mishap === 'crash' ? server.restart() : own.restore(backup));
          tally.crashes += 1;
        }
        if (mishap.startsWith('restore')) tally.restores += 1;
        await runs;
      }
      proxy.calm();
      const passes = [await settle()];
      // A lone event that met a 413 is refused for good, however short it is. Everything else must be there already.
      const refused = new Map();
      for (const device of devices) {
        for (const one of (await run(device)).printed.refused) {
          assert.equal(one.why, 'too_large', JSON.stringify(one));
          refused.set(one.id, device);
        }
      }
      const onServer = await own.events();
      await check(new Map([...written].filter(([id]) => !refused.has(id) || onServer.has(id))));
      if (refused.size > 0) {
        for (const { log } of new Set(refused.values())) renameSync(`${log}.sync`, `${log}.old`);
        passes.push(await settle());
      }
      await check(written);
      isGood = true;
      const torn = readdirSync(own.dir).filter(name => name.endsWith('.torn')).length;
      t.diagnostic(`seed ${seed}: ${((performance.now() - start) / 1000).toFixed(1)} s, ${written.size} events, ${
        Object.entries(tally).map(([what, count]) => `${count} ${what}`).join(', ')}, ${own.backups()} backups, ${
        passes.join(' + ')} passes to rest, ${refused.size} refused by a stray 413, ${torn} torn`);
      t.diagnostic(`  faults ${JSON.stringify(proxy.counts)}`);
      t.diagnostic(`  said ${JSON.stringify(said)}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`seed ${seed}: ${why}\n\n${story.join('\n')}\n\nkept: ${own.dir}`);
    } finally {
      await proxy.stop();
      await own.end({ keep: !isGood });
    }
  }

  const { SEED, SCENARIOS = FULL ? '20' : '2' } = process.env;
  const seeds = SEED ? [Number(SEED)] : Array.from({ length: Number(SCENARIOS) }, (_, at) => at + 1);
  for (const seed of seeds) test(`four devices, three people, faults of every kind: seed ${seed}`, t => scenario(seed, t));
});
