// 发件箱: what is finished and waits for a signal. Stored before it is sent, sent until it is answered, and never twice at once.

import { all, allBelow, change, get } from "./database.js";
import { postsOf } from "./instance.js";
import { openBytes, openData, sealBytes, sealData } from "./vault.js";

const LOCK = "yixian-field-outbox"; // tabs of one phone wait for each other
const STOPS = new Set([401, 403, 429]); // of the credential: no other sheet would be taken, either
const AGAIN = new Set([...STOPS, 408, 425]); // not of the sheet: it waits
const RECEIPT_LETTERS = 8;
const ADDRESS = "/openrosa/submission";
const DAY = "/openrosa/day.json";

export const WAITING = "waiting";
export const SENT = "sent";
export const REFUSED = "refused";

/** Keeps a photograph or a signature of a sheet. */
export async function keepFile(sheetId, name, bytes) {
  const id = `${sheetId}/${name}`;
  await change([["files", { id, ...(await sealBytes(id, bytes)) }]]);
}

export async function keptFile(sheetId, name) {
  const id = `${sheetId}/${name}`;
  const row = await get("files", id);
  return row && openBytes(id, row);
}

/** Makes of a finished sheet what will be sent, and takes its draft away, in one. `told` is what the list says of it. A sheet is
 * finished once: what another tab made of it stays. */
export async function finish(id, draftId, xml, files, told) {
  if (await get("outbox", id)) return change([["kept", undefined, draftId]]);
  const sheet = { xml, files, told };
  const stored = await allBelow("files", `${id}/`);
  const bytes = xml.length + stored.reduce((sum, row) => sum + row.content.byteLength, 0);
  const row = { id, state: WAITING, madeAt: new Date().toISOString(), bytes, sealed: await sealData(id, sheet), answer: null };
  return change([["outbox", row], ["kept", undefined, draftId]]);
}

export async function unsent() {
  return (await all("outbox")).filter((row) => row.state !== SENT).length;
}

/** What stands in it, opened, the latest first. */
export async function entries() {
  const rows = (await all("outbox")).sort((one, other) => other.madeAt.localeCompare(one.madeAt));
  return Promise.all(
    rows.map(async ({ sealed, answer, ...row }) => ({
      ...row,
      ...(await openData(row.id, sealed)),
      answer: answer && (await openData(`${row.id}/answer`, answer)),
    })),
  );
}

/** A sheet that was refused goes back among those that wait. */
export async function waitAgain(id) {
  const row = await get("outbox", id);
  if (row?.state === REFUSED) await change([["outbox", { ...row, state: WAITING }]]);
}

/** Sends what waits, the oldest first, each once, until the line is gone or the credential is refused. Says "sent", "offline",
 * "refused" (of some, or of all that follow) or "busy". A sheet that cannot be read or noted keeps none of the others back. */
export async function send(secret, progress = () => {}) {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (held) => (held ? sendAll(secret, progress) : "busy"));
}

async function sendAll(secret, progress) {
  const rows = (await all("outbox")).filter((row) => row.state === WAITING);
  rows.sort((one, other) => one.madeAt.localeCompare(other.madeAt));
  let ended = "sent";
  let failure = null;
  for (const [at, { id }] of rows.entries()) {
    const step = (part) => progress({ at: at + 1, of: rows.length, part });
    try {
      const answer = await sendIfWaiting(id, secret, step);
      if (!answer.status) return "offline";
      if (!answer.isFinal) ended = "refused";
      if (STOPS.has(answer.status)) return ended;
    } catch (error) {
      failure = error;
    }
  }
  if (failure) throw failure;
  return ended;
}

async function sendIfWaiting(id, secret, progress) {
  const row = await get("outbox", id); // another tab may have sent it in the meantime
  if (row?.state !== WAITING) return { status: 200, isFinal: true };
  const answer = await sendOne(row, secret, progress);
  const isSent = answer.status >= 200 && answer.status < 300;
  const isRefused = answer.status >= 400 && answer.status < 500 && !AGAIN.has(answer.status);
  await keepAnswer(row, answer, isSent ? SENT : isRefused ? REFUSED : WAITING);
  return { status: answer.status, isFinal: isSent || isRefused };
}

/** Every post of a sheet with the same bytes each time: a sheet is told from another by its id alone. */
async function sendOne(row, secret, progress) {
  const { xml, files } = await openData(row.id, row.sealed);
  const loaded = [];
  for (const name of files) loaded.push({ name, bytes: await keptFile(row.id, name) });
  const posts = postsOf(loaded);
  let answer = { status: 0, said: "" };
  for (const [at, post] of posts.entries()) {
    const form = new FormData();
    form.append("xml_submission_file", new Blob([xml], { type: "text/xml" }), "form.xml");
    for (const { name, bytes } of post) form.append(name, new Blob([bytes], { type: "image/jpeg" }), name);
    if (at < posts.length - 1) form.append("*isIncomplete*", "yes");
    answer = await posted(form, secret, (part) => progress((at + part) / posts.length));
    if (answer.status < 200 || answer.status > 299) return answer;
  }
  return answer;
}

/** By what the office finds a sheet: the beginning of its digest. */
export async function receiptOf(xml) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(xml)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, RECEIPT_LETTERS);
}

/** With the answer; of a sheet that was received nothing stays but what its receipt says. */
async function keepAnswer(row, answer, state) {
  const heard = { status: answer.status, said: answer.said, at: new Date().toISOString() };
  const changed = { ...row, state, answer: await sealData(`${row.id}/answer`, heard) };
  const steps = [["outbox", changed]];
  if (state === SENT) {
    const { told, xml } = await openData(row.id, row.sealed);
    changed.sealed = await sealData(row.id, { told, receipt: await receiptOf(xml) });
    for (const file of await allBelow("files", `${row.id}/`)) steps.push(["files", undefined, file.id]);
  }
  await change(steps);
}

function posted(form, secret, progress) {
  return new Promise((found) => {
    const line = new XMLHttpRequest();
    line.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    line.onload = () => found({ status: line.status, said: saidIn(line.responseText) });
    line.onerror = line.ontimeout = line.onabort = () => found({ status: 0, said: "" });
    line.timeout = 120_000;
    line.open("POST", ADDRESS);
    line.setRequestHeader("X-Requested-With", "XMLHttpRequest"); // a 401 then opens no dialog of the browser
    for (const [name, value] of Object.entries(headers(secret))) line.setRequestHeader(name, value);
    line.send(form);
  });
}

export function saidIn(xml) {
  return new DOMParser().parseFromString(xml, "text/xml").querySelector("message")?.textContent ?? "";
}

export const headers = (secret) => ({ "X-OpenRosa-Version": "1.0", Authorization: `Basic ${btoa(`field-app:${secret}`)}` });

/** The day's package from the server: `{status, day}`; status 0 where there is no line. */
export async function fetchDay(secret) {
  try {
    const response = await fetch(DAY, { headers: headers(secret), cache: "no-store", credentials: "omit" });
    if (response.ok) return { status: response.status, day: await response.json(), said: "" };
    return { status: response.status, day: null, said: saidIn(await response.text()) };
  } catch {
    return { status: 0, day: null, said: "" };
  }
}
