// Other people's stores as one script for a page, bundled here and never shipped.

import { build } from 'esbuild';

const STORES = `import { Dexie } from 'dexie';
import PouchDB from 'pouchdb-browser';
import indexeddb from 'pouchdb-adapter-indexeddb';
import { createRxDatabase } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
PouchDB.plugin(indexeddb);
globalThis.stores = { Dexie, PouchDB, createRxDatabase, getRxStorageDexie };`;

/** Ours, as the bench's module has it. */
const OURS = `import { initSync, store } from './bench.js';
globalThis.ours = { store, start: bytes => initSync({ module: bytes }) };`;

/** @param {string} contents @param {string} resolveDir */
async function script(contents, resolveDir) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' }, bundle: true, write: false, format: 'iife', platform: 'browser', minify: true,
    logLevel: 'error', define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis', 'import.meta.url': '""' },
  });
  return outputFiles[0].text;
}

/** @param {string} peers  the folder that holds node_modules */
export const bundledStores = peers => script(STORES, peers);

/** @param {string} modules  the folder of our modules */
export const bundledOurs = modules => script(OURS, modules);
