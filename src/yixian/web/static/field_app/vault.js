// 密钥: a random key seals what lies on the phone; it is kept only wrapped by one derived from the PIN, and open only in memory.
// PBKDF2 (RFC 8018) with SHA-256, AES-GCM (NIST SP 800-38D) with a random 96-bit nonce; the row's id is bound to its content.

import { add, change, get } from "./database.js";

export const ITERATIONS = 600_000;
export const LEAST_PIN = 6;
const OPEN_MS = 10 * 60 * 1000;
const FREE_TRIES = 5;
const WAIT_MS = 30_000;

let key = null;
let touched = 0;
let whenLocked = () => {};
const encoder = new TextEncoder();

export const isOpen = () => key !== null;
export const onLock = (work) => (whenLocked = work);
export const touch = () => (touched = Date.now());

export function lock() {
  if (key === null) return;
  key = null;
  whenLocked();
}

setInterval(() => {
  const idle = Date.now() - touched;
  if (idle > OPEN_MS || idle < -OPEN_MS) lock(); // also where the clock was set back
}, 5_000);

export const isSetUp = async () => Boolean(await get("meta", "key"));

/** Draws the key and opens it. A ConstraintError where there is one: what lies on the phone is sealed with that. */
export async function setUp(pin) {
  const salt = random(16);
  const iv = random(12);
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", made, await derived(pin, salt, ITERATIONS), { name: "AES-GCM", iv });
  await add("meta", { salt, iv, wrapped, iterations: ITERATIONS }, "key");
  await unlock(pin);
}

/** Opens it. False for a wrong PIN; after five, each next try waits twice as long. */
export async function unlock(pin) {
  const kept = await get("meta", "key");
  try {
    const above = await derived(pin, kept.salt, kept.iterations);
    const how = { name: "AES-GCM", iv: kept.iv };
    key = await crypto.subtle.unwrapKey("raw", kept.wrapped, above, how, "AES-GCM", false, ["encrypt", "decrypt"]);
  } catch {
    const tries = ((await get("meta", "tries"))?.count ?? 0) + 1;
    await change([["meta", { count: tries, at: Date.now() }, "tries"]]);
    return false;
  }
  touch();
  await change([["meta", undefined, "tries"]]);
  return true;
}

/** Milliseconds until the next try. */
export async function waitMs() {
  const tries = await get("meta", "tries");
  if (!tries || tries.count < FREE_TRIES) return 0;
  const wait = WAIT_MS * 2 ** Math.min(tries.count - FREE_TRIES, 10);
  return Math.max(0, Math.min(wait, tries.at + wait - Date.now()));
}

/** Any data under an id, sealed. */
export const sealData = (id, data) => sealBytes(id, encoder.encode(JSON.stringify(data)));

export async function openData(id, sealed) {
  return JSON.parse(new TextDecoder().decode(await openBytes(id, sealed)));
}

export async function sealBytes(id, bytes) {
  const iv = random(12);
  return { iv, content: await crypto.subtle.encrypt(bound(id, iv), opened(), bytes) };
}

export const openBytes = (id, { iv, content }) => crypto.subtle.decrypt(bound(id, iv), opened(), content);

function opened() {
  if (key === null) throw new DOMException("locked", "InvalidAccessError");
  return key;
}

const random = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));
const bound = (id, iv) => ({ name: "AES-GCM", iv, additionalData: encoder.encode(id) });

async function derived(pin, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", encoder.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}
