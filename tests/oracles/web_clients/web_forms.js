// Fills a form with the engine of ODK Web Forms (@getodk/xforms-engine).
import { loadForm } from "@getodk/xforms-engine";

const ROOT = /^\/data\//;

/** Every question of the form as it stands, by its path without the root: "item[2]/building/length". */
function questions(root) {
  const found = new Map();
  const walk = (node) => {
    if (node.nodeType === "input" || node.nodeType === "select" || node.nodeType === "upload") {
      found.set(node.currentState.reference.replace(ROOT, ""), node);
    }
    for (const child of node.currentState.children ?? []) walk(child);
  };
  walk(root);
  return found;
}

function addRepeats(root, wanted) {
  const range = root.currentState.children.find((child) => child.nodeType.startsWith("repeat-range"));
  const missing = wanted - range.currentState.children.length;
  if (missing > 0) range.addInstances(undefined, missing);
}

function answer(node, value) {
  if (node.nodeType === "upload") node.setValue(new File(["x"], value, { type: "image/png" }));
  else if (node.nodeType === "select") node.selectValue(value);
  else node.setValue(value);
}

/** One case filled in: the instance and the paths of what the engine refuses. */
async function fill(form, answers, repeats) {
  const { root } = form.createInstance();
  addRepeats(root, repeats);
  const refused = [];
  for (const [path, value] of Object.entries(answers)) {
    const node = questions(root).get(path);
    if (!node || !node.currentState.relevant) {
      refused.push(`${path}=absent`);
      continue;
    }
    try {
      answer(node, value);
    } catch {
      refused.push(`${path}=thrown`);
    }
  }
  for (const [path, node] of questions(root)) {
    const violation = node.currentState.relevant && node.validationState.violation;
    if (violation) refused.push(`${path}=${violation.condition}`);
  }
  const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
  return { xml: await payload.data[0].get("xml_submission_file").text(), refused };
}

window.fillAll = async (xform, cases) => {
  const form = await loadForm(xform);
  if (form.status !== "success") throw new Error(`form: ${form.status} ${form.error?.message ?? ""}`);
  const filled = [];
  for (const { answers, repeats } of cases) filled.push(await fill(form, answers, repeats));
  return filled;
};
window.ready = true;
