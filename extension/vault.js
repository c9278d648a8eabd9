// Passwords of teams' servers, encrypted under a key that no script can read out, in a database of their own. Neither the
// page agent nor any web page reaches it; no export and no log holds it.

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('rejoinder-vault', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('vault');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * One unit of work on the one store.
 * @template T
 * @param {(store: IDBObjectStore) => IDBRequest<T>} step
 * @returns {Promise<T>}
 */
async function work(step) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction('vault', 'readwrite', { durability: 'strict' });
      const request = step(transaction.objectStore('vault'));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** The key, made when there is none. @returns {Promise<CryptoKey>} */
async function key() {
  const known = await work((store) => store.get('key'));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Somebody else may have made one meanwhile: theirs stays.
  await work((store) => store.add(made, 'key')).catch(() => {});
  return work((store) => store.get('key'));
}

/** @param {string} name */
const place = (name) => `secret:${name}`;

/** Keeps a text under a name. @param {string} name @param {string} text */
export async function keep(name, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), new TextEncoder().encode(text));
  await work((store) => store.put({ iv, data }, place(name)));
}

/** The text under a name. @param {string} name @returns {Promise<string | undefined>} */
export async function read(name) {
  const kept = await work((store) => store.get(place(name)));
  if (!kept) return undefined;
  const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, await key(), kept.data);
  return new TextDecoder().decode(data);
}

/** Nothing is kept under a name any more. @param {string} name */
export const forget = (name) => work((store) => store.delete(place(name)));
