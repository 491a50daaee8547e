// 手机上的库 (IndexedDB): few stores, every write strictly durable and all or nothing. A new version adds to what is there.

const NAME = "yixian-field";
const UPGRADES = [
  (database) => {
    database.createObjectStore("meta"); // the wrapped key, wrong PINs, the latest clock
    database.createObjectStore("kept", { keyPath: "id" }); // sealed: the day's package, drafts
    database.createObjectStore("outbox", { keyPath: "id" }); // sealed: sheets that are finished
    database.createObjectStore("files", { keyPath: "id" }); // sealed: photographs and signatures, as SHEET/NAME
  },
];

let opened = null;

function database() {
  opened ??= new Promise((found, failed) => {
    const request = indexedDB.open(NAME, UPGRADES.length);
    request.onupgradeneeded = (event) => {
      for (const upgrade of UPGRADES.slice(event.oldVersion)) upgrade(request.result, request.transaction);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // a newer page is open in another tab
      found(request.result);
    };
    request.onerror = () => failed(request.error);
  });
  return opened;
}

async function transaction(stores, mode, work) {
  const open = await database();
  return new Promise((found, failed) => {
    const running = open.transaction(stores, mode, { durability: "strict" });
    const request = work((name) => running.objectStore(name));
    running.oncomplete = () => found(request?.result);
    running.onabort = () => failed(running.error ?? new DOMException("aborted", "AbortError"));
  });
}

export const get = (store, key) => transaction([store], "readonly", (of) => of(store).get(key));
export const all = (store) => transaction([store], "readonly", (of) => of(store).getAll());

/** Everything under ids that begin so. */
export const allBelow = (store, prefix) =>
  transaction([store], "readonly", (of) => of(store).getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));

/** Puts what is not there yet; a ConstraintError where it is. */
export const add = (store, value, key) => transaction([store], "readwrite", (of) => of(store).add(value, key));

/** Puts and deletions as one: `[store, value, key?]`, or `[store, undefined, key]` to take one away. */
export function change(steps) {
  const stores = [...new Set(steps.map(([store]) => store))];
  return transaction(stores, "readwrite", (of) => {
    for (const [store, value, key] of steps) {
      if (value === undefined) of(store).delete(key);
      else if (key === undefined) of(store).put(value);
      else of(store).put(value, key);
    }
  });
}

/** Empties everything: for a PIN that nobody knows any more. */
export async function forgetAll() {
  const open = await database();
  const stores = [...open.objectStoreNames];
  return transaction(stores, "readwrite", (of) => stores.forEach((store) => of(store).clear()));
}
