// 调查表页: a sheet drawn from its definition. What is typed is kept, sealed, as it is typed.

import { answerProblem, kindOf, problemsOf } from "./checks.js";
import { change, get } from "./database.js";
import { filesOf, instanceXml } from "./instance.js";
import { finish, keepFile, keptFile } from "./outbox.js";
import { button, dayOf, el, inBoth, labelled, say, show, tell } from "./page.js";
import { shown, signaturePad, smaller } from "./pictures.js";
import { quantity } from "./quantity.js";
import { sealData } from "./vault.js";

const DRAFT = "draft/";
const KEPT_MS = 400; // after the last key

export const draftId = (id) => `${DRAFT}${id}`;
export const isDraft = (row) => row.id.startsWith(DRAFT);

/** A sheet that nothing was written on yet, with its form, for the day's package goes; its id is its instance id for ever. */
export function newSheet(form, { number, head, place }, surveyors) {
  const present = Object.fromEntries(form.present.map(({ role }) => [role, { ...(surveyors[role] ?? {}) }]));
  const now = new Date();
  const about = { form, form_id: form.form_id, household: number, head, place };
  return { id: crypto.randomUUID(), ...about, measured_on: dayOf(now), begun: now.toISOString(), items: [], present };
}

/** Unless it was finished in another tab: then it is no draft any more. */
export async function keepDraft(sheet) {
  if (await get("outbox", sheet.id)) return;
  const id = draftId(sheet.id);
  await change([["kept", { id, sealed: await sealData(id, sheet) }]]);
}

/** Draws the sheet; `done` is called with its id once it lies in the outbox. */
export function sheetPage({ form, sheet, household, done }) {
  let later = 0;
  let kept = Promise.resolve(); // the last writing of the draft
  let ended = false; // from then on it is not a draft any more
  const keep = () => {
    clearTimeout(later);
    if (!ended) later = setTimeout(() => (kept = keepDraft(sheet).catch(storageFailed)), KEPT_MS);
  };
  const context = { form, sheet, keep, isEnded: () => ended };
  const items = el("div", { id: "items" });
  const draw = () => items.replaceChildren(...sheet.items.map((item, at) => itemBox(context, item, at, draw)));
  const add = () => {
    sheet.items.push({ code: form.items.length === 1 ? form.items[0].code : "", values: {}, photographs: {}, remark: "" });
    draw();
    keep();
    items.lastElementChild.querySelector("select").focus();
  };
  const wrong = el("div", { id: "wrong", hidden: true, tabindex: "-1", role: "alert" });
  const complete = async () => {
    if (ended) return;
    clearTimeout(later);
    const problems = problemsOf(form, sheet, dayOf(new Date()));
    showProblems(wrong, problems);
    if (problems.length) return keep();
    ended = true;
    await kept;
    sheet.finished = new Date().toISOString();
    const told = { form: form.title, household: sheet.household, head: household.head };
    try {
      await finish(sheet.id, draftId(sheet.id), instanceXml(form, sheet), filesOf(form, sheet), told);
    } catch (error) {
      ended = false;
      return storageFailed(error);
    }
    return done(sheet.id);
  };
  draw();
  show(
    inBoth(form.title),
    el("p", { class: "lead" }, `${household.head} · ${sheet.household} · ${household.place}`),
    wrong,
    labelled(say("measured_on"), typed("date", sheet.measured_on, (value) => ((sheet.measured_on = value), keep())), "measured_on"),
    el("h2", {}, say("items")),
    items,
    button("add_item", add),
    el("h2", {}, say("present")),
    form.present.map((person) => personBox(context, person)),
    el("div", { class: "row end" }, button("finish", complete, "main")),
  );
}

export function storageFailed(error) {
  tell(say(error?.name === "QuotaExceededError" ? "storage_full" : "storage_failed"), "bad");
}

