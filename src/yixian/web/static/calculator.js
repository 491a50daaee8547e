// 自己算一算, smoother: the answer comes without leaving the page, and things are found by typing. The form works without this.
"use strict";

(() => {
  const page = () => document.querySelector("[data-reckon]");

  // ---- the form is sent as it would be by itself, and what comes back takes the place of what stood here
  async function send(form, button) {
    // The attributes, not the properties: the property of a button without one is the address of the page, without the answer.
    const address = button?.getAttribute("formaction") || form.getAttribute("action");
    const target = new URL(address, location.href);
    const filled = new FormData(form, button);
    page().classList.add("waits");
    try {
      const response = await fetch(target.pathname, { method: "POST", body: new URLSearchParams(filled), redirect: "error" });
      const answer = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-reckon]");
      if (!answer) throw new Error("another page");
      page().replaceWith(answer);
      prepare();
      show(document.getElementById(target.hash.slice(1)) ?? page());
    } catch {
      page().classList.remove("waits");
      sendPlainly(form, button);
    }
  }

  function sendPlainly(form, button) {
    form.dataset.plain = "yes";
    form.requestSubmit(button?.isConnected ? button : undefined);
  }

  function show(place) {
    const field = place.id === "latest" ? place.querySelector("select, input:not([type=hidden])") : null;
    (field ?? place).focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.id !== "reckon" || form.dataset.plain || ["large", "language"].includes(button?.name)) return;
    event.preventDefault();
    send(form, button);
  });

  // ---- finding a thing by a piece of its name
  function find(finder) {
    const list = document.getElementById("new");
    const all = [...list.children].map((group) => [group.label, [...group.children]]);
    const found = finder.querySelector("[data-found]");
    finder.hidden = false;
    finder.querySelector("input").addEventListener("input", (event) => {
      const wanted = event.target.value.trim().toLowerCase();
      list.replaceChildren();
      for (const [label, options] of all) {
        const fitting = options.filter((option) => option.text.toLowerCase().includes(wanted));
        if (!fitting.length) continue;
        const group = document.createElement("optgroup");
        group.label = label;
        group.append(...fitting);
        list.append(group);
      }
      list.selectedIndex = list.options.length ? 0 : -1;
      found.textContent = list.options.length ? "" : found.dataset.none;
    });
    finder.querySelector("input").addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (list.options.length) finder.parentElement.querySelector("button[value=add]").click();
    });
  }

  function prepare() {
    const finder = document.querySelector("[data-finder]");
    if (finder) find(finder);
    for (const button of page().querySelectorAll("[data-print][hidden]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  }

  if (page()) prepare();
})();
