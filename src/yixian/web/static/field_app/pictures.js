// 照片与签名: photographs made smaller on the phone, and signatures drawn with a finger. Both become JPEG.

import { el, say } from "./page.js";

const LONGEST = 1600; // pixels of the longer side: a paper can still be read
const SMALL = 240;
const QUALITY = 0.8;
const PEN = 3;

/** A photograph as the bytes that are kept; null for a file that is no picture. */
export async function smaller(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const bytes = await drawn(picture, LONGEST);
    picture.close();
    return bytes;
  } catch {
    return null;
  }
}

/** A small picture of kept bytes, to be shown. */
export async function shown(bytes, title) {
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  const canvas = canvasOf(picture, SMALL);
  picture.close();
  return el("img", { src: canvas.toDataURL("image/jpeg", QUALITY), alt: title, class: "picture" });
}

function canvasOf(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = el("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const drawn = (picture, longest) => bytesOf(canvasOf(picture, longest));

async function bytesOf(canvas) {
  const blob = await new Promise((found) => canvas.toBlob(found, "image/jpeg", QUALITY));
  return blob.arrayBuffer();
}

/** A place to sign in. `keep` is given the bytes once the finger is lifted. */
export function signaturePad(title, keep) {
  const canvas = el("canvas", { class: "pad", role: "img", "aria-label": title });
  canvas.width = 640;
  canvas.height = 240;
  const pen = canvas.getContext("2d");
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = PEN;
    pen.lineCap = pen.lineJoin = "round";
  };
  clear();
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  let draws = false;
  canvas.addEventListener("pointerdown", (event) => {
    draws = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!draws) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", async () => {
    if (!draws) return;
    draws = false;
    await keep(await bytesOf(canvas));
  });
  const again = el("button", { type: "button", class: "button quiet", onclick: () => (clear(), keep(null)) }, say("sign_again"));
  return el("div", {}, canvas, again);
}
