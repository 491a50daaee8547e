// Writes instances with the field app's own modules, in Node: from stdin {modules, form, sheets}, to stdout [{xml, problems, quantities}].

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { modules, form, sheets, today } = JSON.parse(readFileSync(0, "utf8"));
const from = (name) => import(pathToFileURL(`${modules}/${name}.js`));
const { instanceXml } = await from("instance");
const { problemsOf } = await from("checks");

const written = sheets.map((sheet) => {
  const problems = problemsOf(form, sheet, today);
  return { problems: problems.map((one) => one.question), xml: problems.length ? "" : instanceXml(form, sheet) };
});
process.stdout.write(JSON.stringify(written));
