// 便民窗口: the card's number from its QR code, printing. Every page works without this.
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

  // ---- printing
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
