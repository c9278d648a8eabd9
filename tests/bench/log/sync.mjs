// Five thousand events to a team's server and from it into another person's empty log: the product's rounds and PouchDB's
// replication of the same documents, and bare calls as the floor, in turns, with one real server.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN, basic, design, startServer } from '../../sync/server.mjs';
import { summary } from '../measure.mjs';
import { buildId, inPage } from '../page.mjs';
import { ms, say, table, times } from '../report.mjs';
import { bundledStores } from '../stores/bundle.mjs';
import { history } from './history.mjs';

const EVENTS = 5_000;
/** The first one is for the engines to get warm, and is not counted. */
const ROUNDS = 4;
/** Documents in one call, as the product has it (`Target::new`). */
const PORTION = { push: 500, pull: 1_000 };
const PEOPLE = [{ name: 'ana', password: 'a-long-word' }, { name: 'ben', password: 'another-word' }];

/** Databases with the rules of a workspace, and people who may write in all of them. @param {string} url @param {string[]} databases */
async function setUp(url, databases) {
  const put = async (/** @type {string} */ path, /** @type {unknown} */ body, headers = { authorization: basic(ADMIN) }) => {
    const answer = await fetch(`${url}/${path}`, { method: 'PUT', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`PUT /${path}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  // Until it has an administrator the server takes everybody for one.
  await put(`_config/admins/${ADMIN.name}`, ADMIN.password, /** @type {any} */ ({}));
  for (const database of databases) {
    await put(database, {});
    await put(`${database}/_security`, { admins: { names: [], roles: [] }, members: { names: [], roles: [`ws:${database}:agent`] } });
    const { _id, ...rules } = design(database);
    await put(`${database}/${_id}`, rules);
  }
  const roles = databases.map(database => `ws:${database}:agent`);
  for (const person of PEOPLE) await put(`_users/org.couchdb.user:${person.name}`, { ...person, type: 'user', roles });
}

/** @param {() => Promise<import('../../e2e/harness/extension.mjs').Extension>} open  another person's browser */
export async function benchSync(open) {
  const dir = await mkdtemp(join(tmpdir(), 'rejoinder-bench-'));
  const server = await startServer({ dir });
  const databases = Array.from({ length: ROUNDS }, (_, round) => ({ ours: `ours-${round}`, pouch: `pouch-${round}`, plain: `plain-${round}`, bare: `bare-${round}` }));
  await setUp(server.url, databases.flatMap(Object.values));
  // A person sends what is theirs.
  const texts = history(EVENTS, { people: [PEOPLE[0].name] });
  const build = buildId();
  const stores = await bundledStores(process.env.STORES ?? '');

  /** A page of somebody's extension, and what to call in it. @param {{ name: string, password: string }} person */
  const at = async ({ name, password }) => {
    const extension = await open();
    const page = await extension.open('pages/practice.html');
    await page.bringToFront();
    await page.evaluate(stores);
    await page.evaluate((all) => { globalThis.texts = all; }, texts);
    const team = (/** @type {string} */ database) => ({ url: server.url, database, user: name, password });
    return { page, team, run: inPage(page, 'background-page.mjs', 'log/sync-page.mjs') };
  };
  /** @type {Record<string, number[]>} */
  const measured = { accepted: [], confirmed: [], pouchPushed: [], plainPushed: [], barePushed: [], pulled: [], pouchPulled: [], plainPulled: [], barePulled: [] };
  const note = (/** @type {number} */ round, /** @type {Record<string, number>} */ took) => {
    if (round) Object.entries(took).forEach(([what, time]) => measured[what].push(time));
  };

  /** Every other time the other one comes first. The very first one signs in. */
  const inTurns = async (/** @type {((round: number) => Promise<Record<string, number>>)[]} */ ...subjects) => {
    for (let round = 0; round < ROUNDS; round++) {
      for (const subject of round % 2 ? subjects.toReversed() : subjects) note(round, await subject(round));
    }
  };

  const ana = await at(PEOPLE[0]);
  await inTurns(
    round => ana.run('pushed', build, `push-${round}`, ana.team(databases[round].ours)),
    async round => ({ pouchPushed: await ana.run('pouchPushed', `push-${round}`, ana.team(databases[round].pouch), PORTION.push) }),
    async round => ({ plainPushed: await ana.run('pouchPushed', `plain-push-${round}`, ana.team(databases[round].plain)) }),
    async round => ({ barePushed: await ana.run('barePushed', ana.team(databases[round].bare), PORTION.push) }),
  );
  await ana.page.close();
  const ben = await at(PEOPLE[1]);
  await inTurns(
    async round => ({ pulled: await ben.run('pulled', build, `pull-${round}`, ben.team(databases[round].ours)) }),
    async round => ({ pouchPulled: await ben.run('pouchPulled', `pull-${round}`, ben.team(databases[round].pouch), PORTION.pull) }),
    async round => ({ plainPulled: await ben.run('pouchPulled', `plain-pull-${round}`, ben.team(databases[round].plain)) }),
    async round => ({ barePulled: await ben.run('barePulled', `bare-pull-${round}`, ben.team(databases[round].bare), PORTION.pull) }),
  );
  await ben.page.close();
  await server.kill();
  await rm(dir, { recursive: true, force: true });

  const p50 = (/** @type {string} */ what) => summary(measured[what]).p50;
  const against = (/** @type {string} */ what, /** @type {string} */ peer) => `${ms(p50(peer))} (${times(p50(peer) / p50(what))})`;
  const row = (/** @type {string} */ name, /** @type {string} */ what, /** @type {'Pushed' | 'Pulled'} */ way, budget = '–') =>
    [name, ms(p50(what)), ...['pouch', 'plain', 'bare'].map(peer => against(what, peer + way)), budget, measured[what].map(ms).join(', '),
      measured[`pouch${way}`].map(ms).join(', ')];
  say(`${EVENTS.toLocaleString('en')} events and pouchdb-server, ms (p50 of ${ROUNDS - 1}, in turns; in brackets how many times as long as ours)`, table(
    ['what', 'rejoinder', `PouchDB replicate, in portions of ${PORTION.push} and ${PORTION.pull} as ours`, 'PouchDB replicate, as it comes', 'bare calls, nothing looked at',
      'budget', 'ours, each round', 'PouchDB in our portions, each round'], [
      row('push, until the server has said of each that it has it', 'accepted', 'Pushed', '2×'),
      row('push, until all were read back and confirmed', 'confirmed', 'Pushed'),
      row('pull into an empty log', 'pulled', 'Pulled', '3×'),
    ]));
}
