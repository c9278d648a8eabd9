// A live NodeBB 1.4.0 (npm) over a private Redis, with a topic by three people: what the tests read and answer on.
import { cpSync, existsSync, mkdirSync, writeFileSync, readFileSync, symlinkSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, freePort, once, ready, remove, runFolder, serve, sh, stop, visitor } from './process.mjs';

const VERSION = '1.4.0';
export const PASSWORD = 'passw0rd!';

/** Downloads once; later runs link to it. */
export const install = once(async () => {
  const home = join(CACHE, `nodebb-${VERSION}`);
  if (!existsSync(join(home, 'installed'))) {
    mkdirSync(home, { recursive: true });
    await sh('npm', ['pack', `nodebb@${VERSION}`, '--silent'], { cwd: home });
    await sh('tar', ['xzf', `nodebb-${VERSION}.tgz`], { cwd: home });
    await sh('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', '--silent'], { cwd: join(home, 'package') });
    writeFileSync(join(home, 'installed'), '');
  }
  return join(home, 'package');
});

/** A folder of its own for one run: NodeBB writes into its own tree, only the modules are shared. */
function runTree(source) {
  const folder = runFolder('nodebb');
  for (const entry of readdirSync(source)) {
    if (entry === 'node_modules') symlinkSync(join(source, entry), join(folder, entry));
    else cpSync(join(source, entry), join(folder, entry), { recursive: true });
  }
  mkdirSync(join(folder, 'public', 'uploads', 'sounds'), { recursive: true });
  return folder;
}

/** People and posts, made with the application's own modules. */
const SEED = `
const nconf = require('nconf');
nconf.file({ file: 'config.json' });
nconf.defaults({ base_dir: process.cwd(), views_dir: process.cwd() + '/public/templates', upload_path: 'public/uploads', version: '${VERSION}', relative_path: '' });
const async = require('async'), db = require('./src/database');
async.waterfall([
  next => db.init(next),
  next => require('./src/meta').configs.init(next),
  next => require('./src/plugins').init(null, null, e => next(e)),
  next => async.mapSeries(['Marta Ruiz', 'ben_k', 'acme'], (username, done) =>
    require('./src/user').create({ username, password: '${PASSWORD}', email: username.replace(/\\W/g, '') + '@example.org' }, done), next),
  ([marta, ben], next) => require('./src/topics').post({ uid: marta, cid: 2, title: 'Order 7731 has not arrived', content: 'My order is two weeks late, @acme. Can somebody **help**?' }, (e, made) => next(e, made, ben)),
  (made, ben, next) => require('./src/topics').reply({ uid: ben, tid: made.topicData.tid, content: 'Same here & <i>worse</i>: {{ 7*7 }} 😀' }, e => next(e, made.topicData)),
], (error, topic) => {
  if (error) { console.error(error); process.exit(1); }
  console.log('TOPIC ' + JSON.stringify({ tid: topic.tid, slug: topic.slug }));
  process.exit(0);
});
`;

/** Starts everything; `stop()` ends it. */
export async function start() {
  const folder = runTree(await install());
  const log = join(folder, 'server.log');
  const [redisPort, port] = [await freePort(), await freePort()];
  const redis = serve('redis-server', ['--port', `${redisPort}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { log, cwd: folder });
  const redisCli = (...args) => sh('redis-cli', ['-p', `${redisPort}`, ...args]);
  await ready(redis, async () => (await redisCli('ping')).startsWith('PONG'), { what: 'Redis' });
  const base = `http://127.0.0.1:${port}`;
  await sh('node', ['app', `--setup=${JSON.stringify({
    url: base, secret: 'any', database: 'redis', port, 'redis:host': '127.0.0.1', 'redis:port': `${redisPort}`,
    'redis:password': '', 'redis:database': '0', 'admin:username': 'admin', 'admin:email': 'admin@example.org',
    'admin:password': PASSWORD, 'admin:password:confirm': PASSWORD,
  })}`], { cwd: folder });
  // One of them downloads at its start and takes the server down without a network.
  await redisCli('zrem', 'plugins:active', 'nodebb-plugin-emoji-one', 'nodebb-plugin-emoji-extended', 'nodebb-plugin-spam-be-gone');
  await redisCli('hmset', 'config', 'initialPostDelay', '0', 'postDelay', '0', 'newbiePostDelay', '0');
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), bind_address: '127.0.0.1' }));
  writeFileSync(join(folder, 'seed.js'), SEED);
  const topic = JSON.parse(/^TOPIC (.*)$/m.exec(await sh('node', ['seed.js'], { cwd: folder }))[1]);
  const server = serve('node', ['app.js'], { log, cwd: folder });
  await ready(server, async () => (await fetch(`${base}/api/config`)).ok, { what: 'NodeBB' });

  return {
    base,
    topicUrl: `${base}/topic/${topic.slug}`,
    /** Signs in over HTTP; returns the session's cookies for a browser. */
    async signIn(username) {
      const person = visitor(base);
      const token = JSON.parse((await person.get('/api/config')).text).csrf_token;
      const answer = await person.post('/login', { username, password: PASSWORD }, { 'x-csrf-token': token });
      if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.status} ${answer.text.slice(0, 200)}`);
      return [...person.jar].map(([name, value]) => ({ name, value, domain: '127.0.0.1', path: '/' }));
    },
    /** The topic's posts as the server has them: [{username, content}] with content as HTML. */
    async posts() {
      const data = JSON.parse((await visitor(base).get(`/api/topic/${topic.tid}`)).text);
      return data.posts.map(post => ({ pid: post.pid, username: post.user.username, content: post.content }));
    },
    async stop() {
      await Promise.all([stop(server), stop(redis)]);
      remove(folder);
    },
  };
}
