// 便民窗口: reading aloud, the card's number from its QR code, printing. Every page works without this.
"use strict";

(() => {
  const CARD_NUMBER = /#?(\d{16})$/;

  // ---- the card: the number stands behind # in the card's address, which browsers never send to a server
  const form = document.querySelector("[data-card-form]");

  function fillCard(text) {
    const found = CARD_NUMBER.exec(text);
    if (!form || !found) return false;
    form.elements.code.value = found[1].replace(/(\d{4})(?=\d)/g, "$1 ");
    form.querySelector("[data-scanned]").hidden = false;
    form.elements.pin.focus();
    return true;
  }

  if (form && location.hash && fillCard(location.hash)) {
    history.replaceState(null, "", location.pathname);
  }

  // ---- a receipt: its digits stand behind # in the address of its QR code
  const receipt = document.querySelector("[data-receipt-form]");
  const digits = CARD_NUMBER.exec(location.hash);
  if (receipt && digits) {
    receipt.elements.code.value = digits[1].replace(/(\d{4})(?=\d)/g, "$1 ");
    receipt.querySelector("[data-scanned]").hidden = false;
    receipt.querySelector("button").focus();
    history.replaceState(null, "", location.pathname);
  }

  // ---- the camera, where the browser can read codes by itself
  async function offerCamera() {
    if (!form || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
    const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
    if (!formats.includes("qr_code")) return;
    const button = form.querySelector("[data-scan]");
    button.hidden = false;
    button.addEventListener("click", () => scan(button));
  }

  async function scan(button) {
    const finder = form.querySelector("[data-viewfinder]");
    const video = finder.querySelector("video");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      button.hidden = true; // the camera was refused: the number can be typed
      return;
    }
    const close = () => {
      for (const track of stream.getTracks()) track.stop();
      finder.hidden = true;
      button.hidden = false;
    };
    finder.hidden = false;
    button.hidden = true;
    finder.querySelector("[data-scan-stop]").onclick = close;
    video.srcObject = stream;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    while (!finder.hidden) {
      const codes = await detector.detect(video).catch(() => []);
      if (codes.some((code) => fillCard(code.rawValue))) close();
      await new Promise((next) => setTimeout(next, 200));
    }
  }

  offerCamera();

  const BLOCKS = "h1, h2, h3, p, li, dt, dd, blockquote, tbody tr";

  // ---- reading aloud: what is marked on the page, piece by piece, and the piece being read is marked
  const voice = document.querySelector("[data-read-aloud]");

  function setReading(on) {
    voice.setAttribute("aria-pressed", String(on));
    voice.querySelector("span").textContent = on ? voice.dataset.stop : voice.dataset.start;
  }

  function stopReading() {
    speechSynthesis.cancel();
    for (const piece of document.querySelectorAll(".being-read")) piece.classList.remove("being-read");
    setReading(false);
  }

  // Cells of a row are parted by a pause; a telephone number or a long code is said digit by digit.
  function spoken(piece) {
    const parts = piece.cells ? [...piece.cells] : [piece];
    const text = parts.map((part) => part.textContent.trim().replace(/\s+/g, " ")).filter(Boolean);
    return text.join(", ").replace(/\d{7,}/g, (digits) => [...digits].join(" "));
  }

  // Everything that the page says: the smallest blocks of text, rows of tables whole, and what is marked besides. Not what is
  // closed or hidden, nor fields and buttons.
  function piecesToRead() {
    const all = [...document.querySelectorAll(`main :is(${BLOCKS}), main [data-aloud]`)];
    const outer = new Set(all.filter((piece) => piece.matches("tbody tr")));
    return all.filter((piece) => {
      if (!piece.textContent.trim() || piece.closest("form, nav, button") || !piece.checkVisibility()) return false;
      const row = piece.closest("tbody tr");
      if (row && row !== piece && outer.has(row)) return false;
      return outer.has(piece) || !all.some((other) => other !== piece && piece.contains(other));
    });
  }

  function readOn(pieces) {
    const piece = pieces.shift();
    if (!piece || voice.getAttribute("aria-pressed") !== "true") {
      stopReading();
      return;
    }
    const words = new SpeechSynthesisUtterance(spoken(piece));
    words.lang = document.documentElement.lang.startsWith("zh") ? "zh-CN" : "en-GB";
    words.rate = 0.9;
    words.onend = words.onerror = () => {
      piece.classList.remove("being-read");
      readOn(pieces);
    };
    piece.classList.add("being-read");
    piece.scrollIntoView({ block: "nearest" });
    speechSynthesis.speak(words);
  }

  if (voice && "speechSynthesis" in window) {
    voice.hidden = false;
    voice.addEventListener("click", () => {
      if (voice.getAttribute("aria-pressed") === "true") {
        stopReading();
        return;
      }
      setReading(true);
      readOn(piecesToRead());
    });
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  // ---- printing
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
