// A reply that promises something for a time: the row says so, and one press makes the case due then.

import { deepEqual, events, ok, overlay, overlayShown, press, pressInCard, row, suite, until } from '../harness/index.mjs';
import { reply, send } from '../voice-steps.mjs';

const DAY = 86_400_000;

function promise(theme, lang, { text, mark, due }) {
  return suite(`a promise with a time, ${theme}, ${lang}`, { theme }, ({ test }) => {
    test('is proposed as the due date, set by one press and taken back by another', async (world) => {
      const { extension, shot, violations } = world;
      for (const [name, value] of [['language', lang], ['theme', 'auto']]) await extension.say({ type: 'device', name, value });
      await send(world, text, '/promise');
      const page = await reply(world, '/promise');
      await until('the mark', async () => (await row(page, '[data-id="react"]'))?.marks.some((one) => one.includes(mark)));
      await press(page, '.more', '[data-id="react"]');
      await until('the card', () => overlayShown(page));
      const said = async (words) => until(`"${words}" in the card`, async () => {
        const line = await (await overlay(page)).$eval('.due', (element) => element.innerText);
        if (!line.includes(words)) throw new Error(line);
        return true;
      });
      await said(mark.split(': ')[1]);
      await shot(page, `promise-${lang}-${theme}`);
      deepEqual(await violations(page, { within: ['[data-rejoinder]'] }), []);
      await pressInCard(page, '.due button');
      await said(due);
      const set = (await events(world)).findLast(({ t }) => t === 'due').v.at;
      ok(set > Date.now() && set < Date.now() + 2 * DAY, new Date(set));
      await page.bringToFront();
      await pressInCard(page, '.due button');
      await said(mark.split(': ')[1]);
    });
  });
}

export const english = promise('light', 'en', { text: 'Hello Marta, we will call you tomorrow.', mark: 'promised: tomorrow', due: 'No due date' });
export const spanish = promise('dark', 'es', { text: 'Hola, Marta: te llamaremos mañana.', mark: 'prometido: mañana', due: 'Sin fecha' });
