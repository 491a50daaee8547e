// 诉求: what the form cannot do without a script — names of chosen files, and a voice note spoken into the page.
"use strict";

(() => {
  // ---- which files are chosen
  function tell(fieldset) {
    const names = [...fieldset.querySelectorAll("[data-file]")].flatMap((field) => [...field.files].map((file) => file.name));
    fieldset.querySelector("[data-chosen]").textContent = names.join("  ·  ");
  }
  for (const fieldset of document.querySelectorAll("[data-files]")) {
    fieldset.addEventListener("change", () => setTimeout(() => tell(fieldset)));
  }
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-files]").forEach(tell));

  // ---- what is closed again is not sent: an office chosen before the box was unticked
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.type !== "checkbox" || box.checked || !box.closest(".opens")) return;
    for (const field of box.closest(".opens").querySelectorAll(".opened input, .opened select, .opened textarea")) field.value = "";
  });

  // ---- after a refusal: to the first thing that is marked
  const faults = document.querySelector("[data-faults]");
  if (faults) {
    faults.focus({ preventScroll: true });
    (document.querySelector("form .errorlist, form .fault")?.closest(".field") ?? faults).scrollIntoView({ block: "center" });
  }

  // ---- speaking into the page, where the browser can record by itself
  const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  const LONGEST = 10 * 60 * 1000;

  function canKeep(field) {
    try {
      const held = new DataTransfer();
      held.items.add(new File([new Blob(["x"])], "x"));
      return held.files.length === 1 && "files" in field;
    } catch {
      return false;
    }
  }

  function offerRecorder(fieldset) {
    const field = fieldset.querySelector("[data-sound]");
    const place = fieldset.querySelector("[data-recorder]");
    const type = window.MediaRecorder && TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    if (!type || !navigator.mediaDevices?.getUserMedia || !canKeep(field)) return;
    const button = place.querySelector("[data-record]");
    const listen = place.querySelector("[data-listen]");
    const told = place.querySelector("[data-recording]");
    let recorder = null;
    let note = null;
    place.hidden = false;

    const say = (words) => { button.querySelector("span").textContent = words; };
    button.addEventListener("click", async () => {
      if (recorder?.state === "recording") {
        recorder.stop();
        return;
      }
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        told.textContent = place.dataset.refused;
        button.hidden = true;
        return;
      }
      const pieces = [];
      const began = performance.now();
      recorder = new MediaRecorder(stream, { mimeType: type });
      recorder.ondataavailable = (event) => pieces.push(event.data);
      const limit = setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
      recorder.onstop = () => {
        clearTimeout(limit);
        for (const track of stream.getTracks()) track.stop();
        note = new Blob(pieces, { type });
        const held = new DataTransfer();
        held.items.add(new File([note], type.startsWith("audio/mp4") ? "voice.m4a" : "voice.webm", { type }));
        field.files = held.files;
        field.dispatchEvent(new Event("change", { bubbles: true }));
        button.classList.remove("recording");
        listen.hidden = false;
        told.textContent = place.dataset.recorded.replace("#", Math.max(1, Math.round((performance.now() - began) / 1000)));
        say(place.dataset.again);
      };
      recorder.start();
      button.classList.add("recording");
      listen.hidden = true;
      told.textContent = place.dataset.starting;
      say(place.dataset.stop);
    });

    listen.addEventListener("click", async () => {
      const player = new AudioContext();
      const source = player.createBufferSource();
      source.buffer = await player.decodeAudioData(await note.arrayBuffer());
      source.connect(player.destination);
      source.onended = () => player.close();
      source.start();
    });
  }
  document.querySelectorAll("[data-files]").forEach(offerRecorder);
})();
