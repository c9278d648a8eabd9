// What the live servers share: free ports, child processes that die with the tests, readiness, cookies over HTTP.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync, openSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where downloads live between runs. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'rejoinder', 'servers');

/** A fresh folder for one run, removed by `stop`. */
export const runFolder = name => mkdtempSync(join(tmpdir(), `rejoinder-${name}-`));

/** A loopback port that is free now. */
export const freePort = () => new Promise((ok, no) => {
  const probe = createServer().once('error', no).listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => ok(port));
  });
});

/** Runs a command to its end, while the other browser's tests go on; its output is shown only when it fails. */
export async function sh(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let [out, all] = ['', ''];
  child.stdout.on('data', (text) => { out += text; all += text; });
  child.stderr.on('data', (text) => { all += text; });
  const code = await new Promise((ok, no) => child.once('error', no).once('close', ok));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${code}):\n${all}`);
  return out;
}

/** Makes something once, whoever asks first. */
export const once = (make) => {
  let made;
  return () => (made ??= make());
};

const children = new Set();
process.once('exit', () => children.forEach(child => child.kill('SIGKILL')));

/** Starts a server; its output goes to `log`. */
export function serve(command, args, { log, ...options }) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { stdio: ['ignore', out, out], ...options });
  children.add(child);
  child.once('exit', code => { child.code = code ?? -1; children.delete(child); });
  child.log = log;
  return child;
}

/** Resolves once `probe` answers; fails as soon as the process has ended. */
export async function ready(child, probe, { within = 120_000, what = 'server' } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const tail = () => readFileSync(child.log, 'utf8').slice(-2000);
    if (child.code !== undefined) throw new Error(`${what} ended with ${child.code}:\n${tail()}`);
    if (await probe().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`${what} not ready after ${within} ms:\n${tail()}`);
    await new Promise(ok => setTimeout(ok, 100));
  }
}

/** Ends a process and waits until it is gone. */
export const stop = child => new Promise(ok => {
  if (child.code !== undefined) return ok();
  child.once('exit', ok);
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
});

/** Removes a run's folder. */
export const remove = folder => rmSync(folder, { recursive: true, force: true });

/** A browserless visitor with cookies. */
export function visitor(base) {
  const jar = new Map();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const request = async (path, options = {}) => {
    const url = new URL(path, base);
    const answer = await fetch(url, {
      redirect: 'manual', ...options, headers: { cookie: cookie(), referer: `${base}/`, ...options.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const next = answer.headers.get('location');
    if (next && answer.status >= 300 && answer.status < 400) {
      const followed = await request(next);
      return { ...followed, url: followed.url };
    }
    return { status: answer.status, url: url.href, text: await answer.text() };
  };
  return {
    jar,
    cookie,
    get: path => request(path),
    post: (path, fields, headers = {}) =>
      request(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
    json: (path, body, headers = {}) =>
      request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }),
  };
}
