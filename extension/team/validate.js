(function (newDoc, oldDoc, userCtx, secObj) {
  // What the team's database takes: CouchDB runs this on every write (validate_doc_update of _design/rejoinder).
  // The file is one ES5 function in parentheses, and so a whole script as well as an expression. Nothing may stand before
  // it, not even a comment: pouchdb-server puts `return` in front, which would then return nothing.

  var roles = userCtx.roles || [];
  var id = String(newDoc._id);

  function refuse(word, sentence) {
    throw({ forbidden: word + ': ' + sentence });
  }

  // Roles belong to one workspace, which is the database, since a server may hold several. pouchdb-server does not say
  // which database this is; the design document, which is `this`, does.
  var workspace = userCtx.db || this.workspace;

  function is(role) {
    return roles.indexOf('ws:' + workspace + ':' + role) !== -1;
  }

  // As it was written, without what the server adds: a document that is often overwritten has up to a thousand revisions.
  function size() {
    return ['_rev', '_revisions'].reduce(function (length, name) {
      // pouchdb-server adds them to new documents too, as undefined.
      return newDoc[name] === undefined ? length : length - JSON.stringify([name, newDoc[name]]).length + 1;
    }, JSON.stringify(newDoc).length);
  }

  // Set-up, purging and repairs.
  if (roles.indexOf('_admin') !== -1) {
    return;
  }
  if (!userCtx.name) {
    throw({ unauthorized: 'anonymous: Sign in to write here.' });
  }
  // Servers see to this themselves, but let a database's own administrators pass: these rules are not theirs to change.
  if (id.indexOf('_design/') === 0) {
    refuse('design', 'Only an administrator of the server may change the rules.');
  }
  if (!is('agent') && !is('lead')) {
    if (is('reader')) {
      refuse('reader', 'This account may read the log, not write to it.');
    }
    refuse('role', 'This account has no role in this workspace.');
  }

  // Who is looking at what: no event, each person overwrites one short document.
  if (id.indexOf('presence:') === 0) {
    if (id !== 'presence:' + userCtx.name) {
      refuse('presence', 'Nobody else may say where a person is.');
    }
    if (newDoc._deleted) {
      return;
    }
    // A time that is no number would never pass, and the person would seem to be there for ever.
    if (typeof newDoc.until !== 'number' || !isFinite(newDoc.until)) {
      refuse('until', 'Presence must say until when it holds, in milliseconds.');
    }
    if (newDoc._attachments) {
      refuse('attachment', 'Presence has no attachments.');
    }
    if (size() > 2048) {
      refuse('size', 'Presence may have 2048 characters at most.');
    }
    return;
  }

  // Everything else is an event. The log is the proof of what happened: it only grows.
  if (newDoc._deleted) {
    refuse('kept', 'Events are never deleted.');
  }
  // Pushed a second time after a lost answer, or another event under the same id: the client looks which it is.
  // What an administrator deleted may come back, as some servers still show it here and others do not.
  if (oldDoc && !oldDoc._deleted) {
    throw({ forbidden: 'exists' });
  }
  var parts = /^\d{4}-\d{2}!([0-9A-HJKMNP-TV-Z]{13})-[0-9A-Z]{8}$/.exec(id);
  if (!parts) {
    refuse('id', 'This is not the id of an event.');
  }
  // Ids sort by time, which is worth nothing if the time within says something else.
  if (parts[1] !== newDoc.hlc) {
    refuse('clock', 'The id and the event name different times.');
  }
  // Types unknown here pass on purpose: these rules are older than some client, and must not lock it out. Clients keep
  // what they do not know.
  if (typeof newDoc.t !== 'string' || !/^[a-z_]{1,32}$/.test(newDoc.t)) {
    refuse('type', 'This is not the type of an event.');
  }
  // A generated name was made before its author joined a team. The author cannot sign in by it, and nobody else is called
  // so: anybody of the team may bring such events along.
  if (newDoc.by !== userCtx.name && !(typeof newDoc.by === 'string' && /^u-[a-z2-9]{8}$/.test(newDoc.by))) {
    refuse('author', 'Nobody may write in the name of somebody else.');
  }
  if (!is('lead')) {
    if (newDoc.t === 'erased') {
      refuse('lead', 'Only a lead may erase.');
    }
    if (newDoc.t === 'setting' && newDoc.v && newDoc.v.item === 'role') {
      refuse('lead', 'Only a lead may change roles.');
    }
  }
  // Without its hash nobody could tell that an event is whole, or that it is the one that was pushed.
  if (typeof newDoc.h !== 'string' || !/^[0-9a-f]{32}$/.test(newDoc.h)) {
    refuse('hash', 'An event must have a hash of 32 hex digits.');
  }
  if (newDoc._attachments) {
    refuse('attachment', 'Events have no attachments.');
  }
  // Managed hosts take documents up to this size.
  if (size() > 1000000) {
    refuse('size', 'An event may have 1000000 characters at most.');
  }
})
