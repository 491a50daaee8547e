// 送出: a form on a poor line — where there is no signal it stays and says so, what was typed is kept until it is sent, and a large
// file says how far it is. Without this a form is sent as any other.
"use strict";

(() => {
  const words = document.getElementById("sending-words")?.dataset;
  if (!words) return;
  const KEPT = "kept:"; // what was typed, by page and field, in this tab alone
  const SENT = "sent"; // the page whose form is on its way
  const LARGE = 200 * 1024;
  const WRITTEN = "form[method=post] textarea";

  // ---- one sentence above the button, read aloud by whatever reads the page
  function say(form, text, tone) {
    let told = form.querySelector("[data-line]");
    if (!told) {
      told = document.createElement("p");
      told.dataset.line = "";
      told.setAttribute("role", "alert");
      const button = form.querySelector("button:not([type=button])");
      (button?.closest(".btn-row") ?? button)?.before(told);
      if (!told.isConnected) form.append(told);
    }
    told.className = `notice ${tone}`;
    told.textContent = text;
    told.scrollIntoView({ block: "nearest" });
  }

  // ---- what was typed
  const keyOf = (field) => `${KEPT}${location.pathname}#${words.who}#${field.name}`;
  const forget = (path) => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(path ? `${KEPT}${path}#` : KEPT)) sessionStorage.removeItem(key);
    }
  };
  function restore() {
    for (const field of document.querySelectorAll(WRITTEN)) {
      const kept = sessionStorage.getItem(keyOf(field));
      if (!kept || field.value.trim() || field.defaultValue.trim()) continue;
      field.value = kept;
      const told = document.createElement("p");
      told.className = "hint";
      const drop = document.createElement("button");
      drop.type = "button";
      drop.className = "btn btn-quiet";
      drop.textContent = words.drop;
      drop.addEventListener("click", () => {
        field.value = "";
        sessionStorage.removeItem(keyOf(field));
        told.remove();
        field.focus();
      });
      told.append(words.kept, " ", drop);
      field.after(told);
    }
  }
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.(WRITTEN) || !field.name) return;
    if (field.value.trim()) sessionStorage.setItem(keyOf(field), field.value);
    else sessionStorage.removeItem(keyOf(field));
  });
  window.addEventListener("pageshow", () => {
    const sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (sent && (sent !== location.pathname || !document.querySelector(".errorlist, .fault"))) forget(sent);
    if (document.querySelector("[data-forget]")) forget("");
    restore();
  });

  // ---- no signal: nothing is sent, nothing is lost
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (navigator.onLine === false) {
      event.preventDefault();
      event.stopImmediatePropagation();
      say(form, words.offline, "notice-warn");
      return;
    }
    form.querySelector("[data-line]")?.remove();
    sessionStorage.setItem(SENT, location.pathname);
  }, true);
  document.addEventListener("htmx:error", (event) => {
    const form = event.target.closest?.("form") ?? document.querySelector("form[hx-post]");
    sessionStorage.removeItem(SENT);
    if (form) say(form, words.offline, "notice-warn");
  });

  // ---- a large file: how far it is. What is then sent again bears the same key, and counts once.
  const weight = (form) =>
    [...form.querySelectorAll('input[type="file"]')].flatMap((field) => [...field.files]).reduce((sum, file) => sum + file.size, 0);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data" || form.hasAttribute("hx-post")) return;
    if (!form.elements.key || weight(form) < LARGE || form.dataset.uploaded) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    const button = event.submitter;
    const line = new XMLHttpRequest();
    line.upload.addEventListener("progress", (now) => {
      if (now.lengthComputable) say(form, words.progress.replace("#", Math.floor((now.loaded / now.total) * 100)), "");
    });
    line.addEventListener("load", () => {
      delete form.dataset.sent;
      if (line.status < 400) {
        for (const field of form.querySelectorAll('input[type="file"]')) field.value = "";
      }
      form.dataset.uploaded = "1";
      form.requestSubmit(button?.isConnected ? button : undefined);
    });
    line.addEventListener("error", () => {
      delete form.dataset.sent;
      sessionStorage.removeItem(SENT);
      say(form, words.offline, "notice-warn");
    });
    line.open("POST", button?.getAttribute("formaction") || form.getAttribute("action") || location.href);
    line.send(data);
  });
})();
