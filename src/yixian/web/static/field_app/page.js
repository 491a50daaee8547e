// 页面: words in the language that was chosen, and elements made without any HTML text.

const words = JSON.parse(document.getElementById("words").textContent);
const LANGUAGE = "field-app-language"; // these two say nothing of anybody
const LARGE = "field-app-large";

export let language = localStorage.getItem(LANGUAGE) ?? "zh";

/** A sentence by its key; `{name}` in it is filled in. */
export function say(key, values = {}) {
  return words[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Of a title in both languages, the one. */
export const inBoth = (title) => title[language];

export function choose(next) {
  language = next;
  localStorage.setItem(LANGUAGE, next);
  dress();
}

export function enlarge() {
  localStorage.setItem(LARGE, localStorage.getItem(LARGE) === "1" ? "0" : "1");
  dress();
}

export function dress() {
  const root = document.documentElement;
  root.lang = language === "zh" ? "zh-hans" : "en";
  root.classList.toggle("large", localStorage.getItem(LARGE) === "1");
}

/** An element. Attributes that begin with "on" are listeners; false, null and undefined leave one out. */
export function el(tag, attributes = {}, ...inner) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inner.flat().filter((one) => one != null && one !== false));
  return made;
}

export const button = (key, onclick, kind = "") => el("button", { type: "button", class: `button ${kind}`, onclick }, say(key));
export const link = (to, ...inner) => el("a", { href: `#/${to}` }, ...inner);

/** A field with its label above it, and a place for what is wrong with it. */
export function labelled(label, field, id, hint = "") {
  field.id = id;
  field.setAttribute("aria-describedby", `${id}-wrong`);
  return el(
    "div",
    { class: "field" },
    el("label", { for: id }, label),
    hint && el("p", { class: "hint" }, hint),
    field,
    el("p", { class: "wrong", id: `${id}-wrong`, hidden: true }),
  );
}

/** Shows a page: its heading first, where a reader begins. */
export function show(heading, ...inner) {
  const main = document.getElementById("main");
  const title = el("h1", { tabindex: "-1" }, heading);
  main.replaceChildren(title, ...inner.flat().filter((one) => one != null && one !== false));
  document.title = `${heading} · ${say("title")}`;
  title.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

const told = document.getElementById("told");

/** A sentence at the top, read aloud; an empty one takes it away. */
export function tell(sentence, tone = "") {
  told.textContent = sentence;
  told.className = `told ${tone}`;
  told.hidden = !sentence;
}

export const bytes = (count) => (count < 1024 * 1024 ? `${Math.ceil(count / 1024)} KB` : `${(count / 1024 / 1024).toFixed(1)} MB`);
export const when = (iso) => new Date(iso).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "short", timeStyle: "short" });

/** A day as the phone's calendar has it. */
export function dayOf(moment) {
  const two = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
