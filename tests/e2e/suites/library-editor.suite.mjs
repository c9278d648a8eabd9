// The template library: a template is made, mended, restored, moved with others and settled with a colleague, by mouse and
// keyboard alone.

import { deepEqual, equal, events, form, match, ok, overlayShown, picker, press, reach, strip, suite, until } from '../harness/index.mjs';
import { control } from '../steps.mjs';
import { box, definition, serveSending } from '../pages/sending.mjs';

const TITLE = 'Whereabouts of a parcel';
const BODY = 'Hello {{ author.first_name | default("there") }}, order {{ form.order_number }} comes on {{ form.day }}.';

/** Presses the element of this kind whose words begin so, once it is there. */
const pressNamed = (page, css, text) => reach(`"${text}"`, async () => {
  const found = await page.evaluateHandle((all, words) => [...document.querySelectorAll(all)]
    .find((one) => one.checkVisibility() && (one.getAttribute('aria-label') ?? one.textContent).trim().startsWith(words)), css, text);
  return found.asElement();
});
const value = (page, css) => page.$eval(css, (input) => input.value);
const words = (page, css) => page.evaluate((at) => document.querySelector(at)?.textContent ?? '', css);
const reads = (page, css, text) => until(`${css} to read "${text}"`, async () => {
  const now = await words(page, css);
  if (!now.includes(text)) throw new Error(now);
  return true;
});

/** A field's text is replaced. */
async function write(page, css, text) {
  await page.click(css);
  await control(page, 'a');
  await page.keyboard.type(text);
}

async function stored({ extension }, title) {
  const { templates } = await extension.say({ type: 'templates', from: 0 });
  return templates.find((one) => one.title === title);
}
const isStored = (world, title, fits) => until(`"${title}" as it was saved`, async () => {
  const one = await stored(world, title);
  return one && fits(one) && one;
});

async function library(world) {
  const page = await world.ours('pages/library.html');
  await page.bringToFront();
  page.on('dialog', (dialog) => dialog.accept());
  await page.setViewport({ width: 1200, height: 1600 });
  await until('the list', () => page.$('.library-line'));
  return page;
}

/** Finds a template in the list by keyboard, and opens it. */
async function openTemplate(page, title) {
  await write(page, '#library-search', title);
  await until('the template in the list', async () => (await words(page, '#library-list')).includes(title));
  await page.keyboard.press('Enter');
  await until('the template in the form', async () => (await page.$('#template-title')) && (await value(page, '#template-title')) === title);
}

