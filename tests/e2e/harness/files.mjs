// Files that our pages hand out, and files for them to take.

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keeps the file that the page hands out instead of saving it: its text in `written`, its name in `writtenTo`. */
export const catchFile = (page) => page.evaluate(() => {
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    blob.text().then((written) => { globalThis.written = written; });
    return make.call(URL, blob);
  };
  HTMLAnchorElement.prototype.click = function click() { globalThis.writtenTo = this.download; };
});

/** A file to choose. */
export async function made(name, content) {
  const path = join(await mkdtemp(join(tmpdir(), 'rejoinder-file-')), name);
  await writeFile(path, content);
  return path;
}
