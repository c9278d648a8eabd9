// A live FlaskBB 3.0.0rc5 (PyPI) on SQLite: a server-rendered forum. Needs Python 3.12; `available()` tells.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CACHE, freePort, once, ready, remove, runFolder, serve, sh, stop, visitor } from './process.mjs';

const VERSION = '3.0.0rc5';
export const PASSWORD = 'passw0rd!';

/** A Python that FlaskBB 3 runs on, or undefined. */
export function available() {
  const pyenv = join(homedir(), '.pyenv', 'versions');
  const own = existsSync(pyenv) ? readdirSync(pyenv).map(version => join(pyenv, version, 'bin', 'python3')) : [];
  return ['python3', 'python3.14', 'python3.13', 'python3.12', ...own].find(python =>
    spawnSync(python, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))']).status === 0);
}

/** Downloads once. */
export const install = once(async () => {
  const python = available();
  const home = join(CACHE, `flaskbb-${VERSION}`);
  const bin = join(home, 'venv', 'bin');
  if (!existsSync(join(home, 'installed'))) {
    mkdirSync(home, { recursive: true });
    await sh(python, ['-m', 'venv', 'venv'], { cwd: home });
    await sh(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', `flaskbb==${VERSION}`], { cwd: home });
    // Without this folder every command ends while it configures logging.
    mkdirSync(join((await sh(join(bin, 'python'), ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])'])).trim(), 'logs'), { recursive: true });
    writeFileSync(join(home, 'installed'), '');
  }
  return join(bin, 'flaskbb');
});

/** Starts everything; `stop()` ends it. */
export async function start() {
  const flaskbb = await install();
  const folder = runFolder('flaskbb');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const config = join(folder, 'flaskbb.cfg');
  await sh(flaskbb, ['makeconfig', '-d', '-f', '-o', config], { cwd: folder });
  writeFileSync(config, readFileSync(config, 'utf8')
    .replace(/^SERVER_NAME = .*$/m, `SERVER_NAME = "127.0.0.1:${port}"`)
    .replace(/^SQLALCHEMY_DATABASE_URI = .*$/m, `SQLALCHEMY_DATABASE_URI = "sqlite:///${join(folder, 'forum.db')}"`)
    // The development tool bar would lie over the page and stop at every redirect.
    .concat('\nDEBUG = False\nDEBUG_TB_ENABLED = False\nDEBUG_TB_INTERCEPT_REDIRECTS = False\n'));
  await sh(flaskbb, ['--config', config, 'install', '-f', '-u', 'acme', '-e', 'acme@example.org', '-p', PASSWORD], { cwd: folder });
  await sh(flaskbb, ['--config', config, 'users', 'new', '-u', 'marta', '-e', 'marta@example.org', '-p', PASSWORD, '-g', 'member'], { cwd: folder });
  const server = serve(flaskbb, ['--config', config, 'run', '-h', '127.0.0.1', '-p', `${port}`], { log: join(folder, 'server.log'), cwd: folder });
  await ready(server, async () => (await fetch(base)).ok, { what: 'FlaskBB' });

  const send = async (person, page, path, fields) => {
    const token = /name="csrf_token"[^>]*value="([^"]+)"/.exec((await person.get(page)).text)?.[1];
    return person.post(path, { csrf_token: token, ...fields });
  };
  const enter = async username => {
    const person = visitor(base);
    await send(person, '/auth/login', '/auth/login', { login: username, password: PASSWORD, submit: 'Login' });
    return person;
  };
  const seeder = await enter('marta');
  const made = await send(seeder, '/1/topic/new', '/1/topic/new', {
    title: 'My order has not arrived', content: 'It is **two weeks late**, acme.', submit: 'Post topic',
  });
  const topicUrl = made.url.split('?')[0];
  if (!/\/topic\/\d+/.test(topicUrl)) throw new Error(`the topic was not taken: ${made.status} ${made.url}`);

  return {
    base,
    topicUrl,
    async signIn(username = 'acme') {
      return [...(await enter(username)).jar].map(([name, value]) => ({ name, value, domain: '127.0.0.1', path: '/' }));
    },
    /** The topic's page as the server renders it for a stranger. */
    page: async () => (await visitor(base).get(new URL(topicUrl).pathname)).text,
    async stop() {
      await stop(server);
      remove(folder);
    },
  };
}
