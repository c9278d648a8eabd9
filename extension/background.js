// The background's shim: the browser wakes it, it wakes the core. Every listener is registered synchronously, or the
// browser would not start us for its event; whatever arrives before the core is up waits in order. No decisions here
// beyond what must happen inside a browser's own event (opening the side panel) or before any core exists (serving the
// tabs that were open before us).
import init, * as core from './wasm/background.js';
import * as speller from './speller.js';
import * as team from './team.js';
import * as vault from './vault.js';

// The build writes its id into this line.
const BUILD = 'dev';

/** @typedef {{ name: string, tab: number | null, frame: number, document: string | null, url: string, ours: boolean }} Sender */

/** Most crashes we answer by starting the core again, before we leave it to the browser to start us anew. */
const MAX_CRASHES = 5;

/** The alarm that wakes us for a team's log. */
const TEAM = 'team';

const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;

/** Open ports by number. @type {Map<number, any>} */
const lines = new Map();
/** @type {(() => void)[]} */
let waiting = [];
let up = false;
let crashes = 0;
let lastLine = 0;

/** One writer: this background holds the lock for as long as it lives. */
const writer = new Promise((held) => {
  navigator.locks.request('rejoinder-writer', () => {
    held(undefined);
    return new Promise(() => {});
  });
});

/** What the core may do through us. */
const host = {
  build: BUILD,
  writer,
  /** @param {number} number @param {string} text */
  post(number, text) {
    try {
      lines.get(number)?.postMessage(JSON.parse(text));
    } catch {
      // The page is gone and its port has not said so yet.
      hangUp(number);
    }
  },
  /** @param {number} number */
  close(number) {
    lines.get(number)?.disconnect();
    hangUp(number);
  },
  /** @param {string} asked */
  spell: (asked) => speller.check(asked, () => tell({ type: 'spelling' })),
  suggest: speller.suggest,
  /** @param {string[]} patterns */
  serve(patterns) {
    serveOpenTabs(patterns);
  },
  /** @param {string} line @param {boolean} asked @param {boolean} watch */
  share(line, asked, watch) {
    if (!watch) {
      if (line) api.alarms.create(TEAM, { periodInMinutes: 1 });
      else api.alarms.clear(TEAM);
    }
    team.share(rounds, line, asked, watch);
  },
  /** @param {string} m */
  present: (m) => team.present(m),
};

/** What the rounds with a team's server may do through us. */
const rounds = {
  /** @param {string} what */
  travel: (what) => core.travel(what),
  /** @param {string} what */
  told: (what) => tell(JSON.parse(what)),
  /** @param {string} workspace */
  secret: (workspace) => vault.read(workspace),
  /** @param {string} pattern */
  permitted: (pattern) => api.permissions.contains({ origins: [pattern] }),
  watched,
};

/** Is a tab in front, in a window that is not put away, whose address we may know? Those are the tabs we work in. */
async function watched() {
  const windows = await api.windows.getAll();
  const away = new Set(windows.filter((/** @type {any} */ it) => it.state === 'minimized').map((/** @type {any} */ it) => it.id));
  const tabs = await api.tabs.query({ active: true });
  return tabs.some((/** @type {any} */ tab) => tab.url && !away.has(tab.windowId));
}

/** Runs `step` on the core, now or as soon as it is up. @param {() => void} step */
function withCore(step) {
  if (!up) {
    waiting.push(step);
    return;
  }
  try {
    step();
  } catch (error) {
    crashed(error);
  }
}

/** @param {object} event */
const tell = (event) => withCore(() => core.happened(JSON.stringify(event)));

async function start() {
  await init({ module_or_path: new URL('./wasm/background_bg.wasm', import.meta.url) });
  await core.start(host);
  ready();
}

function ready() {
  up = true;
  const steps = waiting;
  waiting = [];
  for (const step of steps) withCore(step);
}

/**
 * A trap leaves the core's memory in an unknown state: take a new core. Its sessions are gone, so every port is closed;
 * agents and pages open theirs again and repeat what was not answered, as after any death of the background.
 * @param {any} error
 */
async function crashed(error) {
  crashes += 1;
  up = false;
  console.error('core stopped:', error?.message ?? error);
  const lost = [...lines.values()];
  lines.clear();
  if (crashes <= MAX_CRASHES) {
    core.renew();
    await core.start(host);
    waiting.push(() => core.happened(JSON.stringify({ type: 'crashed', count: crashes })));
    ready();
  }
  for (const port of lost) port.disconnect();
}

/** Steps of the core that run later (storage) fail here. @param {any} event */
function late(event) {
  const error = event.error ?? event.reason;
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  event.preventDefault();
  if (up) crashed(error);
}
addEventListener('error', late);
addEventListener('unhandledrejection', late);

