// 朗读: reads a page aloud, piece by piece; the piece being read is marked. Fields are read with what stands in them. Every page works
// without this.
"use strict";

(() => {
  const voice = document.querySelector("[data-read-aloud]");
  if (!voice || !("speechSynthesis" in window)) return;

  const BLOCKS = "h1, h2, h3, p, li, dt, dd, blockquote, tbody tr, label, legend, button, [data-aloud]";
  const [pause, slower] = ["pause", "slower"].map((name) => document.querySelector(`[data-read-${name}]`));
  const words = voice.dataset;
  const inChinese = document.documentElement.lang.startsWith("zh");
  const [USUAL, SLOW] = [0.9, 0.65];
  let rate = USUAL;
  let pieces = [];

  // ---- how what is written is said
  // Codes digit by digit, whether they are written in one or in fours; what stands here by itself is a sum or a measure.
  const CODES = /\d{4}(?: \d{4})+(?: \d{1,4})?|(?<![\d.,¥])\d{7,}(?![\d.,])/g;

  const BOTH = [
    [CODES, (code) => [...code.replaceAll(" ", "")].join(" ")],
    [/(\d),(?=\d{3}(?!\d))/g, "$1"],
    [/(\d)\.00(?!\d)/g, "$1"],
    [/(\.\d)0(?!\d)/g, "$1"],
    [/\s*·\s*/g, ", "],
  ];
  const CHINESE = [
    [/(\d{4})-(\d\d)-(\d\d)/g, (_all, year, month, day) => `${year}年${Number(month)}月${Number(day)}日`],
    [/(\d{1,2}):(\d\d)/g, (_all, hour, minute) => `${Number(hour)}点${minute === "00" ? "" : `${Number(minute)}分`}`],
    [/[–—~]/g, "到"],
    [/¥\s*(-?[\d.]+)/g, "$1元"],
    [/(-?[\d.]+)\s*%/g, "百分之$1"],
    [/(?<=元)\s*\/\s*/g, "每"],
    [/m²|㎡/g, "平方米"],
    [/m³/g, "立方米"],
    [/\s*×\s*/g, "乘以"],
    [/\s*÷\s*/g, "除以"],
    [/\s*=\s*/g, "等于"],
    [/\s*\+\s*/g, "加"],
  ];
  const ENGLISH = [
    [/[–—]/g, " to "],
    [/¥\s*(-?[\d.]+)/g, "$1 yuan"],
    [/(?<=\p{L}|\))\s*\/\s*(?=\p{L})/gu, " per "],
    [/m²|㎡/g, "square metres"],
    [/m³/g, "cubic metres"],
    [/\s*×\s*/g, " times "],
    [/\s*÷\s*/g, " divided by "],
    [/\s*=\s*/g, " is "],
    [/\s*\+\s*/g, " plus "],
  ];

  function said(text) {
    const rules = [...BOTH, ...(inChinese ? CHINESE : ENGLISH)];
    return rules.reduce((so_far, [written, spoken]) => so_far.replace(written, spoken), text);
  }

  // ---- what is read of a piece
  const ownText = (element) => element.innerText.trim().replace(/\s+/g, " ");

  // What stands in a field, or is chosen: "" where that is nobody's business to hear aloud, or a file.
  function standsIn(field) {
    if (!field || field.type === "file" || field.type === "hidden") return "";
    if (field.type === "password") return words.sayHidden;
    if (field.type === "checkbox" || field.type === "radio") return field.checked ? words.sayChosen : words.sayNotChosen;
    const text = field.tagName === "SELECT" ? field.selectedOptions[0]?.text.trim() : field.value.trim();
    return text ? `${words.sayWritten} ${text}` : words.sayEmpty;
  }

  function spoken(piece) {
    // cells of a row are parted by a pause
    const parts = piece.cells ? [...piece.cells].map(ownText) : [ownText(piece)];
    if (piece.matches("label")) parts.push(standsIn(piece.control));
    if (piece.matches("button")) parts.unshift(words.sayButton);
    return said(parts.filter(Boolean).join(inChinese ? "，" : ", "));
  }

  // The smallest blocks of text, rows of tables whole, fields by their labels, and what is marked besides; nothing that is closed or
  // hidden.
  function piecesToRead() {
    const all = [...document.querySelectorAll(`main :is(${BLOCKS})`)];
    const known = new Set(all);
    const isRow = (piece) => piece.matches("tbody tr");
    return all.filter((piece) => {
      if (!ownText(piece) || piece.closest("nav") || !piece.checkVisibility()) return false;
      const around = piece.parentElement.closest("tbody tr, label, button");
      if (around && known.has(around)) return false;
      return isRow(piece) || piece.matches("label, button") || ![...piece.querySelectorAll(BLOCKS)].some((inner) => ownText(inner));
    });
  }

  // ---- reading
  function show(isReading) {
    voice.setAttribute("aria-pressed", String(isReading));
    voice.querySelector("span").textContent = isReading ? words.stop : words.start;
    document.body.classList.toggle("reads-aloud", isReading);
    for (const button of [pause, slower]) button.hidden = !isReading;
    setPaused(false);
  }

  function setPaused(isPaused) {
    pause.setAttribute("aria-pressed", String(isPaused));
    pause.textContent = isPaused ? words.goOn : words.pause;
  }

  function stop() {
    pieces = [];
    speechSynthesis.cancel();
    for (const piece of document.querySelectorAll(".being-read")) piece.classList.remove("being-read");
    show(false);
  }

  function readOn() {
    const piece = pieces[0];
    if (!piece) {
      stop();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(spoken(piece));
    utterance.lang = inChinese ? "zh-CN" : "en-GB";
    utterance.rate = rate;
    utterance.onend = utterance.onerror = () => {
      piece.classList.remove("being-read");
      if (pieces[0] !== piece) return; // stopped meanwhile, or begun anew
      pieces.shift();
      readOn();
    };
    piece.classList.add("being-read");
    piece.scrollIntoView({ block: "nearest" });
    speechSynthesis.speak(utterance);
  }

  // A pause begins the piece again: many phones forget where they were.
  function fallSilent() {
    const waiting = pieces;
    pieces = [];
    speechSynthesis.cancel();
    pieces = waiting;
  }

  voice.hidden = false;
  voice.addEventListener("click", () => {
    if (voice.getAttribute("aria-pressed") === "true") {
      stop();
      return;
    }
    pieces = piecesToRead();
    show(true);
    readOn();
  });
  pause.addEventListener("click", () => {
    const isPaused = pause.getAttribute("aria-pressed") !== "true";
    setPaused(isPaused);
    if (isPaused) fallSilent();
    else readOn();
  });
  slower.addEventListener("click", () => {
    rate = rate === USUAL ? SLOW : USUAL;
    slower.setAttribute("aria-pressed", String(rate === SLOW));
    fallSilent();
    setPaused(false);
    readOn();
  });
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
})();
