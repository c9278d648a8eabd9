// The simulation must fail when a rule of the client is broken: each of these lines is changed in a copy, one at a time.
// Usage: node tests/sync/sabotage.mjs TARGET_DIR
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** @type {{ rule: string, file: string, from: string, to: string }[]} */
const BREAKAGES = [
  {
    rule: 'how far we are moves on after the documents, not before them',
    file: 'round.rs',
    from: 'self.since = Some(page.last_seq);\n',
    to: 'self.since = Some(page.last_seq); self.moved = true; self.keep_checkpoint(Seen::Leaves).await?;\n',
  },
  {
    rule: 'a 2xx does not take a document out of the outbox',
    file: 'round.rs',
    from: 'Commit { acked, refused, ..Commit::of(&self.state) }',
    to: 'Commit { done: acked, refused, ..Commit::of(&self.state) }',
  },
  {
    rule: 'a document leaves the outbox after the checkpoint, not before it',
    file: 'round.rs',
    from: '        self.kept += 1;\n',
    to: '        self.store.commit(Commit { done: self.seen.clone(), ..Commit::of(&self.state) }).await?; self.kept += 1;\n',
  },
  {
    rule: 'a server that went back in time is noticed',
    file: 'round.rs',
    from: 'if !is_ours || self.checkpoint.rev.is_none() {',
    to: 'if !is_ours && self.checkpoint.rev.is_none() {',
  },
  {
    rule: 'after that, every document of ours is looked for',
    file: 'round.rs',
    from: 'recheck: Some(String::new()),',
    to: 'recheck: None,',
  },
  {
    rule: 'after that, everything is pulled again',
    file: 'round.rs',
    from: '                ..State::default()\n',
    to: '                since: self.state.since.clone(), ..State::default()\n',
  },
  {
    rule: 'a row that was refused is looked at: it may be there',
    file: 'round.rs',
    from: 'let there = self.look(&doubtful).await?;',
    to: 'let there: BTreeMap<String, String> = BTreeMap::new();',
  },
  {
    rule: 'a row that tells of an ended session is no refusal',
    file: 'round.rs',
    from: 'Some("unauthorized") => Doubt::Nobody,',
    to: 'Some("unauthorized") => Doubt::Refused(String::new()),',
  },
  {
    rule: 'what was accepted and did not come back is looked for',
    file: 'round.rs',
    from: '    round.read_back().await?;\n',
    to: '',
  },
];

const target = process.argv[2];
if (!target) throw new Error('usage: sabotage.mjs TARGET_DIR');
const copy = mkdtempSync(join(tmpdir(), 'rejoinder-sabotage-'));
let survived = 0;
try {
  for (const { rule, file, from, to } of BREAKAGES) {
    for (const folder of ['src/sync', 'tests/sync/model']) cpSync(join(root, folder), join(copy, folder), { recursive: true });
    const path = join(copy, 'src/sync', file);
    const text = readFileSync(path, 'utf8');
    if (text.split(from).length !== 2) throw new Error(`${file} holds this not once: ${from}`);
    writeFileSync(path, text.replace(from, () => to));
    const run = spawnSync('cargo', ['test', '--offline', '--quiet', '--test', 'simulation'], {
      cwd: join(copy, 'tests/sync/model'),
      env: { ...process.env, CARGO_TARGET_DIR: resolve(target), RUST_BACKTRACE: '0' },
      encoding: 'utf8',
    });
    const said = /seed \d+: .*/.exec(run.stdout + run.stderr)?.[0];
    if (run.status === 0 || !said) {
      survived += 1;
      console.log(`FAIL  nothing fails without: ${rule}${run.status ? `\n${run.stderr}` : ''}`);
    } else {
      console.log(`ok    ${rule} (${said})`);
    }
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${BREAKAGES.length - survived} of ${BREAKAGES.length} breakages were noticed`);
process.exit(survived ? 1 : 0);