function typed(type, value, oninput, more = {}) {
  return el("input", { type, value: value ?? "", oninput: (event) => oninput(event.target.value), autocomplete: "off", ...more });
}

function chosen(choices, value, onchange) {
  const options = choices.map(([key, title]) => el("option", { value: key, selected: key === value }, title));
  return el("select", { onchange: (event) => onchange(event.target.value) }, el("option", { value: "" }, say("choose")), options);
}

const idOf = (question) => question.replace(/[^\w]/g, "-");

function itemBox(context, item, at, redraw) {
  const { form, sheet, keep } = context;
  const path = `item[${at + 1}]`;
  const choices = form.items.map((one) => [one.code, inBoth(one.name)]);
  const pick = (code) => {
    Object.assign(item, { code, values: {}, photographs: {} });
    redraw();
    keep();
    document.getElementById(idOf(`${path}/item_code`)).focus();
  };
  const drop = () => {
    sheet.items.splice(at, 1);
    redraw();
    keep();
  };
  const kind = kindOf(form, item);
  return el(
    "fieldset",
    { class: "item" },
    el("legend", {}, say("item_number", { number: at + 1 })),
    labelled(say("item_code"), chosen(choices, item.code, pick), idOf(`${path}/item_code`)),
    kind && measured(context, item, kind, path),
    el("div", { class: "row" }, button("drop_item", drop, "quiet")),
  );
}

function measured(context, item, kind, path) {
  const unit = inBoth(context.form.items.find((one) => one.code === item.code).unit);
  const output = el("output", { class: "quantity" });
  const count = () => {
    const found = quantity(kind, item.values);
    output.textContent = found ? say("quantity", { quantity: found, unit }) : say("no_quantity");
  };
  count();
  const answered = (name) => (value) => {
    item.values[name] = value;
    count();
    context.keep();
  };
  return [
    ...[...kind.measures, ...kind.attributes].map((asked) =>
      askedField(asked, item.values[asked.name], answered(asked.name), idOf(`${path}/${kind.id}/${asked.name}`)),
    ),
    output,
    ...kind.photographs.map((name) => photographField(context, item, name, kind, idOf(`${path}/${kind.id}/${name}`))),
    labelled(say("remark"), typed("text", item.remark, (value) => ((item.remark = value), context.keep())), idOf(`${path}/remark`)),
  ];
}

function askedField(asked, value, answered, id) {
  const unit = inBoth(asked.unit);
  const label = inBoth(asked.title) + (unit ? ` (${unit})` : "");
  if (asked.kind === "choice") {
    return labelled(label, chosen(asked.choices.map((one) => [one.key, inBoth(one)]), value, answered), id);
  }
  const field = asked.kind === "day" ? typed("date", value, answered) : typed("text", value, answered, { inputmode: "decimal" });
  field.addEventListener("change", () => {
    const problem = field.value && answerProblem(asked, field.value);
    mark(field, problem ? say(problem.key, problem.values) : "");
  });
  return labelled(label, field, id, asked.kind === "day" ? "" : say("range", { least: asked.least, most: asked.most }));
}

function photographField({ sheet, keep, isEnded }, item, name, kind, id) {
  const title = `${say("photograph")} · ${inBoth(kind.photographs_of)}`;
  const place = el("div");
  const look = async () => {
    const bytes = item.photographs[name] && (await keptFile(sheet.id, item.photographs[name]));
    place.replaceChildren(...(bytes ? [await shown(bytes, title)] : []));
  };
  const taken = async (event) => {
    const file = event.target.files[0];
    const bytes = file && (await smaller(file));
    if (isEnded()) return undefined;
    if (!bytes) return mark(event.target, say("no_picture"));
    mark(event.target, "");
    const fileName = `photo-${crypto.randomUUID()}.jpg`;
    try {
      await keepFile(sheet.id, fileName, bytes);
    } catch (error) {
      return storageFailed(error);
    }
    item.photographs[name] = fileName;
    keep();
    return look();
  };
  look();
  const field = el("input", { type: "file", accept: "image/*", capture: "environment", onchange: taken });
  return el("div", {}, labelled(title, field, id), place);
}

