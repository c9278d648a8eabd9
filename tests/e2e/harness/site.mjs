// The only network of the tests: one server on loopback that answers as any host, over HTTP and HTTPS, with the policy
// under test. Browsers reach it by its own address, or by a real host name through its proxy, which refuses and
// remembers every host that no test has taken.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Policies of real sites, by what they forbid. */
export const POLICY = {
  own: "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  strict: "default-src 'none'; style-src 'unsafe-inline'; frame-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
};

/** A certificate for any host, trusted by nobody but a browser that was told to trust everything. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'rejoinder-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=rejoinder tests', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}

const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));

export class Site {
  /** What is served, by `host/path` (a taken host) or `/path` (every host). */
  #answers = new Map();
  #folders = [];
  #hosts = new Set();
  #tunnels = new Set();
  /** Hosts that somebody tried to reach and no test had taken. */
  strangers = new Set();
  /** Requests in order: `{method, host, path, body}`. */
  requests = [];

  static async start() {
    const site = new Site();
    const handle = (request, response) => site.#handle(request, response);
    site.server = http.createServer(handle);
    site.secure = https.createServer(certificate(), handle);
    site.server.on('connect', (request, socket) => site.#connect(request, socket));
    site.port = await listen(site.server);
    site.securePort = await listen(site.secure);
    /** Its own address, over HTTP and HTTPS. */
    site.origin = `http://127.0.0.1:${site.port}`;
    site.secureOrigin = `https://127.0.0.1:${site.securePort}`;
    return site;
  }

  async stop() {
    for (const socket of this.#tunnels) socket.destroy();
    for (const server of [this.server, this.secure]) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  /**
   * Serves a page or file. `where` is `/path`, or `https://host/path` to take a real host name.
   * `answer` is the body, or a function of the request that returns one or `{status, type, body, headers}`.
   * `policy` becomes the page's Content-Security-Policy. Returns the address to open.
   */
  serve(where, answer, { policy, type, headers = {}, status = 200 } = {}) {
    const url = new URL(where, this.origin);
    const taken = url.origin !== this.origin;
    if (taken) this.#hosts.add(url.hostname);
    this.#answers.set(`${taken ? url.hostname : ''}${url.pathname}`, {
      answer, status, type: type ?? TYPES[extname(url.pathname)] ?? TYPES['.html'],
      headers: { ...headers, ...(policy ? { 'content-security-policy': policy } : {}) },
    });
    return url.href;
  }

  /** Serves the files of a folder under a path, for every host. */
  folder(path, directory, { policy } = {}) {
    this.#folders.push({ path, directory, policy });
  }

  async #handle(request, response) {
    // A plain request through the proxy names its host in the address.
    const url = new URL(request.url, `http://${request.headers.host}`);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const asked = { method: request.method, host: url.hostname, path: url.pathname, query: url.searchParams, body };
    if (!this.#known(url.hostname)) {
      this.strangers.add(url.hostname);
      response.writeHead(403).end();
      return;
    }
    this.requests.push(asked);
    const rule = this.#answers.get(url.hostname + url.pathname) ?? this.#answers.get(url.pathname);
    try {
      if (rule) {
        let given = typeof rule.answer === 'function' ? await rule.answer(asked) : rule.answer;
        if (typeof given === 'string' || Buffer.isBuffer(given)) given = { body: given };
        response.writeHead(given.status ?? rule.status, { 'content-type': given.type ?? rule.type, ...rule.headers, ...given.headers });
        response.end(given.body);
        return;
      }
      const folder = this.#folders.find(({ path }) => url.pathname.startsWith(path));
      if (!folder) throw new Error('nothing here');
      const file = normalize(url.pathname.slice(folder.path.length));
      if (file.startsWith('..')) throw new Error('outside');
      const contents = readFileSync(join(folder.directory, file));
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        ...(folder.policy ? { 'content-security-policy': folder.policy } : {}),
      });
      response.end(contents);
    } catch (error) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end(String(error.message));
    }
  }

  #known(host) {
    return host === '127.0.0.1' || host === 'localhost' || this.#hosts.has(host);
  }

  #connect(request, socket) {
    const [host] = request.url.split(':');
    if (!this.#known(host)) {
      this.strangers.add(host);
      // A browser that is closing hangs up without waiting for the answer.
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    this.#tunnels.add(socket);
    socket.once('close', () => this.#tunnels.delete(socket));
    const through = net.connect(this.securePort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
    through.on('error', () => socket.destroy());
    socket.on('error', () => through.destroy());
  }
}
