// A live Askbot 0.13.0 (PyPI) on SQLite, with a question by one person: several hidden decoy text areas on one page.
import { cpSync, existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, freePort, once, ready, remove, runFolder, serve, sh, stop, visitor } from './process.mjs';

const VERSION = '0.13.0';
export const PASSWORD = 'passw0rd!';

/** Downloads, sets up and migrates once; every run works on a copy of the project. */
export const install = once(async () => {
  const home = join(CACHE, `askbot-${VERSION}`);
  const python = join(home, 'venv', 'bin', 'python');
  if (!existsSync(join(home, 'installed'))) {
    mkdirSync(home, { recursive: true });
    await sh('python3', ['-m', 'venv', 'venv'], { cwd: home });
    await sh(join(home, 'venv', 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `askbot==${VERSION}`], { cwd: home });
    remove(join(home, 'forum'));
    await sh(join(home, 'venv', 'bin', 'askbot-setup'), ['--noinput', '-r', 'forum', '--proj-name', 'project', '--db-engine', 'sqlite',
      '--db-name', 'forum.db', '--admin-name', 'admin', '--admin-email', 'a@example.org', '--domain-name', 'example.org'], { cwd: home });
    const forum = join(home, 'forum');
    const settings = join(forum, 'project', 'settings.py');
    writeFileSync(settings, `${readFileSync(settings, 'utf8')}\nALLOWED_HOSTS = ['*']\n`);
    for (const step of [['migrate', '--noinput'], ['collectstatic', '--noinput']]) await sh(python, ['manage.py', ...step], { cwd: forum });
    writeFileSync(join(home, 'installed'), '');
  }
  return { python, forum: join(home, 'forum') };
});

const SEED = `
from django.contrib.auth.models import User
for name in ('marta', 'ben', 'acme'):
    user, _ = User.objects.get_or_create(username=name, defaults={'email': name + '@example.org'})
    user.set_password('${PASSWORD}')
    user.is_superuser = user.is_staff = name == 'acme'
    user.save()
`;

const token = html => /name=["']csrfmiddlewaretoken["'] value=["']([^"']+)/.exec(html)?.[1];

/** Starts everything; `stop()` ends it. */
export async function start() {
  const { python, forum } = await install();
  const run = runFolder('askbot');
  const folder = join(run, 'forum');
  cpSync(forum, folder, { recursive: true });
  // The set-up wrote the project's own place into its settings.
  const settings = join(folder, 'project', 'settings.py');
  writeFileSync(settings, readFileSync(settings, 'utf8').replaceAll(forum, folder));
  await sh(python, ['manage.py', 'shell', '-c', SEED], { cwd: folder });
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = serve(python, ['manage.py', 'runserver', '--noreload', '--insecure', `127.0.0.1:${port}`], { log: join(run, 'server.log'), cwd: folder });
  await ready(server, async () => (await fetch(`${base}/questions/`)).ok, { what: 'Askbot' });

  const enter = async username => {
    const person = visitor(base);
    const form = await person.get('/account/signin/');
    const answer = await person.post('/account/signin/', {
      csrfmiddlewaretoken: token(form.text), username, password: PASSWORD, login_provider_name: 'local',
      password_action: 'login', login_with_password: 'Sign in', next: '/',
    });
    if (![...person.jar.keys()].includes('sessionid')) throw new Error(`sign-in failed: ${answer.status} ${answer.url}`);
    return person;
  };
  const marta = await enter('marta');
  const ask = await marta.get('/questions/ask/');
  const asked = await marta.post('/questions/ask/', {
    csrfmiddlewaretoken: token(ask.text), title: 'My parcel has not arrived', tags: 'delivery',
    text: 'It is two weeks late. When does acme send it? I am still waiting & nobody answers.',
  });
  if (!/\/question\/\d+\//.test(asked.url)) throw new Error(`the question was not taken: ${asked.url}\n${asked.text.slice(0, 500)}`);
  const questionUrl = asked.url.split('?')[0];

  return {
    base,
    questionUrl,
    /** Signs in over HTTP; returns the session's cookies for a browser. */
    async signIn(username) {
      return [...(await enter(username)).jar].map(([name, value]) => ({ name, value, domain: '127.0.0.1', path: '/' }));
    },
    /** The question's page as the server renders it for a stranger. */
    page: async () => (await visitor(base).get(new URL(questionUrl).pathname)).text,
    async stop() {
      await stop(server);
      remove(run);
    },
  };
}
