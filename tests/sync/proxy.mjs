// A loopback proxy that does to requests what networks and busy servers do. Its faults are drawn from a seeded generator, so
// that a run can be repeated.
import { createHash } from 'node:crypto';
import { createServer, request as send } from 'node:http';

const LONGEST_DELAY_MS = 200;

/**
 * @typedef {{ method: string, path: string, headers: import('node:http').IncomingHttpHeaders, body: Buffer }} Asked
 * @typedef {{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }} Answer
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {object} Fault
 * @property {(asked: Asked) => boolean} [fits] whether this can happen to such a request; without it, to any
 * @property {(asked: Asked, response: Response, server: Upstream) => Promise<boolean | void>} happen gives the answer, if
 *   any; false when it turned out to be the usual one
 * @typedef {{ send(asked: Asked): Promise<Answer>, random(): number }} Upstream
 */

/** @param {Asked} asked */
const isBatch = ({ method, path }) => method === 'POST' && /\/_bulk_docs(\?|$)/.test(path);

/**
 * @param {number} status @param {string} error @param {string} reason @param {Record<string, string>} [more]
 * @returns {Answer}
 */
const refusal = (status, error, reason, more) => ({
  status, headers: { 'content-type': 'application/json', ...more }, body: Buffer.from(`${JSON.stringify({ error, reason })}\n`),
});

/** A fault that answers without the server ever knowing. @param {Answer} answer @param {Fault['fits']} [fits] @returns {Fault} */
const instead = (answer, fits) => ({ fits, happen: async (_, response) => give(response, answer) });

/** The rows of a server that took the whole batch. @param {Asked} asked */
const allTaken = ({ body }) => JSON.parse(String(body)).docs.map((/** @type {{ _id: string }} */ doc) => ({
  ok: true, id: doc._id, rev: `1-${createHash('md5').update(JSON.stringify(doc)).digest('hex')}`,
}));

/**
 * What can happen to a request. Of those that fit, the first whose turn it is in this order happens, and no other.
 * @satisfies {Record<string, Fault>}
 */
const FAULTS = {
  drop_request: {
    happen: async (_, response) => hangUp(response),
  },
  drop_answer: {
    async happen(asked, response, server) {
      await server.send(asked);
      hangUp(response);
    },
  },
  twice: {
    async happen(asked, response, server) {
      await server.send(asked);
      give(response, await server.send(asked));
    },
  },
  truncate: {
    async happen(asked, response, server) {
      const { status, headers, body } = await server.send(asked);
      response.writeHead(status, { ...headers, 'content-length': body.length });
      response.write(body.subarray(0, body.length / 2), () => hangUp(response));
    },
  },
  truncate_json: {
    async happen(asked, response, server) {
      // Half of a packed body would not even be text.
      const answer = await server.send({ ...asked, headers: { ...asked.headers, 'accept-encoding': 'identity' } });
      give(response, { ...answer, body: answer.body.subarray(0, answer.body.length / 2) });
    },
  },
  delay: {
    async happen(asked, response, server) {
      const ms = server.random() * LONGEST_DELAY_MS;
      await new Promise(ok => setTimeout(ok, ms));
      give(response, await server.send(asked));
    },
  },
  // A cluster below its quorum: the batch may be there, and may not.
  status_202: {
    fits: isBatch,
    async happen(asked, response, server) {
      if (server.random() < 0.5) {
        const body = Buffer.from(`${JSON.stringify(allTaken(asked))}\n`);
        give(response, { status: 202, headers: { 'content-type': 'application/json' }, body });
        return true;
      }
      const answer = await server.send(asked);
      give(response, answer.status === 201 ? { ...answer, status: 202 } : answer);
      return answer.status === 201;
    },
  },
  // A session that ran out. Signing in is left alone: refused there, a client may well believe that the password is wrong.
  s401: instead(refusal(401, 'unauthorized', 'You are not authorized to access this db.'),
    ({ path }) => !/^\/_session(\?|$)/.test(path)),
  s413: instead(refusal(413, 'too_large', 'the request entity is too large'), ({ body }) => body.length > 0),
  s429: instead(refusal(429, 'too_many_requests', 'Slow down.', { 'retry-after': '0' })),
  s500: {
    async happen(asked, response, server) {
      if (server.random() < 0.5) await server.send(asked);
      give(response, refusal(500, 'badarg', 'unknown_error'));
    },
  },
};

