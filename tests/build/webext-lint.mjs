// web-ext's linter over what ships to Firefox: no error, and no warning but those that cannot be avoided.
//
//   node tests/build/webext-lint.mjs

import { execFileSync } from 'node:child_process';

/** Warnings we cannot avoid, with the reason. */
const ACCEPTED = {
  UNSAFE_VAR_ASSIGNMENT: 'Leptos makes the parts of a view that hold no value from markup known when it is built',
};

let text;
try {
  text = execFileSync('tests/node_modules/.bin/web-ext', ['lint', '--source-dir', 'dist/firefox', '--output', 'json', '--self-hosted=false'], { encoding: 'utf8' });
} catch (error) {
  text = error.stdout; // it ends with 1 when it found an error
}
const { errors, warnings, notices } = JSON.parse(text);
const bad = [...errors, ...warnings].filter(({ code }) => !(code in ACCEPTED));
for (const { _type, code, message, file, line } of [...bad, ...notices]) {
  console.log(`   ${_type} ${code} ${file ?? ''}${line ? `:${line}` : ''}: ${message}`);
}
console.log(`   ${errors.length} errors, ${warnings.length} warnings, ${notices.length} notices`);
process.exitCode = bad.length ? 1 : 0;
