// A live Misago 0.39.6 (PyPI) over a private PostgreSQL cluster, with a thread by one person: a React page whose reply
// box is mounted when Reply is pressed.
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, freePort, once, ready, remove, runFolder, serve, sh, stop, visitor } from './process.mjs';

const VERSION = '0.39.6';
export const PASSWORD = 'Passw0rd-long1';

/** Downloads once. */
export const install = once(async () => {
  const home = join(CACHE, `misago-${VERSION}`);
  if (!existsSync(join(home, 'installed'))) {
    mkdirSync(home, { recursive: true });
    await sh('python3', ['-m', 'venv', 'venv'], { cwd: home });
    await sh(join(home, 'venv', 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `misago==${VERSION}`], { cwd: home });
    writeFileSync(join(home, 'installed'), '');
  }
  return join(home, 'venv', 'bin');
});

/** Where Debian keeps the newest PostgreSQL's programs. */
function postgres() {
  const home = '/usr/lib/postgresql';
  const [newest] = readdirSync(home).map(Number).sort((a, b) => b - a);
  return join(home, `${newest}`, 'bin');
}

/** Starts from the settings that come with Misago for its developers. */
const settings = (port) => `
from devproject.settings import *
DATABASES["default"].update(NAME="misago", USER="postgres", PASSWORD="", HOST="127.0.0.1", PORT=${port})
CELERY_TASK_ALWAYS_EAGER, CELERY_BROKER_URL, DEBUG = True, "memory://", True
ALLOWED_HOSTS = ["*"]
`;

const SEED = `
import django
django.setup()
from misago.users.test import create_test_superuser, create_test_user
create_test_superuser("acme", "acme@example.org", "${PASSWORD}")
create_test_user("Marta", "marta@example.org", "${PASSWORD}")
`;

/** PostgreSQL refuses to run as root: then its own user runs it. */
const asPostgres = (command, args) =>
  (process.getuid() === 0 ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]] : [command, args]);

/** A cluster of its own for one run, in `folder`. */
async function startDatabase(folder) {
  const bin = postgres();
  mkdirSync(folder);
  if (process.getuid() === 0) {
    chmodSync(join(folder, '..'), 0o755);
    const [user, group] = await Promise.all(['-u', '-g'].map(async (what) => Number(await sh('id', [what, 'postgres']))));
    chownSync(folder, user, group);
  }
  const data = join(folder, 'data');
  await sh(...asPostgres(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync']), { cwd: folder });
  const port = await freePort();
  const child = serve(...asPostgres(join(bin, 'postgres'), ['-D', data, '-p', `${port}`, '-c', 'listen_addresses=127.0.0.1', '-k', folder, '-F']),
    { log: join(folder, '..', 'database.log'), cwd: folder });
  await ready(child, async () => sh(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', `${port}`]), { what: 'PostgreSQL' });
  await sh(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'postgres', 'misago']);
  return { child, port };
}

/** Starts everything; `stop()` ends it. */
export async function start() {
  const bin = await install();
  const folder = runFolder('misago');
  const database = await startDatabase(join(folder, 'pg'));
  writeFileSync(join(folder, 'forum_settings.py'), settings(database.port));
  const env = { ...process.env, PYTHONPATH: folder, DJANGO_SETTINGS_MODULE: 'forum_settings' };
  const admin = join(bin, 'django-admin');
  await sh(admin, ['migrate'], { cwd: folder, env });
  await sh(join(bin, 'python'), ['-c', SEED], { cwd: folder, env });
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = serve(admin, ['runserver', '--noreload', '--insecure', `127.0.0.1:${port}`], { log: join(folder, 'server.log'), cwd: folder, env });
  await ready(server, async () => (await fetch(base)).ok, { what: 'Misago' });

  const api = async (person, path, body) => {
    const answer = await person.json(path, body, { 'x-csrftoken': person.jar.get('csrftoken') });
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer;
  };
  const enter = async (username) => {
    const person = visitor(base);
    await person.get('/');
    await api(person, '/api/auth/', { username, password: PASSWORD });
    // The token changes with the sign-in.
    await person.get('/');
    return person;
  };
  const made = JSON.parse((await api(await enter('Marta'), '/api/threads/', {
    category: 3, title: 'My order has not arrived', post: 'It is **two weeks late**, acme.',
  })).text);
  const threadUrl = new URL(made.url, base).href;

  return {
    base,
    threadUrl,
    async signIn(username) {
      return [...(await enter(username)).jar].map(([name, value]) => ({ name, value, domain: '127.0.0.1', path: '/' }));
    },
    /** The thread's page as the server renders it for a stranger. */
    page: async () => (await visitor(base).get(new URL(threadUrl).pathname)).text,
    async stop() {
      await stop(server);
      await stop(database.child);
      remove(folder);
    },
  };
}