export default suite('the template library', { chain: true }, ({ test }) => {
  test('a template with two fields, chips and actions is made, and the picker uses it', async (world) => {
    const page = await library(world);
    await page.click('#library-new');
    await until('the title', () => page.evaluate(() => document.activeElement?.id === 'template-title'));
    await page.keyboard.type(TITLE);
    await page.keyboard.press('Tab');
    await page.keyboard.type('parcelwhere');
    await write(page, '#template-folder', 'Support/Parcels');
    await page.select('#template-language', 'en');
    await page.click('#template-body');
    await page.keyboard.type('Hello ');
    await page.click('#library_chips_author');
    await pressNamed(page, '.chip-menu button', 'first name');
    await until('the question', () => page.evaluate(() => document.activeElement?.id === 'chip-answer'));
    equal(await value(page, '#chip-answer'), 'there');
    await page.keyboard.press('Enter');
    await page.keyboard.type(', order ');
    await page.click('#template-fields > summary');
    await page.click('#field-add');
    await until('the first field', () => page.evaluate(() => document.activeElement?.id === 'field-0-label'));
    await page.keyboard.type('Order number');
    await page.click('#field-0-insert');
    await page.keyboard.type(' comes on ');
    await page.click('#field-add');
    await until('the second field', () => page.evaluate(() => document.activeElement?.id === 'field-1-label'));
    await page.keyboard.type('Day');
    await page.select('#field-1-kind', 'date');
    await write(page, '#field-1-default', '+2');
    await page.click('#field-1-insert');
    await page.keyboard.type('.');
    equal(await value(page, '#template-body'), BODY);
    // The order of the fields, by keyboard and back.
    await page.focus('#field-1-label');
    await page.keyboard.down('Alt');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.up('Alt');
    await until('the day first', async () => (await value(page, '#field-0-label')) === 'Day');
    await page.click('#field-0-down');
    await until('the order number first', async () => (await value(page, '#field-0-label')) === 'Order number');
    await page.click('#template-more > summary');
    await page.select('#action-status', 'waiting');
    await write(page, '#action-tags', 'delivery, parcel');
    await write(page, '#action-due', '24');
    // It reads as it will, with what is filled in to try it.
    await write(page, '#answer-0', '4711');
    await reads(page, '#template-preview .quote', 'Hello Maya, order 4711 comes on ');
    await page.click('#preview-nameless');
    await reads(page, '#template-preview .quote', 'Hello there, order 4711');
    await control(page, 's');
    const made = await isStored(world, TITLE, (one) => one.trigger === 'parcelwhere');
    deepEqual([made.body, made.folder, made.language], [BODY, 'Support/Parcels', 'en']);
    deepEqual(made.fields, [{ name: 'order_number', label: 'Order number', kind: 'text' }, { name: 'day', label: 'Day', kind: 'date', default: '+2' }]);
    deepEqual(made.actions, { tags: ['delivery', 'parcel'], status: 'waiting', due_hours: 24 });
    await reads(page, '.editor-bar', 'Saved');

    await world.define(definition);
    const thread = await world.open(serveSending(world.site));
    await thread.click(box('react'));
    await until('the strip', () => strip(thread, '[data-id="react"]'));
    await press(thread, '.templates', '[data-id="react"]');
    await until('the picker', () => overlayShown(thread));
    await thread.keyboard.type('parcelwhere');
    await until('the template', async () => (await picker(thread)).chosen === TITLE);
    await thread.keyboard.press('Enter');
    await until('its form', async () => (await form(thread))?.title === TITLE);
  });

  test('a mistake is said in plain words and shown at its place; Esc gives back what was stored', async (world) => {
    const page = await library(world);
    await openTemplate(page, TITLE);
    await page.click('#template-body');
    await control(page, 'End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Bye {{ me.first_name ');
    await reads(page, '#template-problem', 'Line 2, column 5');
    match(await words(page, '#template-problem'), /is not closed/);
    await pressNamed(page, '#template-problem button', 'Show the place');
    equal(await page.$eval('#template-body', (area) => area.value.slice(area.selectionStart, area.selectionEnd)), '{{ me.first_name ');
    await page.keyboard.press('Escape');
    await until('what was stored', async () => (await value(page, '#template-body')) === BODY);
    await pressNamed(page, '.editor-bar .undo button', 'Undo');
    await until('what was typed', async () => (await value(page, '#template-body')).endsWith('Bye {{ me.first_name '));
    await page.click('#template-discard');
    await until('what was stored, again', async () => (await value(page, '#template-body')) === BODY);
  });

  test('the voice check names words, and shows them in the text', async (world) => {
    const page = await library(world);
    await openTemplate(page, TITLE);
    await page.click('#template-body');
    await control(page, 'End');
    await page.keyboard.type(' It will definitely arrive.');
    await reads(page, '.voice', 'definitely');
    await pressNamed(page, '.voice button', 'Show me');
    ok((await page.$eval('#template-body', (area) => area.value.slice(area.selectionStart, area.selectionEnd))).includes('definitely'));
    // Another template in between keeps what was typed.
    await page.click('#library-search');
    await control(page, 'a');
    await page.keyboard.press('Backspace');
    await page.focus('#library-list');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until('another template', async () => (await value(page, '#template-title')) !== TITLE);
    await openTemplate(page, TITLE);
    ok((await value(page, '#template-body')).includes('definitely'));
    await page.click('#template-discard');
  });

  test('an older version is restored', async (world) => {
    const page = await library(world);
    await openTemplate(page, TITLE);
    await write(page, '#template-body', 'Something else.');
    await page.click('#template-save');
    await isStored(world, TITLE, (one) => one.body === 'Something else.');
    await page.click('#template-history > summary');
    await until('both versions', async () => (await page.$$('.version')).length === 2);
    ok((await words(page, '.version')).includes('Now'));
    await pressNamed(page, '.version button', 'Restore the version');
    await isStored(world, TITLE, (one) => one.body === BODY);
    await until('the older text', async () => (await value(page, '#template-body')) === BODY);
    await pressNamed(page, '.editor-bar .undo button', 'Undo');
    await isStored(world, TITLE, (one) => one.body === 'Something else.');
  });

  test('a starter that was changed comes back as it was delivered', async (world) => {
    const page = await library(world);
    await openTemplate(page, 'Late delivery');
    const delivered = (await stored(world, 'Late delivery')).body;
    await write(page, '#template-body', 'It is late.');
    await control(page, 's');
    await isStored(world, 'Late delivery', (one) => one.body === 'It is late.');
    await page.click('#template-history > summary');
    await until('both versions', async () => (await page.$$('.version')).length === 2);
    await pressNamed(page, '.version button', 'Restore: As Rejoinder brought it');
    await isStored(world, 'Late delivery', (one) => one.body === delivered);
    await until('the delivered text', async () => (await value(page, '#template-body')) === delivered);
  });

  test('links of the brand and what the log knows are put in by a click', async (world) => {
    const { state } = await world.extension.say({ type: 'open', page: 'options' });
    const links = [['size guide', 'https://acme.example/sizes']];
    await world.extension.say({ type: 'put', item: 'workspace', id: '', value: { ...state.workspace, links } });
    const page = await library(world);
    await openTemplate(page, TITLE);
    await write(page, '#template-body', 'See ');
    await page.click('#library_chips_links');
    await pressNamed(page, '.chip-menu button', 'size guide');
    await page.keyboard.type(', ');
    await page.click('#library_chips_case');
    await pressNamed(page, '.chip-menu button', 'case number');
    await until('the question', () => page.evaluate(() => document.activeElement?.id === 'chip-answer'));
    await page.keyboard.type('a new case');
    await page.keyboard.press('Enter');
    await until('both', async () => (await value(page, '#template-body')) === 'See {{ links["size guide"] }}, {{ case.number | default("a new case") }}');
    await reads(page, '#template-preview .quote', 'See https://acme.example/sizes, a new case');
    await page.focus('#template-body');
    await page.keyboard.press('Escape');
  });

  test('several are moved at once, and back in one step', async (world) => {
    const page = await library(world);
    const before = await stored(world, TITLE);
    await write(page, '#library-search', 'parcel');
    await until('the folders', () => page.$('.library-line.folder'));
    await page.keyboard.press('ArrowDown');
    await control(page, 'a');
    await until('what is chosen', () => page.$('.bulk'));
    const chosen = await page.$$eval('.library-line[aria-selected="true"] .grow', (all) => all.map((one) => one.textContent));
    ok(chosen.length > 1 && chosen.includes(TITLE), chosen.join());
    await write(page, '#bulk-value', 'Moved');
    await page.keyboard.press('Enter');
    for (const title of chosen) await isStored(world, title, (one) => one.folder === 'Moved');
    await pressNamed(page, '.undo button', 'Undo');
    await isStored(world, TITLE, (one) => one.folder === before.folder);
    for (const title of chosen) await isStored(world, title, (one) => one.folder !== 'Moved');
  });

  test('a removed template comes back', async (world) => {
    const page = await library(world);
    await openTemplate(page, TITLE);
    await page.click('#template-remove');
    await until('no such template', async () => !(await stored(world, TITLE)));
    await pressNamed(page, '.undo button', 'Undo');
    await isStored(world, TITLE, () => true);
  });

  test('two people who changed it at once both see so, until one chooses', async (world) => {
    const page = await library(world);
    await openTemplate(page, TITLE);
    const { id } = await stored(world, TITLE);
    await write(page, '#template-body', 'As I would say it.');
    await page.click('#template-save');
    await isStored(world, TITLE, (one) => one.body === 'As I would say it.');
    const all = await events(world);
    const mine = all.findLast(({ t, v }) => t === 'setting' && v.id === id);
    const area = await page.$('#template-body');
    // Ben had seen what this device had seen, and changed the same template in the same moment.
    const by = (name) => ({ ...mine, _id: mine._id.replace(/-[^-]*$/, `-${name}`), by: name, dev: `${name}-laptop`, once: undefined, h: '' });
    const person = { ...by('ben0'), by: 'ben', seen: [], v: { item: 'person', id: 'ben', value: { name: 'Ben' } } };
    const his = { ...by('ben1'), by: 'ben', v: { ...mine.v, value: { ...mine.v.value, body: 'As Ben would say it.' } } };
    const imported = await world.extension.say({ type: 'import', jsonl: [person, his].map((one) => JSON.stringify(one)).join('\n') });
    deepEqual([imported.added, imported.problems], [2, []]);
    await reads(page, '#template-disputed', 'Ben');
    match(await words(page, '#template-disputed'), /You/);
    await page.bringToFront();
    // What was built stays while another text follows into it: a button built anew under a finger hears no press.
    await until('his text', async () => (await value(page, '#template-body')) === 'As Ben would say it.');
    ok(await area.evaluate((node) => node.isConnected));
    await pressNamed(page, '#template-disputed button', 'Keep the version of You');
    await isStored(world, TITLE, (one) => one.body === 'As I would say it.');
    await until('nothing open any more', async () => !(await page.$('#template-disputed')));
    await until('the text that was kept', async () => (await value(page, '#template-body')) === 'As I would say it.');
  });

  test('what was read before a change does not come back over it', async (world) => {
    const page = await library(world);
    await openTemplate(page, TITLE);
    const { id } = await stored(world, TITLE);
    const mine = (await events(world)).findLast(({ t, v }) => t === 'setting' && v.id === id);
    const hers = {
      ...mine, _id: mine._id.replace(/-[^-]*$/, '-cara'), by: 'cara', dev: 'cara-laptop', once: undefined, h: '',
      v: { ...mine.v, value: { ...mine.v.value, body: 'As Cara would say it.' } },
    };
    await page.bringToFront();
    // The next reading of the settings has its answer, and waits for us to hear of it.
    await page.evaluate(() => {
      const own = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'onsuccess');
      Object.assign(globalThis, { held: null, later: 0 });
      Object.defineProperty(IDBRequest.prototype, 'onsuccess', {
        ...own,
        set(handler) {
          const isSettings = this.source?.name === 'meta';
          own.set.call(this, (event) => {
            if (isSettings && !globalThis.held) {
              globalThis.held = () => handler.call(this, event);
              return;
            }
            handler.call(this, event);
            if (isSettings) globalThis.later += 1;
          });
        },
      });
    });
    equal((await world.extension.say({ type: 'import', jsonl: JSON.stringify(hers) })).added, 1);
    await until('the reading that waits', () => page.evaluate(() => Boolean(globalThis.held)));
    const before = await page.evaluate(() => globalThis.later);
    await world.extension.say({ type: 'put', item: 'template', id, value: { ...mine.v.value, body: 'Settled.' } });
    await isStored(world, TITLE, (one) => one.body === 'Settled.');
    await page.bringToFront();
    await until('a later reading', () => page.evaluate((known) => globalThis.later > known + 1, before));
    const frames = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await frames();
    equal(Boolean(await page.$('#template-disputed')), false);
    await page.evaluate(() => globalThis.held());
    await frames();
    equal(Boolean(await page.$('#template-disputed')), false);
  });

  test('a variant stands beside it', async (world) => {
    const page = await library(world);
    await openTemplate(page, TITLE);
    await page.click('#template-variants > summary');
    await page.click('#variant-add');
    await until('the copy in the other language', async () => (await value(page, '#template-language')) === 'es');
    await write(page, '#template-title', 'Dónde está el paquete');
    await write(page, '#template-body', 'Va de camino.');
    await control(page, 's');
    const copy = await isStored(world, 'Dónde está el paquete', (one) => one.body === 'Va de camino.');
    const first = await stored(world, TITLE);
    deepEqual([copy.family, first.family], [first.id, first.id]);
    await until('both side by side', async () => (await page.$$('.variant')).length === 2);
  });
});
