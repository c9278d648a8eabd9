// What the rules of a team's database take and refuse, rule by rule, without a server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const TEAM = new URL('../../extension/team/', import.meta.url);
const SOURCE = readFileSync(new URL('validate.js', TEAM), 'utf8');
const VIEWS = JSON.parse(readFileSync(new URL('views.json', TEAM), 'utf8'));

const WORKSPACE = 'ws_test';
const HLC = '038FEAX64G000';
const ID = `2026-11!${HLC}-D3DZKS0F`;
/** The design document, as far as the rules read it. */
const DESIGN = { _id: '_design/rejoinder', workspace: WORKSPACE };

/** @param {string} name @param {...string} roles */
const user = (name, ...roles) => ({ db: WORKSPACE, name, roles: roles.map(role => `ws:${WORKSPACE}:${role}`) });
const ana = user('ana', 'agent');
const lea = user('lea', 'lead');
const rita = user('rita', 'reader');
const admin = { db: WORKSPACE, name: 'admin', roles: ['_admin'] };
const nobody = { db: WORKSPACE, name: null, roles: [] };
/** As pouchdb-server has it: without the database. */
const bare = ({ name, roles }) => ({ name, roles });

const event = (fields = {}) => ({
  _id: ID, hlc: HLC, by: 'ana', dev: 'd-laptop', t: 'note', m: 'k', v: { text: 'hi' }, seen: [], sv: 1,
  h: '0123456789abcdef0123456789abcdef', ...fields,
});
const without = (name) => {
  const doc = event();
  delete doc[name];
  return doc;
};
const at = hlc => event({ _id: `2026-11!${hlc}-D3DZKS0F`, hlc });
const presence = (fields = {}) => ({ _id: 'presence:ana', until: 1_795_000_000_000, m: 'k', ...fields });
/** The event as long as `length` says when it is written as JSON. */
const long = (doc, length) => {
  const short = { ...doc, pad: '' };
  return { ...short, pad: 'x'.repeat(length - JSON.stringify(short).length) };
};
/** What a server adds to a document that was written `times` times. */
const REV = 'a'.repeat(32);
const revisions = times => ({ _rev: `${times}-${REV}`, _revisions: { start: times, ids: Array(times).fill(REV) } });

/** What the rules say, in a world that has nothing but the language; `undefined` when they let it pass. */
function verdict({ doc = event(), old = null, who = ana, design = DESIGN }) {
  const call = JSON.stringify([doc, old, who, {}]);
  // As the servers do it: from the text, with the documents as JSON.
  const said = runInNewContext(`
    var rules = ${SOURCE.trim()};
    var answer = {};
    try {
      rules.apply(JSON.parse(design), JSON.parse(call));
    } catch (error) {
      answer = error instanceof Error ? { broken: String(error) } : error;
    }
    JSON.stringify(answer);
  `, { call, design: JSON.stringify(design) });
  return JSON.parse(said);
}

/**
 * @param {string} promise @param {Parameters<typeof verdict>[0]} given
 * @param {string | null} expected the first word of the refusal; null when it passes
 */
function check(promise, given, expected) {
  test(promise, () => {
    const said = verdict(given);
    if (expected === null) return assert.deepEqual(said, {});
    assert.deepEqual(Object.keys(said), ['forbidden']);
    assert.equal(said.forbidden.split(':')[0], expected);
    if (expected !== 'exists') assert.match(said.forbidden, /^[a-z]+: [A-Z].+\.$/);
  });
}

const passes = (promise, given) => check(promise, given, null);

// Who may write at all.
passes('an agent writes an event', {});
passes('a lead writes an event', { who: lea, doc: event({ by: 'lea' }) });
passes('an agent who may also read only is an agent', { who: user('ana', 'reader', 'agent') });
check('a reader writes no event', { who: rita, doc: event({ by: 'rita' }) }, 'reader');
check('a reader writes no presence either', { who: rita, doc: { _id: 'presence:rita', until: 1 } }, 'reader');
check('a person without a role writes nothing', { who: user('zoe'), doc: event({ by: 'zoe' }) }, 'role');
check('an agent of another workspace writes nothing here', { who: { ...ana, roles: ['ws:other:agent'] } }, 'role');
check('a role that only ends like one of this workspace is none', { who: { ...ana, roles: ['x:ws:ws_test:agent'] } }, 'role');
check('the old name of the role is none', { who: { ...ana, roles: ['ws:agent', 'agent'] } }, 'role');
test('a visitor who has not signed in is told to', () => {
  for (const doc of [event(), presence(), { _id: '_design/x' }]) {
    const said = verdict({ who: nobody, doc });
    assert.deepEqual(Object.keys(said), ['unauthorized']);
    assert.match(said.unauthorized, /^anonymous: [A-Z].+\.$/);
  }
});

