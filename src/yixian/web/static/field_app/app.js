// 外业应用: which page is shown, and what all pages stand on: the PIN, the day's package, the outbox, the service worker.

import { secretIn } from "./code.js";
import { all, change, forgetAll, get } from "./database.js";
import { REFUSED, SENT, entries, fetchDay, receiptOf, send, unsent, waitAgain } from "./outbox.js";
import { button, bytes, choose, dress, el, enlarge, inBoth, labelled, language, link, say, show, tell, when } from "./page.js";
import { isDraft, keepDraft, newSheet, sheetPage, storageFailed } from "./sheet_page.js";
import { LEAST_PIN, isOpen, isSetUp, lock, onLock, openData, sealData, setUp, touch, unlock, waitMs } from "./vault.js";

const PACKAGE = "package"; // {secret, day}
const WRONG_CLOCK_MS = 10 * 60 * 1000;

let kept = null; // the package, opened
let packageCame = 0; // when, by the phone's clock

// ---- the PIN
function firstPage() {
  const pin = el("input", { type: "password", autocomplete: "new-password", required: true, minlength: LEAST_PIN });
  const again = el("input", { type: "password", autocomplete: "new-password", required: true });
  const code = el("textarea", { rows: 3, autocapitalize: "off", spellcheck: "false", required: true });
  const now = el("button", { class: "button main" }, say("begin_now"));
  const begin = async () => {
    if (pin.value.length < LEAST_PIN) return tell(say("pin_short", { least: LEAST_PIN }), "bad");
    if (pin.value !== again.value) return tell(say("pin_differs"), "bad");
    const given = await packageOf(code.value);
    if (!given) return undefined;
    try {
      await setUp(pin.value);
    } catch (error) {
      await route();
      return error.name === "ConstraintError" ? tell(say("set_up_already"), "bad") : storageFailed(error);
    }
    await keepPackage(given);
    await askPersistence();
    tell("");
    return route();
  };
  show(
    say("begin"),
    el("p", { class: "lead" }, say("begin_about")),
    el(
      "form",
      { onsubmit: once(now, begin) },
      labelled(say("code"), code, "code", say("code_about")),
      labelled(say("pin_new"), pin, "pin", say("pin_about", { least: LEAST_PIN })),
      labelled(say("pin_again"), again, "pin-again"),
      now,
    ),
  );
}

/** What a form does when it is sent, one at a time. */
const once = (pressed, work) => async (event) => {
  event.preventDefault();
  pressed.disabled = true;
  await work().finally(() => (pressed.disabled = false));
};

/** `{secret, day}` by a code that was typed; nothing, and the reason told, where the server gives no day for it. */
async function packageOf(typed) {
  tell(say("fetching"));
  const secret = await secretIn(typed);
  const { status, day, said } = await fetchDay(secret);
  if (day) return { secret, day };
  tell(status ? answerOf({ status, said }) : say("offline_now"), "bad");
  return null;
}

/** For a phone whose credential ended: what waits on it is sent with the new one. */
function newCodeForm() {
  const code = el("textarea", { rows: 3, autocapitalize: "off", spellcheck: "false", required: true });
  const now = el("button", { class: "button" }, say("new_code_now"));
  const renew = async () => {
    const given = await packageOf(code.value);
    if (!given) return;
    await keepPackage(given);
    tell(say("fetched"), "good");
    await route();
    await sendNow();
  };
  return el("form", { onsubmit: once(now, renew) }, labelled(say("new_code"), code, "new-code", say("new_code_about")), now);
}

function noPackagePage() {
  show(say("begin"), el("p", { class: "lead" }, say("begin_about")), newCodeForm());
}

async function unlockPage() {
  const pin = el("input", { type: "password", autocomplete: "current-password", required: true });
  const open = async (event) => {
    event.preventDefault();
    const wait = await waitMs();
    if (wait) return tell(say("wait", { seconds: Math.ceil(wait / 1000) }), "bad");
    tell(say("opening"));
    if (!(await unlock(pin.value))) {
      pin.value = "";
      return tell(say("pin_wrong"), "bad");
    }
    tell("");
    await openPackage();
    return route();
  };
  const forget = async () => {
    const drafts = (await all("kept")).filter(isDraft).length;
    if (!confirm(say("forget_sure", { count: (await unsent()) + drafts }))) return;
    await forgetAll();
    kept = null;
    route();
  };
  show(
    say("locked"),
    unsentLine(await unsent()),
    el("form", { onsubmit: open }, labelled(say("pin"), pin, "pin"), el("button", { class: "button main" }, say("open"))),
    el("details", {}, el("summary", {}, say("forgotten")), el("p", {}, say("forgotten_about")), button("forget", forget, "quiet")),
  );
}

async function askPersistence() {
  const isKept = (await navigator.storage?.persist?.()) ?? false;
  await change([["meta", isKept, "persisted"]]);
}