/** @param {any} port @returns {Sender} */
function senderOf(port) {
  const { tab, frameId, documentId, url, id } = port.sender ?? {};
  return {
    name: port.name,
    tab: tab?.id ?? null,
    frame: frameId ?? 0,
    document: documentId ?? null,
    url: url ?? '',
    ours: id === api.runtime.id && new URL(url ?? 'about:blank').protocol === new URL(api.runtime.getURL('')).protocol,
  };
}

/** @param {number} number */
function hangUp(number) {
  if (lines.delete(number)) withCore(() => core.gone(number));
}

api.runtime.onConnect.addListener((/** @type {any} */ port) => {
  lastLine += 1;
  const number = lastLine;
  const from = JSON.stringify(senderOf(port));
  lines.set(number, port);
  withCore(() => core.connected(number, from));
  port.onMessage.addListener((/** @type {any} */ message) => {
    const text = JSON.stringify(message);
    withCore(() => core.message(number, text));
  });
  port.onDisconnect.addListener(() => hangUp(number));
});

api.runtime.onInstalled.addListener(async (/** @type {any} */ details) => {
  tell({ type: 'installed', reason: details.reason });
  await registerOptional();
  await serveOpenTabs(null);
});
api.runtime.onStartup.addListener(() => tell({ type: 'startup' }));
// Woken by an agent that wants its port answered; opening the port does the rest.
api.runtime.onMessage.addListener(() => {});

api.commands.onCommand.addListener((/** @type {string} */ name, /** @type {any} */ tab) => {
  // The browsers open their side panel only inside the key's own event.
  if (name === 'panel') {
    if (api.sidePanel) api.sidePanel.open({ windowId: tab.windowId });
    else api.sidebarAction.open();
    return;
  }
  tell({ type: 'command', name, tab: tab?.id ?? null });
});

api.contextMenus.onClicked.addListener((/** @type {any} */ info, /** @type {any} */ tab) => {
  tell({ type: 'menu', tab: tab?.id ?? null, frame: info.frameId ?? 0, text: info.selectionText ?? '' });
});
api.alarms.onAlarm.addListener((/** @type {any} */ alarm) => tell({ type: 'alarm', name: alarm.name }));
api.tabs.onRemoved.addListener((/** @type {number} */ tab) => tell({ type: 'tab_closed', tab }));

api.permissions.onAdded.addListener(async (/** @type {any} */ change) => {
  tell({ type: 'permissions' });
  await registerOptional();
  await serveOpenTabs(change.origins ?? []);
});
api.permissions.onRemoved.addListener(async (/** @type {any} */ change) => {
  tell({ type: 'permissions', removed: change.origins ?? [] });
  await registerOptional();
});

/** The manifest's own content scripts, in order; Firefox reports their files as whole addresses. @returns {any[]} */
const contentScripts = () => (api.runtime.getManifest().content_scripts ?? []).map((/** @type {any} */ script) => ({
  ...script,
  js: script.js.map((/** @type {string} */ file) => new URL(file, api.runtime.getURL('')).pathname.slice(1)),
}));

/** Runs the agent on granted hosts that the manifest does not name. An update of the extension forgets these. */
async function registerOptional() {
  const named = new Set(contentScripts().flatMap((script) => script.matches));
  const granted = (await api.permissions.getAll()).origins ?? [];
  const matches = granted.filter((/** @type {string} */ origin) => !named.has(origin) && /^(https?|\*):/.test(origin));
  const old = await api.scripting.getRegisteredContentScripts();
  if (old.length) await api.scripting.unregisterContentScripts({ ids: old.map((/** @type {any} */ it) => it.id) });
  if (!matches.length) return;
  await api.scripting.registerContentScripts(
    contentScripts().map((script, index) => ({
      id: `agent-${index}`,
      matches,
      js: script.js,
      allFrames: script.all_frames ?? false,
      runAt: script.run_at ?? 'document_idle',
      ...(script.world ? { world: script.world } : {}),
    })),
  );
}

/** Starts the agent in tabs that were open before. @param {string[] | null} origins where; null = everywhere we may */
async function serveOpenTabs(origins) {
  const granted = origins ?? (await api.permissions.getAll()).origins ?? [];
  const named = contentScripts().flatMap((script) => script.matches);
  const url = [...new Set(origins ? granted : [...named, ...granted])].filter((it) => /^(https?|\*):/.test(it));
  if (!url.length) return;
  for (const tab of await api.tabs.query({ url })) {
    for (const script of contentScripts()) {
      try {
        await api.scripting.executeScript({
          target: { tabId: tab.id, allFrames: script.all_frames ?? false },
          files: script.js,
          injectImmediately: true,
          ...(script.world ? { world: script.world } : {}),
        });
      } catch {
        // A discarded tab, an error page, or a host that was taken back meanwhile.
        break;
      }
    }
  }
}

start();
