// Styles that were written for Vale, taken in on the voice rules' page: seen first, all resting, and out again by one key.

import { deepEqual, equal, ok, reach, suite, underlined, until } from '../harness/index.mjs';
import { definition } from '../pages/sending.mjs';
import { fill, finds, reads, reply, rules, send } from '../voice-steps.mjs';

const SETUP = 'tests/fixtures/vale/setup';

async function choose(page, input, path) {
  await until('the section', () => page.$('#vale-zip:not([disabled])'));
  await (await page.$(input)).uploadFile(path);
}

export const archive = suite('a style of Vale in an archive', ({ test }) => {
  test('is seen rule by rule, taken in resting, speaks once switched on, and is taken out and brought back', async (world) => {
    await send(world, 'Hello Marta, it is very late.', '/first');
    const page = await rules(world);
    await choose(page, '#vale-archive', `${SETUP}.zip`);
    await until('the counts', () => page.$('#vale-counts'));
    await reach('the style', () => page.$('#vale-rules summary ::-p-text(House)'));
    await reads(page, '#vale-rules', "'…' says little.");
    await reads(page, '#vale-rules', 'Speaks on 1 of your last 1 replies');
    await reads(page, '#vale-rules', 'Scripts are not run.');
    equal((await world.extension.say({ type: 'rules' })).rules.filter((rule) => rule.id.startsWith('House.')).length, 0);
    await reach('to take it in', () => page.$('#vale-store'));
    await reads(page, '#vale-ended', 'Rules taken in');
    await until('it to have the focus', () => page.evaluate(() => document.activeElement?.id === 'vale-ended'));
    const taken = async () => (await world.extension.say({ type: 'rules' })).rules.filter((rule) => rule.id.startsWith('House.'));
    ok((await taken()).length > 2 && (await taken()).every((rule) => !rule.on), 'they rest');

    await fill(page, '#rules-search', 'House.Weak');
    await reach('its switch', () => page.$('[id="rule-House.Weak"]'));
    await until('it to be kept', async () => (await taken()).find((rule) => rule.id === 'House.Weak').on);
    const answer = await reply(world, '/second');
    await answer.keyboard.type('Hello Marta, it is very late again. ');
    await finds(answer, 'very');

    await page.bringToFront();
    await reach('to take it out', () => page.$('#vale-taken li ::-p-text(Remove the style)'));
    await until('none of it', async () => (await taken()).length === 0);
    await answer.bringToFront();
    await answer.keyboard.type('So it is. ');
    await until('no underline', async () => !(await underlined(answer)).includes('very'));
    await page.bringToFront();
    await reach('to bring it back', () => page.$('#vale-undo'));
    await until('it is on again', async () => (await taken()).find((rule) => rule.id === 'House.Weak')?.on);
  });
});

export const other = suite('an archive that is none', ({ test }) => {
  test('says so, and nothing is stored', async (world) => {
    const page = await rules(world);
    await choose(page, '#vale-archive', `${SETUP}/sample.txt`);
    await reads(page, '#vale-ended', 'not a zip archive');
    equal(await page.$('#vale-taken'), null);
  });
});

// Firefox's protocol chooses no folders.
export const folder = suite('a style of Vale in a folder', { browsers: ['chromium'] }, ({ test }) => {
  test('is found by its configuration', async (world) => {
    const page = await rules(world);
    await choose(page, '#vale-files', SETUP);
    await until('the counts', () => page.$('#vale-counts'));
    await reads(page, '#vale-rules', 'House');
    await reads(page, '#vale-rules', 'Docs');
  });
});

function look(theme, lang) {
  return suite(`how a style of Vale looks, ${theme}, ${lang}`, { theme }, ({ test }) => {
    test('seen and taken in', async (world) => {
      const { extension, shot, violations } = world;
      for (const [name, value] of [['language', lang], ['theme', 'auto']]) await extension.say({ type: 'device', name, value });
      await world.define(definition);
      const page = await rules(world);
      await choose(page, '#vale-archive', `${SETUP}.zip`);
      await until('the counts', () => page.$('#vale-counts'));
      await reach('the style', () => page.$('#vale-rules summary ::-p-text(House)'));
      await shot(page, `vale-seen-${lang}`);
      deepEqual(await violations(page), []);
      await reach('to take it in', () => page.$('#vale-store'));
      await until('what was done', () => page.$('#vale-taken'));
      await shot(page, `vale-taken-${lang}`);
      deepEqual(await violations(page), []);
    });
  });
}

export const light = look('light', 'en');
export const dark = look('dark', 'es');
