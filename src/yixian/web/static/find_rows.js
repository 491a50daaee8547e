// 找一行: rows of a long form are found by their name while one types; what was typed into them stays.
"use strict";

(() => {
  const search = document.querySelector("[data-find-rows]");
  if (!search) return;
  const input = search.querySelector("input");
  const told = search.querySelector("[data-none]");
  const form = search.closest("form");
  const rows = [...form.querySelectorAll("[data-row]")];
  const folds = [...form.querySelectorAll("details")];
  const atFirst = folds.map((fold) => fold.open);
  search.hidden = false;

  const find = () => {
    const words = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of rows) {
      const name = row.dataset.row.toLowerCase();
      row.hidden = !words.every((word) => name.includes(word));
      found += !row.hidden;
    }
    folds.forEach((fold, place) => {
      const has = fold.querySelector("[data-row]:not([hidden])") !== null;
      fold.hidden = !has;
      fold.open = words.length ? has : atFirst[place];
    });
    told.textContent = found ? "" : told.dataset.none;
  };
  input.addEventListener("input", find);
  // A price that is wrong must never be hidden: before anything is sent every row stands there again.
  form.addEventListener("submit", () => {
    input.value = "";
    find();
  });
  // Enter in the search looks; it does not send the form around it.
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
})();
