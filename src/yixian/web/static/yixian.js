// 一线: the little that pages cannot do without a script. Everything works without it.
"use strict";

(() => {
  // A menu closes when something else is touched, or with Escape.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // The key / leads to the search, as long as nobody is writing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const field = document.querySelector("#search-again") ?? document.querySelector("#search-all");
    if (!field || !field.offsetParent) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  // A file field says which file it holds; a file can be dropped on it.
  const nameFile = (field) => {
    const told = field.closest(".drop").querySelector("output");
    told.value = [...field.files].map((file) => file.name).join(", ") || told.defaultValue;
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches?.('.drop input[type="file"]')) nameFile(event.target);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll('.drop input[type="file"]').forEach(nameFile);
  });
  document.addEventListener("dragover", (event) => {
    const place = event.target.closest?.(".drop");
    if (!place) return;
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => event.target.closest?.(".drop")?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const place = event.target.closest?.(".drop");
    const field = place?.querySelector('input[type="file"]');
    if (!field) return;
    event.preventDefault();
    place.classList.remove("over");
    field.files = event.dataTransfer.files;
    nameFile(field);
  });

  // A form is sent once: a second press while it is on its way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // In a list, all of a page can be marked at once, and how many are marked is said.
  const countMarked = (form) => {
    const boxes = [...form.querySelectorAll('input[name="row"]')];
    const marked = boxes.filter((box) => box.checked).length;
    const told = form.querySelector("[data-marked]");
    told.dataset.words ??= told.textContent;
    told.textContent = marked ? `${told.dataset.words} (${marked})` : told.dataset.words;
    const all = form.querySelector("[data-mark-all]");
    all.checked = marked > 0 && marked === boxes.length;
    all.indeterminate = marked > 0 && marked < boxes.length;
  };
  const readyMarks = () => {
    for (const form of document.querySelectorAll("form.marking")) {
      form.querySelector("[data-mark-all]").hidden = false;
      countMarked(form);
    }
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form.marking");
    if (!form) return;
    if (event.target.matches("[data-mark-all]")) {
      for (const box of form.querySelectorAll('input[name="row"]')) box.checked = event.target.checked;
    }
    countMarked(form);
  });
  window.addEventListener("pageshow", readyMarks);
  document.addEventListener("htmx:after:swap", readyMarks);

  // A button prints the page; a select sends its form.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-print]")) window.print();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("select[data-send]")) event.target.form.requestSubmit();
  });
})();
