// The voice rules' page: the brand's own words are written by people who know no patterns, every rule has its switch, and
// each says on how many of the replies that were sent it would have spoken.

import { SHORT_LIFE, deepEqual, equal, inside, ok, overlay, overlayShown, press, pressInCard, reach, strip, suite, underlined, until } from '../harness/index.mjs';
import { KINDS, box, definition, serveSending } from '../pages/sending.mjs';
import { control } from '../steps.mjs';
import { fill, finds, reads, reply, rules, send, text } from '../voice-steps.mjs';

export const own = suite('the brand\'s own words', ({ test }) => {
  test('a word is written by keyboard, says what it would have found, and speaks in the next reply', async (world) => {
    await send(world, 'Hello Marta, our cheap beans are on their way.', '/first');
    const page = await rules(world);
    await fill(page, '#own-term', 'cheap');
    await reads(page, '#own-form', 'Speaks on 1 of your last 1 replies');
    await fill(page, '#own-instead', 'affordable, good value');
    await fill(page, '#own-why', 'We never talk down our prices.');
    await page.keyboard.press('Enter');
    await reads(page, '#own-words', 'affordable, good value');
    await reads(page, '#own-words', 'Speaks on 1 of your last 1 replies');
    await until('an empty form', async () => (await page.$eval('#own-term', (input) => input.value)) === '');
    const answer = await reply(world, '/second');
    await answer.keyboard.type('Hello Marta, Cheap beans again. ');
    await finds(answer, 'Cheap');
  });
});

export const pasted = suite('a pasted list of words', ({ test }) => {
  test('arrives switched off; one of it is switched on, changed, removed and brought back', async (world) => {
    const page = await rules(world);
    await reach('the part for pasting', () => page.$('#own-paste summary'));
    await fill(page, '#own-pasted', '- clients -> guests; they visit us\nhandset = phone\nbla');
    await reads(page, '#own-paste-add', '3');
    await reach('to add', () => page.$('#own-paste-add:not([disabled])'));
    await reads(page, '#own-words', 'guests');
    deepEqual(await page.$$eval('#own-words [role="switch"]', (all) => all.map((one) => one.checked)), [false, false, false]);
    await page.focus('#own-words [role="switch"]');
    await page.keyboard.press(' ');
    const answer = await reply(world, '/list');
    await answer.keyboard.type('Hello Marta, our clients like the handset. ');
    await finds(answer, 'clients');
    ok(!(await underlined(answer)).includes('handset'), 'what is switched off is silent');
    await page.bringToFront();
    await reach('to remove it', () => page.$('#own-words li .icon-only'));
    await until('two words', async () => (await page.$$('#own-words > li')).length === 2);
    await reach('the history', () => page.$('#own-history summary'));
    await until('three versions', async () => (await page.$$('#own-history li')).length === 3);
    await reach('to bring it back', () => page.$('#own-history button'));
    await until('three words', async () => (await page.$$('#own-words > li')).length === 3);
    equal(await page.$eval('#own-words [role="switch"]', (one) => one.checked), true);
  });
});

export const switches = suite('every voice rule', { prefs: SHORT_LIFE }, ({ test }) => {
  test('has a switch that holds after the background died', async (world) => {
    const page = await rules(world);
    const on = Number((await text(page, '#rules-on')).split(' ')[0]);
    ok(on > 20 && on <= 40, `a few rules are on from the start: ${on}`);
    await fill(page, '#rules-search', 'en.plain.utilize');
    await until('one rule', async () => (await page.$$('#rules [role="switch"]')).length === 1);
    await reach('its switch', () => page.$('#rules [role="switch"]'));
    await until('it to be kept', async () => {
      const { rules: all } = await world.extension.say({ type: 'rules' });
      return all.find((rule) => rule.id === 'en.plain.utilize').on;
    });
    await world.extension.kill();
    const answer = await reply(world, '/rule');
    await answer.keyboard.type('Hello Marta, please utilize the link. ');
    await finds(answer, 'utilize');
  });
});

export const resting = suite('a pack that is switched off', ({ test }) => {
  test('silences its rules that were switched on one by one', async (world) => {
    const page = await rules(world);
    await fill(page, '#rules-search', 'en.plain.utilize');
    await reach('its switch', () => page.$('[id="rule-en.plain.utilize"]'));
    const rule = async () => (await world.extension.say({ type: 'rules' })).rules.find(({ id }) => id === 'en.plain.utilize');
    await until('it to be on', async () => (await rule()).on);
    await world.extension.say({ type: 'device', name: 'welcomed', value: 'true' });
    const options = await world.ours('pages/options.html#voice');
    await reach('the pack', () => options.$('#pack-en-plain:checked'));
    await until('it rests', async () => !(await rule()).on);
  });
});

export const place = suite('a voice rule among its pack', ({ test }) => {
  test('is switched by keyboard, and the pack stays open with the focus where it was', async (world) => {
    const page = await rules(world);
    await reach('a pack', () => page.$('#rules summary'));
    const first = '#rules details [role="switch"]';
    await until('its rules', async () => (await page.$(first))?.isVisible());
    await page.focus(first);
    const id = await page.$eval(first, (input) => input.id);
    const before = await text(page, '#rules-on');
    await page.keyboard.press(' ');
    await until('the count', async () => (await text(page, '#rules-on')) !== before);
    await until('it to be kept', async () => {
      const { state } = await world.extension.say({ type: 'open', page: 'log' });
      return [...state.workspace.rules_on, ...state.workspace.rules_off].includes(id.replace('rule-', ''));
    });
    deepEqual(await page.$eval('#rules details', (pack) => [pack.open, document.activeElement.id]), [true, id]);
  });
});

