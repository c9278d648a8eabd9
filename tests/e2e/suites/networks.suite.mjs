// The main job on each network's page under the network's own name, with the editor that the network uses and a policy
// that runs only the site's own scripts. One browser for all; a page each.

import { deepEqual, equal, ok, ours, reach, row, steady, suite, until } from '../harness/index.mjs';
import { serveNetwork } from '../pages/networks/index.mjs';
import { ACCOUNTS, NETWORKS } from '../pages/networks/table.mjs';
import { brand, control, empty, insertAndUndo, isAccount, isAnswered, isInLog, isMarked, mend, save } from '../steps.mjs';

const ENGLISH = {
  slash: '/late', words: 'definitely', again: 'Thank you for waiting.',
  reply: 'We are sorry about this. Your parcel will definitely arrive tomorrow.',
  mended: 'We are sorry about this. Your parcel should arrive tomorrow.',
};
const SPANISH = {
  slash: '/retraso', words: 'garantizamos', again: 'Gracias por esperar.',
  reply: 'Sentimos la espera. Le garantizamos que el pedido sale mañana.',
  mended: 'Sentimos la espera. Prevemos que el pedido sale mañana.',
};

/** The texts of the replies that the log holds, oldest first. */
const logged = (extension) => extension.desk.evaluate(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name));
    if (db.objectStoreNames.contains('events')) {
      for (const { t, text } of await done(db.transaction('events').objectStore('events').getAll())) {
        const { v } = JSON.parse(text);
        // Answers that the page held before are none of ours.
        if (t === 'replied' && !v.outside) texts.push(v.text);
      }
    }
    db.close();
  }
  return texts;
});

/** Runs steps so that a failure says which one it was. */
async function each(steps) {
  for (const [name, step] of steps) {
    await step().catch((error) => {
      error.stack = `${name}: ${error.stack ?? error.message}`;
      throw error;
    });
  }
}

async function job({ site, extension, open }, network) {
  const { post, box, prefix = '', greeting } = network;
  const words = network.spanish ? SPANISH : ENGLISH;
  const begun = site.requests.length;
  const sent = () => {
    const requests = site.requests.slice(begun);
    return network.sent?.(requests) ?? requests.filter(({ path }) => path === '/api/reply').map(({ body }) => JSON.parse(body).text);
  };
  await brand(extension, 'Alba Coffee', ACCOUNTS, ['Alba']);
  // The same words all day long are another suite's affair.
  await extension.say({ type: 'put', item: 'workspace', id: '', value: { checks_off: ['repeated'] } });
  const earlier = (await logged(extension)).length;
  const page = await open((network.serve ?? serveNetwork)(site, network));
  /** The model of the editor: what the network would send. */
  const read = () => page.evaluate((css) => globalThis.modelText?.() ?? document.querySelector(css)?.value ?? '', box);
  const shown = () => page.$eval(box, (element) => element.value ?? element.innerText);
  const write = async () => {
    if (network.open) await reach('what opens the box', () => page.$(network.open));
    await reach('the box', () => page.$(box));
  };
  const marks = async () => {
    await isMarked(page, post);
    ok(!(await row(page, network.ordinary))?.marks.includes('Mentions us'));
  };
  const steps = [
    ...(network.starts ? [['nothing is drawn in a feed that starts without marks', async () => {
      await write();
      await isAccount(page, ...network.account);
      // The strip has come and nothing else: no row beside any post.
      equal((await ours(page)).filter(({ buttons }) => buttons.some((text) => /save/i.test(text))).length, 0);
      await extension.say({ type: 'device', name: `density:${network.starts}`, value: 'quiet' });
    }]] : []),
    ['the post that names the brand is marked', marks],
    ['it is saved', () => save(page, post, network.head)],
    ['the strip knows the account', async () => {
      await write();
      await isAccount(page, ...network.account);
    }],
    ['a template arrives once, and one undo takes it out', async () => {
      const { inserted, preview } = await insertAndUndo(page, { slash: words.slash, greeting, read, shown });
      equal(inserted, prefix + preview);
      await empty(page, read);
    }],
    ['a finding is underlined, and its fix arrives', async () => {
      await mend(page, { reply: prefix + words.reply, words: words.words, mended: prefix + words.mended, read });
      equal((await shown()).trim(), prefix + words.mended);
    }],
    ['the network\'s own control sends it, once', async () => {
      deepEqual(sent(), []);
      await until('the verdict', async () => (await extension.askFrom(page, 'verdict')).current);
      await reach('the send control', () => page.$(network.send));
      await until('the reply at the server', () => sent().length);
      await isAnswered(page, post);
      deepEqual(sent(), [prefix + words.mended]);
    }],
    ...(network.key ? [['its key sends too', async () => {
      await write();
      await page.keyboard.type(words.again);
      await until('the text', async () => (await read()) === prefix + words.again);
      await until('the verdict', async () => (await extension.askFrom(page, 'verdict')).current);
      if (network.key === 'Enter') await page.keyboard.press('Enter');
      else await control(page, 'Enter');
      await until('the second reply at the server', () => sent().length > 1);
      deepEqual(sent().slice(1), [prefix + words.again]);
    }]] : []),
    ['the log has the mention and the replies', async () => {
      await extension.desk.bringToFront();
      await isInLog(extension.desk, network.words);
      const replies = await until('the replies', async () => {
        const all = (await logged(extension)).slice(earlier);
        return all.length >= sent().length && all;
      });
      deepEqual(await steady('the replies', async () => (await logged(extension)).slice(earlier)), replies);
      deepEqual(replies, sent());
    }],
  ];
  try {
    await each(steps);
  } finally {
    if (network.starts) await extension.say({ type: 'device', name: `density:${network.starts}`, value: 'off' });
  }
}

export default suite('answering on each network', ({ test }) => {
  for (const network of NETWORKS) test(network.name, (world) => job(world, network));
});
