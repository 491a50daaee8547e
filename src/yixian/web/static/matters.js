// 诉求: what is found is put into its field; clauses are narrowed as one types. Everything works without it.
"use strict";

(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-take]");
    if (!button) return;
    const place = button.closest("[data-into]");
    const field = document.getElementById(place.dataset.into);
    field.value = button.dataset.take.trim();
    place.replaceChildren();
    field.focus();
  });

  // Enter where one looks for somebody does not send the form around it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-find], [data-narrow]")) event.preventDefault();
  });

  // Clauses: only those whose words hold what is typed.
  const offer = () => document.querySelectorAll(".narrow-clauses[hidden]").forEach((one) => { one.hidden = false; });
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-narrow]")) return;
    const wanted = event.target.value.trim().toLowerCase();
    for (const choice of event.target.closest("[data-clauses]").querySelectorAll(".clause-choice")) {
      choice.hidden = !choice.querySelector("input").checked && !choice.textContent.toLowerCase().includes(wanted);
    }
  });
  offer();

  // Several files: how many.
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.("[data-files]")) return;
    const field = event.target;
    setTimeout(() => {
      const told = field.closest(".drop").querySelector("output");
      if (field.files.length > 1) told.value = told.dataset.several.replace("#", field.files.length);
    });
  });

  // After a refusal: to what is marked.
  document.addEventListener("htmx:after:swap", () => {
    offer();
    const faults = document.querySelector("[data-faults]");
    if (!faults) return;
    const first = document.querySelector("#taking-fields .errorlist");
    const box = first?.closest("details");
    if (box) box.open = true;
    faults.focus({ preventScroll: true });
    (first?.closest(".field") ?? faults).scrollIntoView({ block: "center" });
  });
})();