export const tired = suite('a voice rule that somebody is tired of', ({ test }) => {
  for (const lang of ['en', 'es']) {
    test(`offers to fall silent at the sixth finding, and is brought back, ${lang}`, async (world) => {
      const { extension, shot, violations } = world;
      await extension.say({ type: 'device', name: 'language', value: lang });
      const { state } = await extension.say({ type: 'open', page: 'log' });
      await extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, rules_on: ['en.plain.utilize'] } });
      const words = ['utilize', 'utilise', 'utilized', 'utilised', 'utilizing', 'utilising'];
      const answer = await reply(world, `/tired-${lang}`);
      await answer.keyboard.type(`Hello Marta, we are sorry that it is late, and will write today: ${words.join(', ')} the link. `);
      const left = (count) => until(`${count} underlines`, async () => {
        const shown = await underlined(answer);
        if (shown.length === count) return true;
        throw new Error(shown.join(' | '));
      });
      for (let done = 0; done < 5; done += 1) {
        await left(words.length - done);
        await press(answer, '.findings', '[data-id="react"]');
        equal(await (await overlay(answer)).$('#tires'), null);
        await pressInCard(answer, '.dismiss button');
        await until('no card', async () => !(await overlayShown(answer)));
      }
      await left(1);
      await press(answer, '.findings', '[data-id="react"]');
      const frame = await overlay(answer);
      await until('the offer', async () => /5/.test(await frame.$eval('#tires', (line) => line.textContent)));
      await shot(answer, `voice-tired-${lang}`);
      deepEqual(await violations(answer, { within: ['[data-rejoinder]'] }), []);
      await pressInCard(answer, '#tires button');
      await until('the question why', () => frame.$('#silence-reason:focus'));
      await frame.type('#silence-reason', 'Our <b>product</b> is called so');
      await shot(answer, `voice-why-${lang}`);
      deepEqual(await violations(answer, { within: ['[data-rejoinder]'] }), []);
      await answer.keyboard.press('Enter');
      await left(0);

      const page = await rules(world);
      await fill(page, '#rules-search', 'en.plain.utilize');
      await until('the way back', () => page.$('[id="hear-en.plain.utilize"]'));
      await until('the reason', async () => (await text(page, '#rules')).includes('Our <b>product</b> is called so'));
      await shot(page, `voice-silent-${lang}`);
      deepEqual(await violations(page), []);
      await reach('the way back', () => page.$('[id="hear-en.plain.utilize"]'));
      await until('it speaks again', async () => !(await page.$('[id="hear-en.plain.utilize"]')));
      await until('the reason is gone', async () => !(await text(page, '#rules')).includes('is called so'));
      const next = await reply(world, `/rested-${lang}`);
      await next.keyboard.type('Hello Marta, please utilize the link. ');
      await finds(next, 'utilize');
    });
  }
});

function look(theme, lang) {
  return suite(`how the voice rules look, ${theme}, ${lang}`, { theme }, ({ test }) => {
    test('empty, and with words', async (world) => {
      const { extension, shot, violations } = world;
      for (const [name, value] of [['language', lang], ['theme', 'auto']]) await extension.say({ type: 'device', name, value });
      await send(world, 'Hello Marta, our cheap beans are on their way.', '/look');
      const page = await rules(world);
      await until('no words', () => page.$('#own-empty'));
      await shot(page, `voice-empty-${lang}`);
      deepEqual(await violations(page), []);
      await reach('the part for pasting', () => page.$('#own-paste summary'));
      await fill(page, '#own-pasted', 'cheap → affordable; We never talk down our prices.\nclients → guests\nobviously');
      await reach('to add', () => page.$('#own-paste-add:not([disabled])'));
      await until('the words', () => page.$('#own-words'));
      await reach('a pack', () => page.$('#rules summary'));
      await reads(page, '#own-words', { en: 'Speaks on 1 of your last 1 replies', es: 'Habla en 1 de tus últimas 1 respuestas' }[lang]);
      await shot(page, `voice-words-${lang}`);
      deepEqual(await violations(page), []);
    });
  });
}

export const light = look('light', 'en');
export const dark = look('dark', 'es');

/** A Spanish reply with slips in each family of editors, on a page in English. */
export const fixing = suite('fixing what was found', ({ test }) => {
  for (const kind of KINDS.filter((one) => one !== 'line')) {
    test(`${kind}: a Spanish reply is checked in Spanish, all that is clear is fixed by one key, and one undo brings it back`, async (world) => {
      await world.define(definition);
      const page = await world.open(serveSending(world.site, { path: `/fixing-${kind}` }));
      await page.click(box(kind));
      await until('the strip', () => strip(page, `[data-id="${kind}"]`));
      const before = 'Hola, Marta. Te te escribimos por por el pedido aqui. Un saludo';
      await page.keyboard.type(before);
      await finds(page, 'Te te');
      await finds(page, 'por por');
      await reach('what there is to check', () => inside(page, '[data-part="findings"]', `[data-id="${kind}"]`));
      await until('the card', () => overlayShown(page));
      const fixed = 'Hola, Marta. Te escribimos por el pedido aquí. Un saludo';
      const model = () => page.evaluate((name) => globalThis.lab.model[name](), kind);
      await page.keyboard.down('Shift');
      await page.keyboard.press('Enter');
      await page.keyboard.up('Shift');
      await until('the fixed text', async () => {
        const now = await model();
        if (now !== fixed) throw new Error(now);
        return true;
      });
      await control(page, 'z');
      await until('the text as it was', async () => {
        const now = await model();
        if (now !== before) throw new Error(now);
        return true;
      });
    });
  }
});
