// 核对: what is wrong with a sheet before it is finished, by question, with the key of the sentence that says so.

import { whole } from "./quantity.js";

/** Problems as `{question, key, values}`; questions are paths like those of the office: item[2]/building/length. */
export function problemsOf(form, sheet, today) {
  const found = [];
  const note = (question, key, values = {}) => found.push({ question, key, values });
  if (!sheet.household) note("household_id", "missing");
  if (!sheet.measured_on) note("measured_on", "missing");
  else if (sheet.measured_on > today) note("measured_on", "after_today");
  if (!sheet.items.length) note("item", "no_item");
  sheet.items.forEach((item, at) => itemProblems(form, item, `item[${at + 1}]`, note));
  for (const { role, may_refuse } of form.present) personProblems(sheet.present[role] ?? {}, role, may_refuse, note);
  const { measurer = {}, second = {} } = sheet.present;
  if (measurer.organisation && measurer.organisation === second.organisation) note("second/organisation", "one_organisation");
  return found;
}

/** The way in which a sheet's item is measured; undefined while none is chosen. */
export function kindOf(form, item) {
  const chosen = form.items.find((one) => one.code === item.code);
  return chosen && form.kinds.find((one) => one.id === chosen.kind);
}

/** What is wrong with one answer: null, or the key of a sentence and its values. */
export function answerProblem(asked, text) {
  if (!text) return { key: "missing" };
  if (asked.kind === "choice") return asked.choices.some((one) => one.key === text) ? null : { key: "missing" };
  const within = { least: asked.least, most: asked.most };
  if (asked.kind === "day") return text < asked.least || text > asked.most ? { key: "day_range", values: within } : null;
  const value = whole(text, asked.scale);
  const values = { ...within, decimals: asked.scale };
  if (value === null || value < whole(asked.least, asked.scale) || value > whole(asked.most, asked.scale)) {
    return { key: asked.scale ? "decimal_range" : "whole_range", values };
  }
  return null;
}

function itemProblems(form, item, at, note) {
  const kind = kindOf(form, item);
  if (!kind) {
    note(`${at}/item_code`, "missing");
    return;
  }
  for (const asked of [...kind.measures, ...kind.attributes]) {
    const problem = answerProblem(asked, item.values[asked.name] ?? "");
    if (problem) note(`${at}/${kind.id}/${asked.name}`, problem.key, problem.values);
  }
  for (const name of kind.photographs) if (!item.photographs[name]) note(`${at}/${kind.id}/${name}`, "no_photograph");
}

function personProblems(person, role, mayRefuse, note) {
  const wanted = (name) => person[name]?.trim() || note(`${role}/${name}`, "missing");
  wanted("name");
  if (!mayRefuse) wanted("organisation");
  if (mayRefuse && person.refused === "yes") {
    wanted("reason");
    wanted("witness");
  } else if (!person.signature) note(`${role}/signature`, "no_signature");
}