// ---- the day's package
async function keepPackage(given) {
  kept = given;
  packageCame = Date.now();
  await change([["kept", { id: PACKAGE, cameAt: packageCame, sealed: await sealData(PACKAGE, given) }]]);
}

async function openPackage() {
  const row = await get("kept", PACKAGE);
  if (!row) return;
  kept = await openData(PACKAGE, row.sealed);
  packageCame = row.cameAt;
  if (kept.day && Date.parse(kept.day.until) < Date.now()) await keepPackage({ ...kept, day: null }); // over: nothing of it stays
}

async function refresh() {
  tell(say("fetching"));
  const { status, day, said } = await fetchDay(kept.secret);
  if (!day) return tell(status ? answerOf({ status, said }) : say("offline_now"), "bad");
  await keepPackage({ ...kept, day });
  tell(say("fetched"), "good");
  return route();
}

/** What is wrong with the phone's clock, by the server's when the package came, and by the latest moment that was seen. */
function clockLine() {
  const server = kept.day ? Date.parse(kept.day.now) : packageCame;
  const isWrong = Math.abs(server - packageCame) > WRONG_CLOCK_MS || Date.now() < packageCame - WRONG_CLOCK_MS;
  return isWrong && el("p", { class: "told bad" }, say("clock_wrong", { now: when(new Date().toISOString()) }));
}

// ---- home and a household
async function homePage() {
  const rows = await entries();
  const drafts = await openDrafts();
  const day = kept.day;
  const states = new Map();
  for (const one of drafts) states.set(one.household, say("has_draft"));
  for (const one of rows) states.set(one.told.household, say(`state_${one.state}`));
  const isPersisted = await get("meta", "persisted");
  show(
    day ? day.campaign : say("no_day"),
    day && el("p", { class: "lead" }, `${day.team} · ${say("until", { until: when(day.until) })}`),
    clockLine(),
    isPersisted === false && el("p", { class: "told" }, say("not_persisted")),
    unsentLine(rows.filter((row) => row.state !== SENT).length),
    el("div", { class: "row" }, button("refresh", refresh), el("a", { class: "button", href: "#/outbox" }, say("outbox")), button("lock", lock, "quiet")),
    drafts.length > 0 && el("h2", {}, say("drafts")),
    el("ul", { class: "list", id: "drafts" }, drafts.map((one) => el("li", {}, draftLink(one), el("span", { class: "quiet" }, `${one.head ?? ""} ${one.household}`)))),
    day && !day.households.length && el("p", {}, say("no_households")),
    day &&
      el(
        "ul",
        { class: "list" },
        day.households.map((one) =>
          el(
            "li",
            {},
            link(`household/${encodeURIComponent(one.number)}`, el("strong", {}, one.head || one.number), ` ${one.number}`),
            el("span", { class: "quiet" }, one.place, states.has(one.number) ? ` · ${states.get(one.number)}` : ""),
          ),
        ),
      ),
  );
}

async function openDrafts() {
  const rows = (await all("kept")).filter(isDraft);
  return Promise.all(rows.map((row) => openData(row.id, row.sealed)));
}

async function householdPage(number) {
  const household = kept.day?.households.find((one) => one.number === number);
  if (!household) return go("");
  const drafts = (await openDrafts()).filter((one) => one.household === number);
  const rows = (await entries()).filter((one) => one.told.household === number);
  const begin = (form) => async () => {
    const sheet = newSheet(form, household, kept.day.surveyors);
    try {
      await keepDraft(sheet);
    } catch (error) {
      return storageFailed(error);
    }
    return go(`sheet/${sheet.id}`);
  };
  return show(
    household.head || number,
    el("p", { class: "lead" }, `${number} · ${household.place}`),
    drafts.length > 0 && el("h2", {}, say("drafts")),
    el("ul", { class: "list" }, drafts.map((one) => el("li", {}, draftLink(one)))),
    rows.length > 0 && el("h2", {}, say("finished")),
    el("ul", { class: "list" }, rows.map((one) => el("li", {}, link(`receipt/${one.id}`, inBoth(one.told.form)), el("span", { class: "quiet" }, say(`state_${one.state}`))))),
    el("h2", {}, say("new_sheet")),
    el("div", { class: "stack" }, kept.day.forms.map((form) => el("button", { type: "button", class: "button", onclick: begin(form) }, inBoth(form.title)))),
  );
}

/** The form that a sheet was begun on, also when it is not in the day's package any more. */
const formOf = (sheet) => sheet.form ?? kept.day?.forms.find((form) => form.form_id === sheet.form_id);
const draftLink = (sheet) => link(`sheet/${sheet.id}`, inBoth(formOf(sheet)?.title ?? { zh: sheet.form_id, en: sheet.form_id }), ` · ${say("go_on")}`);

async function draftPage(id) {
  const sheet = (await openDrafts()).find((one) => one.id === id);
  const form = sheet && formOf(sheet);
  if (!form) return go("");
  const { household: number, head = number, place = "" } = sheet;
  const household = kept.day?.households.find((one) => one.number === number) ?? { head, place };
  const done = (finished) => {
    go(`receipt/${finished}`);
    sendNow();
  };
  return sheetPage({ form, sheet, household, done });
}

