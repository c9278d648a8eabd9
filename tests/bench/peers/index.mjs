// Checkers of other people beside ours: the first answer, a check at each key, what is loaded, and the memory it takes.
// They come from a set of packages of their own, which only this part installs ($PEERS).

import { SUBJECTS, bundled } from './subjects.mjs';

const LANGS = ['en', 'es'];

/** @param {import('puppeteer-core').Browser} browser @param {string} base */
export async function benchPeers(browser, base, { scripts, size }, texts) {
  const names = Object.keys(SUBJECTS);
  const address = name => `/peer/${names.indexOf(name)}.js`;
  const rows = [];
  for (const lang of LANGS) {
    const here = names.filter(name => SUBJECTS[name].langs.includes(lang));
    const [short, long] = [texts[`${lang}280`], texts[`${lang}2000`]];
    const alone = {};
    for (const name of here) {
      const page = await browser.newPage();
      await page.goto(base);
      const before = await heap(page);
      await page.evaluate(noteWasm);
      alone[name] = await page.evaluate(async (url, words) => {
        const start = performance.now();
        const subject = await import(url);
        await subject.setup();
        await subject.check(words);
        const first = performance.now() - start;
        globalThis.kept = subject;
        return { first, rules: subject.rules?.() };
      }, address(name), short);
      const wasm = await page.evaluate(() => [...globalThis.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
      alone[name].memory = (await heap(page) - before + wasm) / 1024 / 1024;
      await page.close();
    }
    const page = await browser.newPage();
    await page.goto(base);
    const measured = await page.evaluate(async (subjects, given, source) => {
      const race = eval(`(${source})`);
      const ready = {};
      for (const [name, url] of subjects) {
        ready[name] = await import(url);
        await ready[name].setup();
      }
      const answer = {};
      for (const [length, words] of given) {
        // Another last letter each time: nobody answers from memory.
        const typed = round => words.slice(0, -1) + String.fromCharCode(97 + (Math.abs(round) % 26));
        answer[length] = {
          times: await race(Object.fromEntries(subjects.map(([name]) => [name, round => ready[name].check(typed(round))]))),
          findings: Object.fromEntries(await Promise.all(subjects.map(async ([name]) => [name, await ready[name].check(words)]))),
        };
      }
      return answer;
    }, here.map(name => [name, address(name)]), [['short', short], ['long', long]], `${raceOf}`);
    await page.close();
    for (const name of here) {
      const { first, rules, memory } = alone[name];
      const { short: s, long: l } = measured;
      rows.push({
        lang, name, rules: rules ?? SUBJECTS[name].rules, first, memory, size: size(name, lang),
        short: s.times[name], shortFindings: s.findings[name], long: l.times[name], longFindings: l.findings[name],
      });
    }
  }
  return rows;
}

/** Bytes of the page's heap that are in use. Wasm's memory is not among them. */
async function heap(page) {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** In the page: keeps the memories of all Wasm that is started from here on. */
function noteWasm() {
  const memories = globalThis.memories = new Set();
  const note = started => {
    const { exports } = started.instance ?? started;
    Object.values(exports).filter(it => it instanceof WebAssembly.Memory).forEach(it => memories.add(it));
    return started;
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const plain = WebAssembly[name];
    WebAssembly[name] = (...given) => plain.apply(WebAssembly, given).then(note);
  }
}

/** As `race` of measure.mjs, for checkers that answer later. Each check is awaited; ours too. */
const raceOf = async (subjects, { rounds = 40, warm = 10 } = {}) => {
  const times = Object.fromEntries(Object.keys(subjects).map(name => [name, []]));
  for (let round = -warm; round < rounds; round++) {
    for (const [name, subject] of Object.entries(subjects)) {
      const start = performance.now();
      for (let i = 0; i < 5; i++) await subject(round * 5 + i);
      if (round >= 0) times[name].push((performance.now() - start) / 5);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => {
    const sorted = all.sort((a, b) => a - b);
    return [name, { mean: sorted.reduce((a, b) => a + b, 0) / sorted.length, p95: sorted[Math.floor(sorted.length * 0.95)] }];
  }));
};

export { bundled };
