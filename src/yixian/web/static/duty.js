// 包联: whoever is found by the search is put into the field above it.
"use strict";

(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-add]");
    if (!button) return;
    const field = (button.closest("form") ?? document).querySelector("[data-people]");
    const one = field.rows === 1;
    const lines = one ? [] : field.value.split("\n").filter((line) => line.trim());
    if (!lines.includes(button.dataset.add)) lines.push(button.dataset.add);
    field.value = lines.join("\n");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  // Enter in the search looks for people; it does not send the form around it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-find] input")) event.preventDefault();
  });
})();
