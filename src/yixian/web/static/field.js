// 一线: what the form of a visit cannot do without a script — previews, clauses put in by a touch, and signing on the screen.
"use strict";

(() => {
  // ---- photographs: how many, and what they show
  function previewPhotos(field) {
    const list = field.closest("fieldset").querySelector("[data-photo-preview]");
    const told = field.closest(".drop").querySelector("output");
    list.replaceChildren();
    list.hidden = !field.files.length;
    if (field.files.length > 1) told.value = told.dataset.several.replace("#", field.files.length);
    for (const file of field.files) {
      if (!file.type.startsWith("image/")) continue;
      const picture = document.createElement("img");
      picture.alt = file.name;
      const item = document.createElement("li");
      item.append(picture);
      list.append(item);
      const reader = new FileReader();
      reader.onload = () => { picture.src = reader.result; };
      reader.readAsDataURL(file);
    }
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-photos]")) setTimeout(() => previewPhotos(event.target));
  });

  // ---- a promise put on a clause that the library offers
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-cite]");
    if (!button) return;
    const select = document.getElementById(button.dataset.citeIn);
    select.value = button.dataset.cite;
    select.focus();
  });

  // ---- after a refusal: to what is marked
  document.addEventListener("htmx:after:swap", () => {
    const faults = document.querySelector("[data-faults]");
    if (!faults) return;
    const first = document.querySelector("#visit-fields .errorlist");
    const box = first?.closest("details");
    if (box) box.open = true;
    faults.focus({ preventScroll: true });
    (first?.closest(".field, .promise-box") ?? faults).scrollIntoView({ block: "center" });
  });

  // ---- a visit half written: days, boxes and lines stay in this tab until it is sent; what sending.js keeps are the long texts
  const visit = document.querySelector("[data-visit-form]");
  const words = document.getElementById("sending-words")?.dataset;
  if (visit && words) {
    const key = `kept:${location.pathname}#${words.who}#*`;
    const ticked = (field) => ["checkbox", "radio"].includes(field.type);
    const fields = () => [...visit.querySelectorAll("input:not([type=hidden], [type=file]), select")].filter((one) => one.name);
    const typed = () => JSON.stringify(fields().map((one) => [one.name, one.value, ticked(one) && one.checked]));
    const fresh = typed();
    const keep = () => {
      if (typed() === fresh) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, typed());
    };
    visit.addEventListener("input", keep);
    visit.addEventListener("click", () => setTimeout(keep)); // a clause that was put in by a touch
    const drop = () => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet";
      button.textContent = words.drop;
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        sessionStorage.removeItem(key);
        location.reload();
      });
      return button;
    };
    const restore = () => {
      const kept = JSON.parse(sessionStorage.getItem(key) ?? "[]");
      if (!kept.length || visit.querySelector(".errorlist")) return;
      for (const [name, value, isTicked] of kept) {
        const field = fields().find((one) => one.name === name && (!ticked(one) || one.value === value));
        if (!field) continue;
        if (ticked(field)) field.checked = isTicked;
        else field.value = value;
        if (field.value && field.type !== "radio") field.closest("details.promise-box")?.setAttribute("open", "");
      }
      const told = document.createElement("p");
      told.className = "notice";
      told.setAttribute("role", "status");
      told.append(words.kept, " ", drop());
      visit.prepend(told);
    };
    window.addEventListener("pageshow", (event) => { if (!event.persisted) setTimeout(restore); });
  }

  // ---- signing: strokes in units of the paper, drawn as they come
  for (const form of document.querySelectorAll("[data-signature]")) {
    const paper = form.querySelector("[data-paper]");
    const kept = form.querySelector("[data-strokes]");
    const pen = paper.getContext("2d");
    let strokes = [];
    let drawing = null;
    pen.lineWidth = 6;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#1d2b2d";

    const point = (event) => {
      const box = paper.getBoundingClientRect();
      const hold = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
      return [
        hold(((event.clientX - box.left) / box.width) * paper.width, paper.width),
        hold(((event.clientY - box.top) / box.height) * paper.height, paper.height),
      ];
    };
    paper.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      paper.setPointerCapture(event.pointerId);
      drawing = [point(event)];
      strokes.push(drawing);
      pen.beginPath();
      pen.moveTo(...drawing[0]);
    });
    paper.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      const next = point(event);
      const last = drawing[drawing.length - 1];
      if (Math.hypot(next[0] - last[0], next[1] - last[1]) < 4) return;
      drawing.push(next);
      pen.lineTo(...next);
      pen.stroke();
    });
    const lift = () => { drawing = null; };
    paper.addEventListener("pointerup", lift);
    paper.addEventListener("pointercancel", lift);
    form.querySelector("[data-clear]").addEventListener("click", () => {
      strokes = [];
      pen.clearRect(0, 0, paper.width, paper.height);
    });
    form.addEventListener("submit", () => { kept.value = JSON.stringify(strokes); });
  }
})();
