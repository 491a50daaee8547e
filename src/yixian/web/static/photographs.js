// 照片缩小: photographs are made smaller on the phone before they are sent, where the browser can. Without this they go as they are.
"use strict";

(() => {
  const LONGEST = 1600; // pixels of the longer side: a paper can still be read
  const ENOUGH = 400 * 1024;
  const QUALITY = 0.8;
  const PHOTOGRAPHS = 'input[type="file"][accept*="image"]';
  const done = new WeakMap(); // field → the files that were made smaller already
  const waiting = new WeakMap(); // form → what it waits for

  async function smaller(file) {
    if (!file.type.startsWith("image/") || file.size <= ENOUGH) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const made = await new Promise((found) => canvas.toBlob(found, "image/jpeg", QUALITY));
      if (!made || made.size >= file.size) return file;
      return new File([made], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: made.type, lastModified: file.lastModified });
    } catch {
      return file; // a picture that this browser cannot read, or no way to make a file: sent as it is
    }
  }

  async function shrink(field) {
    const held = new DataTransfer();
    for (const file of field.files) held.items.add(await smaller(file)); // one after the other: a phone has little memory
    field.files = held.files;
    done.set(field, field.files);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches?.(PHOTOGRAPHS) || done.get(field) === field.files) return;
    if (![...field.files].some((file) => file.type.startsWith("image/") && file.size > ENOUGH)) return;
    const before = waiting.get(field.form) ?? Promise.resolve();
    waiting.set(field.form, before.then(() => shrink(field)).catch(() => {}));
  });

  // ---- a form is sent when its photographs are ready, and says that it is being sent
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const promise = waiting.get(form);
    if (promise) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      promise.then(() => {
        waiting.delete(form);
        form.requestSubmit(button?.isConnected ? button : undefined);
      });
      return;
    }
    const fieldset = form.querySelector("[data-sending]");
    const chosen = fieldset && [...form.querySelectorAll(PHOTOGRAPHS)].some((field) => field.files.length);
    if (chosen) fieldset.querySelector("[data-chosen]").textContent = fieldset.dataset.sending;
  }, true);
})();
