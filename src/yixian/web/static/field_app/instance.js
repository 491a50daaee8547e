// 表格实例: a finished sheet as an XForm instance, as ODK Collect would write it, and as the posts of OpenRosa that carry it.

import { kindOf } from "./checks.js";
import { quantity } from "./quantity.js";

const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };
const POST_BYTES = 9 * 1024 * 1024; // what the server asks clients to keep to, with room for the form

/** The instance's XML. `sheet.id` is the instance id; `sheet.replaces` the id of the sheet that it corrects, or "". */
export function instanceXml(form, sheet) {
  const inner = [
    node("start", sheet.begun),
    node("end", sheet.finished),
    node("deviceid", sheet.device),
    node("household_id", sheet.household),
    node("measured_on", sheet.measured_on),
    ...sheet.items.map((item) => itemXml(form, item)),
    ...form.present.map(({ role, may_refuse }) => personXml(role, sheet.present[role], may_refuse)),
    `<meta>${node("instanceID", `uuid:${sheet.id}`)}${sheet.replaces ? node("deprecatedID", `uuid:${sheet.replaces}`) : ""}</meta>`,
  ];
  return `<?xml version="1.0" encoding="UTF-8"?><data id="${text(form.form_id)}" version="${text(form.version)}">${inner.join("")}</data>`;
}

/** The names of all files that the sheet tells of. */
export function filesOf(form, sheet) {
  const pictures = sheet.items.flatMap((item) => (kindOf(form, item)?.photographs ?? []).map((name) => item.photographs[name]));
  const signatures = form.present.map(({ role }) => sheet.present[role]).map((one) => (one.refused === "yes" ? "" : one.signature));
  return [...pictures, ...signatures].filter(Boolean);
}

/** Files in groups that each go into one post. Each file is `{name, bytes}`. */
export function postsOf(files) {
  const posts = [[]];
  let weight = 0;
  for (const file of files) {
    if (weight && weight + file.bytes.byteLength > POST_BYTES) {
      posts.push([]);
      weight = 0;
    }
    posts.at(-1).push(file);
    weight += file.bytes.byteLength;
  }
  return posts;
}

function itemXml(form, item) {
  const kind = kindOf(form, item);
  const values = [...kind.measures, ...kind.attributes].map((asked) => node(asked.name, item.values[asked.name]));
  const pictures = kind.photographs.map((name) => node(name, item.photographs[name]));
  return (
    `<item>${node("item_code", item.code)}<${kind.id}>${values.join("")}${pictures.join("")}</${kind.id}>` +
    `${node("quantity", quantity(kind, item.values))}${node("remark", item.remark)}</item>`
  );
}

function personXml(role, person, mayRefuse) {
  const refuses = mayRefuse && person.refused === "yes";
  const asked = mayRefuse ? ["refused", ...(refuses ? ["reason", "witness"] : ["signature"])] : ["organisation", "signature"];
  const answers = mayRefuse ? { ...person, refused: refuses ? "yes" : "no" } : person;
  return `<${role}>${["name", ...asked].map((name) => node(name, answers[name])).join("")}</${role}>`;
}

function node(name, value) {
  return `<${name}>${text(value ?? "")}</${name}>`;
}

function text(value) {
  return String(value).trim().replace(NOT_IN_XML, "\ufffd").replace(/[&<>\r]/g, (one) => ESCAPED[one]).replaceAll('"', "&quot;");
}