function personBox(context, { role, title, may_refuse: mayRefuse }) {
  const { sheet, keep } = context;
  const person = (sheet.present[role] ??= {});
  const box = el("fieldset", { class: "item" });
  const text = (name) =>
    labelled(say(`person_${name}`), typed("text", person[name], (value) => ((person[name] = value), keep())), idOf(`${role}/${name}`));
  const draw = () => {
    const refuses = person.refused === "yes";
    const refusal = mayRefuse && el("label", { class: "tick" }, el("input", { type: "checkbox", id: idOf(`${role}/refused`), onchange: turn }), say("refuses"));
    if (refusal) refusal.querySelector("input").checked = refuses;
    box.replaceChildren(
      el("legend", {}, inBoth(title)),
      text("name"),
      ...(mayRefuse ? [refusal] : [text("organisation")]),
      ...(refuses ? [text("reason"), text("witness")] : [signatureField(context, person, role, inBoth(title))]),
    );
  };
  const turn = (event) => {
    person.refused = event.target.checked ? "yes" : "no";
    draw();
    keep();
    document.getElementById(idOf(`${role}/refused`)).focus();
  };
  draw();
  return box;
}

/** Signed with a finger on the screen, or a photograph of the thumb on paper. */
function signatureField({ sheet, keep, isEnded }, person, role, title) {
  const place = el("div");
  const signed = async (bytes) => {
    if (isEnded()) return undefined;
    person.signature = "";
    if (bytes) {
      const name = `signature-${role}-${crypto.randomUUID()}.jpg`;
      try {
        await keepFile(sheet.id, name, bytes);
      } catch (error) {
        return storageFailed(error);
      }
      person.signature = name;
    }
    keep();
    return look();
  };
  const look = async () => {
    const bytes = person.signature && (await keptFile(sheet.id, person.signature));
    place.replaceChildren(...(bytes ? [await shown(bytes, say("signature_of", { who: title }))] : []));
  };
  look();
  const thumb = async (event) => {
    const bytes = event.target.files[0] && (await smaller(event.target.files[0]));
    mark(event.target, bytes ? "" : say("no_picture"));
    if (bytes) await signed(bytes);
  };
  const file = el("input", { type: "file", accept: "image/*", capture: "environment", onchange: thumb });
  return el(
    "div",
    {},
    el("p", { class: "label" }, say("signature_of", { who: title })),
    signaturePad(say("signature_of", { who: title }), signed),
    labelled(say("thumb_of", { who: title }), file, idOf(`${role}/signature`)),
    place,
  );
}

function mark(field, sentence) {
  const place = document.getElementById(`${field.id}-wrong`);
  if (!place) return;
  place.textContent = sentence;
  place.hidden = !sentence;
  field.toggleAttribute("aria-invalid", Boolean(sentence));
}

function showProblems(box, problems) {
  for (const place of document.querySelectorAll(".wrong")) place.hidden = true;
  box.hidden = !problems.length;
  const lines = problems.map(({ question, key, values }) => {
    const field = document.getElementById(idOf(question));
    const sentence = say(key, values);
    if (field) mark(field, sentence);
    const box = field?.closest("fieldset")?.querySelector("legend")?.textContent;
    const label = field && [box, document.querySelector(`label[for="${field.id}"]`)?.textContent].filter(Boolean).join(" · ");
    const to = (event) => {
      event.preventDefault();
      field?.focus();
    };
    return el("li", {}, el("a", { href: `#${idOf(question)}`, onclick: to }, label ? `${label}: ${sentence}` : sentence));
  });
  box.replaceChildren(el("p", {}, say("problems", { count: problems.length })), el("ul", {}, lines));
  if (problems.length) box.focus();
}
