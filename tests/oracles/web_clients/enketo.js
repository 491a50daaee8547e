// Fills a form with Enketo (enketo-transformer, enketo-core), through the fields that a person would fill in.
import { transform } from "enketo-transformer/web";
import { Form } from "enketo-core";

const QUIET = { bubbles: true };

/** The fields of a path: of the repeat's own section, or of the whole form. */
function fields(element, path) {
  const repeat = /^(\w+)\[(\d+)\]\/(.*)$/.exec(path);
  const [scope, rest] = repeat
    ? [element.querySelectorAll(`.or-repeat[name="/data/${repeat[1]}"]`)[repeat[2] - 1], `${repeat[1]}/${repeat[3]}`]
    : [element, path];
  const name = `/data/${rest}`;
  return scope ? [...scope.querySelectorAll(`[name="${name}"], [data-name="${name}"]`)] : [];
}

function picture(name) {
  const chosen = new DataTransfer();
  chosen.items.add(new File(["x"], name, { type: "image/png" }));
  return chosen.files;
}

/** Whether the answer could be given at all. */
function answer(element, path, value) {
  const [first, ...others] = fields(element, path);
  if (!first || first.closest(".disabled")) return false;
  if (first.type === "radio") {
    const chosen = [first, ...others].find((field) => field.value === value);
    if (!chosen) return false;
    chosen.checked = true;
    chosen.dispatchEvent(new Event("change", QUIET));
    return true;
  }
  if (first.type === "file") first.files = picture(value);
  else first.value = value;
  if (first.type !== "file" && first.value !== value) return false;
  first.dispatchEvent(new Event("change", QUIET));
  return true;
}

/** The path of a question that is marked as wrong, with the number of its repeat. */
function pathOf(element, question) {
  const field = question.querySelector("[name], [data-name]");
  const path = (field.dataset.name ?? field.name).replace(/^\/data\//, "");
  const repeat = question.closest(".or-repeat");
  if (!repeat) return path;
  const all = [...element.querySelectorAll(`.or-repeat[name="${repeat.getAttribute("name")}"]`)];
  const name = repeat.getAttribute("name").replace(/^\/data\//, "");
  return path.replace(name, `${name}[${all.indexOf(repeat) + 1}]`);
}

const tick = () => new Promise((resolve) => setTimeout(resolve));

async function fill(transformed, { answers, repeats }) {
  document.body.innerHTML = transformed.form;
  const element = document.querySelector("form.or");
  const form = new Form(element, { modelStr: transformed.model }, {});
  const errors = form.init();
  if (errors.length) throw new Error(errors.join("; "));
  for (let number = 1; number < repeats; number += 1) element.querySelector(".add-repeat-btn").click();
  await tick();
  const refused = [];
  for (const [path, value] of Object.entries(answers)) {
    if (!answer(element, path, value)) refused.push(`${path}=absent`);
    await tick();
  }
  await form.validate();
  for (const question of element.querySelectorAll(".invalid-constraint, .invalid-required")) {
    if (!question.closest(".disabled")) refused.push(`${pathOf(element, question)}=invalid`);
  }
  const xml = form.getDataStr({ irrelevant: false });
  form.resetView?.();
  return { xml, refused };
}

window.fillAll = async (xform, cases) => {
  const transformed = await transform({ xform });
  const filled = [];
  for (const one of cases) filled.push(await fill(transformed, one));
  return filled;
};
window.ready = true;
