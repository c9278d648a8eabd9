// A real pouchdb-server for one run: started, killed and started again on the same data, and set up as a workspace is.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

const TEAM = new URL('../../extension/team/', import.meta.url);
const READY_MS = 60_000;
/** How much of what the server complained about is shown. */
const TAIL = 2000;

/** The administrator whom `setUp` makes: name and password. */
export const ADMIN = { name: 'admin', password: 'adm' };

/** @typedef {{ name: string, password: string, role: 'agent' | 'lead' | 'reader' }} Person */
/** @typedef {{ url: string, kill(): Promise<void>, stop(): Promise<void>, restart(): Promise<void> }} Server */

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
process.once('exit', () => children.forEach(child => child.kill('SIGKILL')));

/**
 * A loopback port that is free now.
 * @returns {Promise<number>}
 */
export const freePort = () => new Promise((ok, no) => {
  const probe = createServer().once('error', no).listen(0, '127.0.0.1', () => {
    const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
    probe.close(() => ok(port));
  });
});

/**
 * The value of an Authorization header.
 * @param {{ name: string, password: string }} person
 */
export const basic = ({ name, password }) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

/** The script of pouchdb-server, as `POUCHDB_SERVER` names it. */
function script() {
  const path = process.env.POUCHDB_SERVER;
  if (!path || !existsSync(path)) throw new Error(`POUCHDB_SERVER must name the script of pouchdb-server, not ${path}`);
  return resolve(path);
}

/**
 * Starts a server whose configuration, log and data live in `dir`, and waits until it answers.
 * @param {{ dir: string, port?: number }} options
 * @returns {Promise<Server>}
 */
export async function startServer({ dir, port }) {
  mkdirSync(join(dir, 'data'), { recursive: true });
  const at = port ?? await freePort();
  const url = `http://127.0.0.1:${at}`;
  let child = await start(dir, at, url);
  return {
    url,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
    async restart() {
      await end(child, 'SIGKILL');
      child = await start(dir, at, url);
    },
  };
}

/**
 * @param {string} dir @param {number} port @param {string} url
 */
async function start(dir, port, url) {
  const args = ['-p', String(port), '-o', '127.0.0.1', '-d', 'data', '-c', 'config.json', '--no-color', '-n'];
  // It writes its log into the folder where it stands. Deprecations of its age are no news.
  const options = { cwd: dir, stdio: /** @type {const} */ (['ignore', 'pipe', 'pipe']) };
  const child = spawn(process.execPath, ['--no-deprecation', script(), ...args], options);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { said = (said + text).slice(-TAIL); });
  children.add(child);
  child.once('exit', () => children.delete(child));
  const deadline = Date.now() + READY_MS;
  while (!await answers(url)) {
    const log = join(dir, 'log.txt');
    const why = () => `${said}\n${existsSync(log) ? readFileSync(log, 'utf8').slice(-TAIL) : ''}`;
    if (gone(child)) throw new Error(`pouchdb-server ended with ${child.exitCode ?? child.signalCode}:\n${why()}`);
    if (Date.now() > deadline) {
      await end(child, 'SIGKILL');
      throw new Error(`pouchdb-server did not answer within ${READY_MS} ms:\n${why()}`);
    }
    await new Promise(ok => setTimeout(ok, 50));
  }
  return child;
}

/** @param {string} url */
async function answers(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** @param {import('node:child_process').ChildProcess} child */
const gone = child => child.exitCode !== null || child.signalCode !== null;

/**
 * @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal
 * @returns {Promise<void>}
 */
const end = (child, signal) => new Promise((ok) => {
  if (gone(child)) return ok();
  child.once('exit', () => ok());
  child.kill(signal);
});

/**
 * The design document of a workspace.
 * @param {string} workspace
 */
export const design = workspace => ({
  _id: '_design/rejoinder',
  language: 'javascript',
  workspace,
  validate_doc_update: readFileSync(new URL('validate.js', TEAM), 'utf8').trim(),
  views: JSON.parse(readFileSync(new URL('views.json', TEAM), 'utf8')),
});

/**
 * Makes a workspace: administrator, database, who may enter it, rules, people.
 * @param {string} url @param {{ workspace: string, people: Person[] }} options
 */
export async function setUp(url, { workspace, people }) {
  /** @param {string} path @param {unknown} body @param {Record<string, string>} headers */
  const put = async (path, body, headers = { authorization: basic(ADMIN) }) => {
    const answer = await fetch(`${url}/${path}`, {
      method: 'PUT', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`PUT /${path}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  // Until it has an administrator the server takes everybody for one.
  await put(`_config/admins/${ADMIN.name}`, ADMIN.password, {});
  await put(workspace, {});
  const role = (/** @type {string} */ name) => `ws:${workspace}:${name}`;
  await put(`${workspace}/_security`, {
    admins: { names: [], roles: [] },
    members: { names: [], roles: ['agent', 'lead', 'reader'].map(role) },
  });
  const { _id, ...rules } = design(workspace);
  await put(`${workspace}/${_id}`, rules);
  for (const person of people) {
    await put(`_users/org.couchdb.user:${person.name}`, {
      name: person.name, password: person.password, type: 'user', roles: [role(person.role)],
    });
  }
}
