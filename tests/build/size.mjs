// The size budget: what a person's browser has to load. Prints the table and fails when something is over.
//
//   node tests/build/size.mjs

import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const KB = 1024;
const AGENT_LINES = 300;

const gz = (...parts) => gzipSync(Buffer.concat(parts), { level: 9 }).length;
const read = (path) => readFile(`dist/chrome/${path}`);

const agentFiles = (await readdir('dist/chrome/agent')).filter((name) => name.endsWith('.js')).sort();
const agent = await Promise.all(agentFiles.map((name) => read(`agent/${name}`)));

const rows = [
  ['background', gz(await read('wasm/background_bg.wasm'), await read('wasm/background.js')), 900 * KB],
  // The design asks for 500; see the README's decision log.
  ['app', gz(await read('wasm/app_bg.wasm'), await read('wasm/app.js')), 600 * KB],
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