// A server that does not name the database.
passes('where the server does not name the database, the design document does', { who: bare(ana) });
passes('there a lead is one too', { who: bare(lea), doc: event({ by: 'lea', t: 'erased' }) });
check('there a reader still writes nothing', { who: bare(rita), doc: event({ by: 'rita' }) }, 'reader');
check('there an agent of another workspace writes nothing', { who: { name: 'ana', roles: ['ws:other:agent'] } }, 'role');
check('there the lead of another workspace is none',
  { who: { name: 'ana', roles: ['ws:ws_test:agent', 'ws:other:lead'] }, doc: event({ t: 'erased' }) }, 'lead');
check('where nobody names the database, nobody writes', { who: bare(ana), design: {} }, 'role');
check('the server knows better than the design document', { who: { ...ana, db: 'other' } }, 'role');

// Administrators.
passes('an administrator writes the rules', { who: admin, doc: { _id: '_design/rejoinder' } });
passes('an administrator deletes an event', { who: admin, doc: { _id: ID, _deleted: true }, old: event() });
passes('an administrator mends an event', { who: admin, doc: event({ by: 'ben' }), old: event() });
passes('before there is an administrator everybody is one', { who: { name: null, roles: ['_admin'] }, doc: { _id: 'x' } });
check('an agent writes no rules', { doc: { _id: '_design/rejoinder' } }, 'design');
check('a lead writes no rules', { who: lea, doc: { _id: '_design/other' } }, 'design');
check('a lead deletes no rules', { who: lea, doc: { _id: '_design/rejoinder', _deleted: true }, old: { views: {} } }, 'design');

// Presence.
passes('a person says where they are', { doc: presence() });
passes('a person says it again', { doc: presence(), old: presence() });
passes('a person takes it back', { doc: { _id: 'presence:ana', _deleted: true }, old: presence() });
passes('a person comes back', { doc: presence(), old: { _id: 'presence:ana', _deleted: true } });
passes('presence may be said a thousand times', { doc: { ...long(presence(), 2048), ...revisions(1000) }, old: presence() });
passes('presence may be 2048 characters long', { doc: long(presence(), 2048) });
check('presence is no longer than 2048 characters', { doc: long(presence(), 2049) }, 'size');
check('nobody says where somebody else is', { doc: presence({ _id: 'presence:ben' }) }, 'presence');
check('a lead does not either', { who: lea, doc: presence() }, 'presence');
check('nobody takes back the presence of somebody else',
  { doc: { _id: 'presence:ben', _deleted: true }, old: presence({ _id: 'presence:ben' }) }, 'presence');
check('presence without an end is refused', { doc: presence({ until: undefined }) }, 'until');
check('presence with an end that is no number is refused', { doc: presence({ until: '1795000000000' }) }, 'until');
check('presence with an end that never comes is refused', { doc: presence({ until: Infinity }) }, 'until');
check('presence brings no attachments', { doc: presence({ _attachments: { x: { stub: true } } }) }, 'attachment');

// The log only grows.
check('an event is not deleted by its author', { doc: { _id: ID, _deleted: true }, old: event() }, 'kept');
check('an event is not deleted by a lead', { who: lea, doc: { _id: ID, _deleted: true }, old: event() }, 'kept');
check('an event is not deleted while it keeps its fields', { doc: event({ _deleted: true }), old: event() }, 'kept');
check('a deletion does not stand for an event that never was', { doc: event({ _deleted: true }) }, 'kept');
test('an event that is there already says so in one word', () => {
  assert.deepEqual(verdict({ old: event() }), { forbidden: 'exists' });
  assert.deepEqual(verdict({ doc: event({ v: {} }), old: event() }), { forbidden: 'exists' }, 'changed');
  assert.deepEqual(verdict({ doc: event({ t: '' }), old: event() }), { forbidden: 'exists' }, 'before any other rule');
  assert.deepEqual(verdict({ who: lea, doc: event({ by: 'lea' }), old: event() }), { forbidden: 'exists' }, 'a lead');
});
passes('an event that an administrator deleted may be written again', { old: { _id: ID, _deleted: true } });

// Ids and clocks.
for (const hlc of ['0000000000000', 'FZZZZZZZZZZZZ', '038FEAX64G00A']) passes(`an id holds the time ${hlc}`, { doc: at(hlc) });
for (const letter of ['I', 'L', 'O', 'U', 'a', '-', '_']) {
  check(`an id holds no time with ${letter}`, { doc: at(`038FEAX64G00${letter}`) }, 'id');
}
for (const id of [
  '', 'x', HLC, `${HLC}-D3DZKS0F`, `2026-11-${HLC}-D3DZKS0F`, `26-11!${HLC}-D3DZKS0F`, `2026-1!${HLC}-D3DZKS0F`,
  `2026-11!${HLC}D3DZKS0F`, `2026-11!${HLC}-D3DZKS0`, `2026-11!${HLC}-D3DZKS0FF`, `2026-11!${HLC}-d3dzks0f`,
  `2026-11!${HLC}0-D3DZKS0F`, ` ${ID}`, `${ID}\n`, `presence${ID}`, 'toString', '__proto__',
]) check(`the id of an event is not ${JSON.stringify(id)}`, { doc: event({ _id: id }) }, 'id');
check('the time within the id is the time of the event', { doc: event({ hlc: '038FEAX64G001' }) }, 'clock');
check('an event has a time', { doc: without('hlc') }, 'clock');
check('the time of an event is a text', { doc: event({ hlc: [HLC] }) }, 'clock');

