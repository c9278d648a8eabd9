// A crisis hold: started with its reason, seen on our pages, and what it changes in the picker and before Send until it is
// lifted.

import {
  deepEqual, equal, events, gate, ok, overlayShown, picker, pressInCard, reach, suite, until, violations,
} from '../harness/index.mjs';
import { fill, reads, reply, rules, send } from '../voice-steps.mjs';

const REASON = 'Recall of the kettle';

async function turn(world, on) {
  const page = await rules(world);
  await reach('the switch', () => page.$('#voice-hold'));
  await until('the hold in the settings', async () => {
    const { state } = await world.extension.say({ type: 'open', page: 'log' });
    return state.workspace.hold === on;
  });
  return page;
}

/** The titles that the picker lists for the words behind a slash. */
async function found(page, words) {
  await page.keyboard.type(`/${words}`);
  const { titles } = await until(`what it found for "${words}"`, async () => {
    const shown = (await overlayShown(page)) && await picker(page);
    return shown && shown.query === words && shown.titles.length && shown;
  });
  return titles;
}

async function close(page) {
  await until('the picker to take the key', async () => {
    await page.keyboard.press('Escape');
    return !(await overlayShown(page));
  }, { every: 100 });
}

const verdict = ({ extension }, page) => until('the verdict', async () => (await extension.askFrom(page, 'verdict')).current);

const asked = (page) => until('the card', async () => {
  const shown = await gate(page);
  return shown?.focused === 'gate-fix' && shown;
});

export default suite('a crisis hold', { chain: true }, ({ test }) => {
  test('is started with its reason, and our pages say so', async (world) => {
    await world.extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    const value = { title: 'Autumn sale', language: 'en', body: 'Everything is 10 % off this week.', trigger: 'salenow', kind: 'promo' };
    await world.extension.say({ type: 'put', item: 'template', id: 'salenow', value });
    await world.extension.say({ type: 'put', item: 'template', id: 'salewhen', value: { ...value, title: 'When the sale ends', trigger: 'salewhen', kind: 'evergreen' } });
    const page = await turn(world, true);
    await fill(page, '#voice-hold-reason', REASON);
    await page.keyboard.press('Enter');
    await world.shot(page, 'hold-switch');
    for (const path of ['log', 'panel', 'options']) {
      const shown = await world.ours(`pages/${path}.html`);
      await shown.bringToFront();
      await reads(shown, '#hold', REASON);
      await world.shot(shown, `hold-${path}`);
      deepEqual(await violations(shown), []);
    }
  });

  test('the picker offers statements and no promotions', async (world) => {
    const page = await reply(world, '/picker');
    const titles = await found(page, 'sale');
    ok(titles.includes('When the sale ends') && !titles.includes('Autumn sale'), titles.join(' | '));
    await close(page);
  });

  test('a reply is asked about, with the reason, and what is sent anyway is in the log', async (world) => {
    const text = 'Hello Marta, thank you for writing. We are looking into it.';
    const page = await reply(world, '/asked');
    await page.keyboard.type(text);
    await verdict(world, page);
    await page.keyboard.press('Enter');
    const { why } = await asked(page);
    ok(why.includes(REASON), why);
    await world.shot(page, 'hold-gate');
    await pressInCard(page, '#gate-send');
    const overrode = await until('the log to know', async () => (await events(world)).find(({ t }) => t === 'overrode'));
    deepEqual(overrode.v.checks, ['crisis_hold']);
  });

  test('a statement goes as it stands', async (world) => {
    const page = await reply(world, '/statement');
    await page.keyboard.type('/holding');
    await until('the statement', async () => (await overlayShown(page)) && (await picker(page)).chosen.startsWith('Holding statement 1'));
    await page.keyboard.press('Enter');
    await until('no overlay', async () => !(await overlayShown(page)));
    await verdict(world, page);
    const read = () => page.evaluate(() => globalThis.lab.model.react());
    const text = await until('the text', async () => (await read()).includes('take them seriously') && read());
    // Enter is swallowed for a moment after an insertion.
    await page.click('[data-id="react"] .send');
    await until('the log to know', async () => (await events(world)).some(({ t, v }) => t === 'replied' && v.text === text.trim()));
    equal((await events(world)).filter(({ t }) => t === 'overrode').length, 1, 'nobody was asked');
  });

  test('lifted, replies go and promotions are offered again', async (world) => {
    const switched = await turn(world, false);
    await until('no reason for the next one', () => switched.$eval('#voice-hold-reason', (field) => field.value === ''));
    const log = await world.ours('pages/log.html');
    await log.bringToFront();
    await until('the log', () => log.$('#log-rows, .empty'));
    equal(await log.$('#hold'), null);
    await send(world, 'Hello Marta, it is on its way to you.', '/lifted');
    const page = await reply(world, '/promotion');
    const titles = await found(page, 'sale');
    ok(titles.includes('Autumn sale'), titles.join(' | '));
    await close(page);
  });
});

export const spanish = suite('a crisis hold in Spanish, dark', { theme: 'dark' }, ({ test }) => {
  test('reads well on our pages', async ({ extension, ours, shot }) => {
    await extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    await extension.say({ type: 'device', name: 'language', value: 'es' });
    const { state } = await extension.say({ type: 'open', page: 'log' });
    const value = { ...state.workspace, hold: true, hold_reason: 'Retirada de la tetera' };
    await extension.say({ type: 'put', item: 'workspace', id: '', value });
    for (const path of ['log', 'options', 'library']) {
      const page = await ours(`pages/${path}.html${path === 'library' ? '#voice' : ''}`);
      await page.bringToFront();
      if (path === 'library') await until('the rules', () => page.$('#rules details'));
      else await reads(page, '#hold', 'Hay una pausa por crisis: Retirada de la tetera');
      await shot(page, `hold-es-${path}`);
      deepEqual(await violations(page), []);
    }
  });
});
