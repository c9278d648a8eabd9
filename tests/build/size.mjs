// The size budget: what a person's browser has to load. Prints the table and fails when something is over.
//
//   node tests/build/size.mjs

import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

const KB = 1024;
const AGENT_LINES = 300;

/** As `gzip -9` packs them; Node's own zlib is one and a half percent worse. */
const gz = (...parts) => execFileSync('gzip', ['-9c'], { input: Buffer.concat(parts), maxBuffer: 2 ** 26 }).length;
const read = (path) => readFile(`dist/chrome/${path}`);

const agentFiles = (await readdir('dist/chrome/agent')).filter((name) => name.endsWith('.js')).sort();
const agent = await Promise.all(agentFiles.map((name) => read(`agent/${name}`)));

const rows = [
  ['background', gz(await read('wasm/background_bg.wasm'), await read('wasm/background.js')), 900 * KB],
  ['app', gz(await read('wasm/app_bg.wasm'), await read('wasm/app.js')), 500 * KB],
  // Loaded by its own page alone: importers of every format, the template engine, the editor, what makes rules of words and
  // of Vale's styles.
  ['library', gz(await read('wasm/library_bg.wasm'), await read('wasm/library.js')), 1300 * KB],
  // Loaded by the team's page alone: joining and leaving, the server's set-up, files, forgetting a person.
  ['members', gz(await read('wasm/members_bg.wasm'), await read('wasm/members.js')), 330 * KB],
  // Loaded by the log page and the side panel alone.
  ['mentions', gz(await read('wasm/mentions_bg.wasm'), await read('wasm/mentions.js')), 410 * KB],
  // Loaded by the background once a reply is checked; the dictionaries are files of their own beside it.
  ['spelling', gz(await read('wasm/spelling_bg.wasm'), await read('wasm/spelling.js')), 150 * KB],
  // Loaded by the background for a workspace that is shared.
  ['team', gz(await read('wasm/team_bg.wasm'), await read('wasm/team.js')), 105 * KB],
  ['agent', gz(...agent), 20 * KB],
];

let over = 0;
for (const [name, size, budget] of rows) {
  const bad = size > budget;
  over += bad;
  console.log(`   ${name.padEnd(11)}${(size / KB).toFixed(1).padStart(7)} KB gz of ${budget / KB}${bad ? '   OVER BUDGET' : ''}`);
}
agentFiles.forEach((name, i) => {
  const lines = agent[i].toString().split('\n').length - 1;
  if (lines <= AGENT_LINES) return;
  over += 1;
  console.log(`   agent/${name} has ${lines} lines of ${AGENT_LINES}   OVER BUDGET`);
});
process.exitCode = over ? 1 : 0;