// Types.
for (const t of ['saved', 'reply_unconfirmed', 'hologram', 'x', 'a'.repeat(32)]) {
  passes(`a type may be ${t}`, { doc: event({ t }) });
}
for (const t of ['', 'a'.repeat(33), 'Saved', 'a-b', 'a b', 'saved\n', 'é', 'v2', 7, null, ['note'], { a: 1 }]) {
  check(`a type is not ${JSON.stringify(t)}`, { doc: event({ t }) }, 'type');
}
check('an event has a type', { doc: without('t') }, 'type');

// Authors.
passes('an agent brings along what was made under a generated name', { doc: event({ by: 'u-7k2m9qab' }) });
check('an agent does not write as somebody else', { doc: event({ by: 'ben' }) }, 'author');
check('a lead does not write as somebody else', { who: lea }, 'author');
check('an event has an author', { doc: without('by') }, 'author');
for (const by of [
  '', 'Ana', 'ana ', 'xu-7k2m9qab', 'u-7k2m9qa', 'u-7k2m9qabc', 'u-7K2M9QAB', 'u-7k2m9qa1', 'u7k2m9qab', 'u-7k2m9qab\n',
  null, ['ana'], ['u-7k2m9qab'],
]) {
  check(`an author is not ${JSON.stringify(by)}`, { doc: event({ by }) }, 'author');
}

// What only a lead does.
passes('a lead erases', { who: lea, doc: event({ by: 'lea', t: 'erased' }) });
check('an agent does not erase', { doc: event({ t: 'erased' }) }, 'lead');
check('an agent does not erase under a generated name', { doc: event({ by: 'u-7k2m9qab', t: 'erased' }) }, 'lead');
const roleOf = id => ({ t: 'setting', v: { item: 'role', id, value: 'lead' } });
passes('a lead gives roles', { who: lea, doc: event({ by: 'lea', ...roleOf('ben') }) });
check('an agent gives no roles', { doc: event(roleOf('ana')) }, 'lead');
passes('an agent changes other settings', { doc: event({ t: 'setting', v: { item: 'template', id: 'a', value: null } }) });
passes('a setting without a value is no role', { doc: event({ t: 'setting', v: null }) });
passes('an agent speaks of roles elsewhere', { doc: event({ t: 'note', v: { item: 'role' } }) });

// Hashes.
check('an event has a hash', { doc: without('h') }, 'hash');
for (const h of ['', '0123456789abcdef0123456789abcde', '0123456789abcdef0123456789abcdef0', '0123456789ABCDEF0123456789abcdef',
  'g123456789abcdef0123456789abcdef', 1, null, ['0123456789abcdef0123456789abcdef']]) {
  check(`a hash is not ${JSON.stringify(h)}`, { doc: event({ h }) }, 'hash');
}

// Size.
check('events bring no attachments', { doc: event({ _attachments: { a: { content_type: 'x', data: '' } } }) }, 'attachment');
passes('an event may be a million characters long', { doc: long(event(), 1_000_000) });
check('an event is no longer than a million characters', { doc: long(event(), 1_000_001) }, 'size');
passes('what the server adds does not count', { doc: { ...long(event(), 1_000_000), ...revisions(9) } });
check('what it does not add counts beside it', { doc: { ...long(event(), 1_000_001), ...revisions(9) } }, 'size');
check('what looks like it further within counts', { doc: event({ v: { _revisions: 'x'.repeat(1_000_000) } }) }, 'size');

test('the rules are one function of the language of 2009, which is all that stands in the file', () => {
  assert.equal(runInNewContext(`typeof ${SOURCE.trim()}`), 'function');
  assert.match(SOURCE, /^\(function \(newDoc, oldDoc, userCtx, secObj\) \{\n/);
  assert.match(SOURCE, /\n\}\)\n$/);
  assert.doesNotMatch(SOURCE.replace(/^ *\/\/.*$/gm, ''), /=>|`|\b(let|const|class|async) |\.\.\./);
});

test('the view counts events by month and author, and nothing else', () => {
  const map = (doc) => {
    const said = runInNewContext(`var rows = []; var emit = function (key, value) { rows.push([key, value]); };
      (${VIEWS.months.map})(JSON.parse(doc)); JSON.stringify(rows);`, { doc: JSON.stringify(doc) });
    return JSON.parse(said);
  };
  assert.equal(VIEWS.months.reduce, '_count');
  assert.deepEqual(map(event()), [[['2026-11', 'ana'], null]]);
  for (const _id of ['_design/rejoinder', 'presence:ana', 'x', ID.toLowerCase(), `${ID}\n`]) {
    assert.deepEqual(map(event({ _id })), []);
  }
});
