// What a test may make the background do that a person does with the browser itself: press one of our keys, use the
// context menu, open one of our pages. Only in test packages.

const api = globalThis.browser ?? globalThis.chrome;
/** Differs in every life of the background. */
const boot = crypto.randomUUID();

/** Listeners of browser events that no test can cause otherwise. */
function record(event) {
  const listeners = [];
  const add = event.addListener.bind(event);
  event.addListener = (listener) => {
    listeners.push(listener);
    add(listener);
  };
  return (...args) => listeners.forEach((listener) => listener(...args));
}

const pressed = record(api.commands.onCommand);
const chosen = record(api.contextMenus.onClicked);

const hooks = {
  boot: () => boot,
  id: () => api.runtime.getURL(''),
  open: async (sender, path) => void (await api.tabs.create({ url: api.runtime.getURL(path) })),
  command: (sender, name) => pressed(name, sender.tab),
  menu: (sender, selectionText) =>
    chosen({ menuItemId: 'save', selectionText, frameId: sender.frameId, pageUrl: sender.url }, sender.tab),
  tab: (sender) => sender.tab.id,
  /** Does nothing else for so long, as a background that hangs; from the moment that the asker knows of it. */
  hang: (sender, ms) => {
    setTimeout(() => {
      const end = Date.now() + ms;
      while (Date.now() < end);
    });
  },
  commands: () => api.commands.getAll(),
  permissions: () => api.permissions.getAll(),
};

api.runtime.onMessage.addListener((message, sender, answer) => {
  if (!message?.e2e) return undefined;
  Promise.resolve()
    .then(() => hooks[message.e2e](sender, ...message.args))
    .then((value) => answer({ value }), (error) => answer({ error: String(error) }));
  return true;
});