/** @typedef {keyof typeof FAULTS} FaultName */

/** Ends the connection in the middle. @param {Response} response */
const hangUp = response => void response.destroy();

/** @param {Response} response @param {Answer} answer */
function give(response, { status, headers, body }) {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

/** Headers that speak of one connection, or of how a body was cut up on it. */
const HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'expect'];

/** @param {import('node:http').IncomingHttpHeaders} headers */
const passedOn = headers => Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.includes(name)));

/** @param {import('node:stream').Readable} stream */
async function whole(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/**
 * Small numbers that look like chance and depend on the seed alone: mulberry32.
 * @param {number} seed @returns {() => number} numbers from 0 up to, not including, 1
 */
export function seeded(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Starts a proxy in front of the server `to`. `faults` says how probable each fault is.
 * @param {{ to: string, faults?: Partial<Record<FaultName, number>>, random?: () => number }} options
 */
export async function startProxy({ to, faults = {}, random = Math.random }) {
  const target = new URL(to);
  for (const name of Object.keys(faults)) {
    if (!(name in FAULTS)) throw new Error(`no such fault: ${name}`);
  }
  let chances = { ...faults };
  const names = /** @type {FaultName[]} */ (Object.keys(FAULTS));
  const counts = /** @type {Record<FaultName, number>} */ (Object.fromEntries(names.map(name => [name, 0])));
  const sockets = new Set();

  /**
   * Opens a request to the server.
   * @param {Asked} asked @param {AbortSignal} [signal] @returns {Promise<import('node:http').IncomingMessage>}
   */
  const open = ({ method, path, headers, body }, signal) => new Promise((ok, no) => {
    const options = { host: target.hostname, port: target.port, method, path, headers: passedOn(headers), agent: false, signal };
    send(options, ok).on('error', no).end(body);
  });

  /** @type {Upstream} */
  const server = {
    random,
    async send(asked) {
      const answer = await open(asked);
      return { status: answer.statusCode ?? 0, headers: passedOn(answer.headers), body: await whole(answer) };
    },
  };

  /** The usual way: what the server says is passed on as it comes, which a feed that stays open needs. */
  const pass = async (/** @type {Asked} */ asked, /** @type {Response} */ response) => {
    const left = new AbortController();
    response.once('close', () => left.abort());
    const answer = await open(asked, left.signal);
    response.writeHead(answer.statusCode ?? 0, passedOn(answer.headers));
    answer.on('error', () => hangUp(response)).pipe(response);
  };

  const proxy = createServer(async (request, response) => {
    // A browser asks again by itself when a connection that was used before breaks: each request gets a new one, so that
    // the client under test sees every fault.
    response.shouldKeepAlive = false;
    response.on('error', () => {});
    try {
      const { method = 'GET', url: path = '/', headers } = request;
      const asked = { method, path, headers, body: await whole(request) };
      for (const name of names) {
        const fault = /** @type {Fault} */ (FAULTS[name]);
        if (!chances[name] || fault.fits?.(asked) === false || random() >= chances[name]) continue;
        if (await fault.happen(asked, response, server) !== false) counts[name] += 1;
        return;
      }
      await pass(asked, response);
    } catch {
      // The server is gone, or the client: either way nobody gets an answer.
      hangUp(response);
    }
  });
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise((ok, no) => proxy.once('error', no).listen(0, '127.0.0.1', () => ok(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (proxy.address());

  return {
    url: `http://127.0.0.1:${port}`,
    /** How often each fault has happened. */
    counts,
    /** From now on nothing happens. */
    calm() { chances = {}; },
    /** @returns {Promise<void>} */
    stop: () => new Promise((ok) => {
      proxy.close(() => ok());
      for (const socket of sockets) socket.destroy();
    }),
  };
}