// ---- the receipt and the outbox
async function receiptPage(id) {
  const row = (await entries()).find((one) => one.id === id);
  if (!row) return go("");
  const code = row.receipt ?? (await receiptOf(row.xml));
  return show(
    say("receipt"),
    el("p", { class: "lead" }, `${inBoth(row.told.form)} · ${row.told.head} · ${row.told.household}`),
    el("p", { class: "receipt", translate: "no" }, code),
    el("p", {}, say("receipt_about")),
    el("p", {}, `${when(row.madeAt)} · ${say(`state_${row.state}`)}`),
    el("div", { class: "row" }, link("", say("home")), link("outbox", say("outbox"))),
  );
}

async function outboxPage() {
  const rows = await entries();
  const again = (id) => async () => {
    await waitAgain(id);
    await sendNow();
  };
  show(
    say("outbox"),
    unsentLine(rows.filter((row) => row.state !== SENT).length),
    el("div", { class: "row" }, button("send", sendNow, "main"), link("", say("home"))),
    !rows.length && el("p", {}, say("outbox_empty")),
    el(
      "ul",
      { class: "list" },
      rows.map((row) =>
        el(
          "li",
          { class: row.state },
          link(`receipt/${row.id}`, `${inBoth(row.told.form)} · ${row.told.head} ${row.told.household}`),
          el("span", { class: "quiet" }, `${when(row.madeAt)} · ${bytes(row.bytes)} · ${say(`state_${row.state}`)}`),
          row.answer && el("span", { class: "answer" }, answerOf(row.answer)),
          row.state === REFUSED && button("send_again", again(row.id), "quiet"),
        ),
      ),
    ),
    newCodeForm(),
  );
}

/** What the server said, in the reader's language: its Chinese stands first, and as many lines of English after it. */
function answerOf({ status, said, at }) {
  if (!status) return say("no_answer", { at: when(at) });
  const lines = said.split("\n");
  const half = lines.length / 2;
  const sentence = (language === "zh" ? lines.slice(0, half) : lines.slice(half)).join(" ") || `${status}`;
  return at ? `${when(at)} · ${sentence}` : sentence;
}

function unsentLine(count) {
  navigator.setAppBadge?.(count).catch(() => {});
  return el("p", { class: count ? "unsent" : "quiet", id: "unsent" }, count ? say("unsent", { count }) : say("none_unsent"));
}

async function sendNow() {
  if (!isOpen() || !kept) return;
  await openPackage(); // another tab may have a newer code
  const progress = ({ at, of, part }) => {
    touch(); // who watches it go is not away
    tell(say("sending", { at, of, percent: Math.floor(part * 100) }));
  };
  let ended;
  try {
    ended = await send(kept.secret, progress);
  } catch (error) {
    return isOpen() ? storageFailed(error) : undefined;
  }
  tell(ended === "offline" ? say("offline_later") : ended === "refused" ? say("refused_by_server") : "", ended === "sent" ? "" : "bad");
  return ["", "outbox"].includes(place()) || place().startsWith("receipt/") ? route() : undefined;
}

// ---- which page
const place = () => location.hash.replace(/^#\/?/, "");
function go(to) {
  if (place() === to) return route();
  location.hash = `#/${to}`;
  return undefined;
}

async function route() {
  if (!(await isSetUp())) return firstPage();
  if (!isOpen()) return unlockPage();
  if (!kept) await openPackage();
  if (!kept) return noPackagePage();
  const [page, given = ""] = place().split("/");
  const pages = { household: householdPage, sheet: draftPage, receipt: receiptPage, outbox: outboxPage };
  return (pages[page] ?? homePage)(decodeURIComponent(given));
}

async function keepShell() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/field/worker.js", { scope: "/field/" });
  const offer = () => {
    const waiting = registration.waiting;
    if (!waiting || !navigator.serviceWorker.controller) return;
    const renew = document.getElementById("renew");
    renew.hidden = false;
    renew.textContent = say("new_version");
    renew.onclick = () => waiting.postMessage("take over");
  };
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  let hadOne = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (hadOne) location.reload(); // drafts are kept as they are typed
    hadOne = true;
  });
}

document.getElementById("language").addEventListener("click", () => {
  choose(language === "zh" ? "en" : "zh");
  frame();
  route();
});
document.getElementById("larger").addEventListener("click", enlarge);

function frame() {
  document.getElementById("brand").textContent = say("title");
  document.getElementById("language").textContent = say("other_language");
  document.getElementById("larger").textContent = say("larger");
}

onLock(() => {
  kept = null;
  route();
});
for (const kind of ["pointerdown", "keydown", "input"]) addEventListener(kind, touch, { passive: true });
addEventListener("hashchange", () => {
  tell("");
  route();
});
addEventListener("online", sendNow);
dress();
frame();
await route();
document.body.dataset.ready = "";
await keepShell();
