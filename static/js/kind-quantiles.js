// What the numbers of a quantiles item imply, said in words and drawn as a line while they are typed. It blames nobody: an order
// that can't be is named, and the fields stay as they are. The form works without any of this.

const { numberIn } = globalThis.delphi; // of expert-controls.js

const PAUSE = 500; // a screen reader shall not hear every half-typed number
const SVG = "http://www.w3.org/2000/svg";

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

class Quantiles {
  constructor(box) {
    this.box = box;
    this.article = box.closest(".item");
    this.texts = JSON.parse(box.dataset.texts);
    this.fields = [...box.querySelectorAll("input[data-code]")];
    this.timer = null;
    this.article.addEventListener("delphi:filled", () => this.show());
    for (const field of this.fields) {
      field.addEventListener("input", () => this.onTyping());
      field.addEventListener("change", () => this.show());
    }
    this.show();
  }

  onTyping() {
    this.sayShort();
    this.draw();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  show() {
    clearTimeout(this.timer);
    this.sayShort();
    this.draw();
    setText(this.box.querySelector(".quantiles__order"), this.orderText());
    setText(this.box.querySelector(".quantiles__sentence"), this.isWhole() && !this.orderText() ? this.filled(this.texts.sentence) : "");
  }

  typed(code) {
    return this.fields.find((field) => field.dataset.code === code).value.trim().replace(/%$/, "").trim();
  }

  number(code) {
    return numberIn(this.typed(code));
  }

  isWhole() {
    const sure = this.texts.rising.includes("best") ? this.number("confidence") : 100;
    return this.fields.every((field) => numberIn(field.value) !== null) && sure >= 50 && sure <= 100 && this.isInside();
  }

  isInside() {
    const { rising, low, high } = this.texts;
    return rising.every((code) => (low === null || this.number(code) >= low) && (high === null || this.number(code) <= high));
  }

  filled(text) {
    return text.replace(/\{([\w.]+)\}/g, (gap, code) => (this.fields.some((field) => field.dataset.code === code) ? this.typed(code) : gap));
  }

  // The first two neighbours, among the numbers given, that do not rise.
  orderText() {
    const given = this.texts.rising.filter((code) => this.number(code) !== null);
    for (let place = 1; place < given.length; place += 1) {
      const pair = `${given[place - 1]}|${given[place]}`;
      const step = this.number(given[place]) - this.number(given[place - 1]);
      if (step < 0) return this.texts.above[pair];
      if (step === 0 && this.texts.same[pair]) return this.texts.same[pair];
    }
    return "";
  }

  sayShort() {
    const given = this.fields.filter((field) => field.value.trim());
    const parts = given.map((field) => this.filled(this.texts.parts[field.dataset.code]));
    this.article.dataset.words = this.isWhole() ? this.filled(this.texts.words) : parts.join("; ");
  }

  draw() {
    const picture = this.box.querySelector(".quantiles__picture");
    if (!picture) return;
    const { rising, middle, low, high } = this.texts;
    const place = (number) => `${(100 * (number - low)) / (high - low)}%`;
    const given = rising.filter((code) => this.number(code) !== null && this.number(code) >= low && this.number(code) <= high);
    const marks = given.map((code) => (rising.indexOf(code) === middle
      ? drawn("circle", { class: "intervals__middle", cx: place(this.number(code)), cy: "0.75em", r: "0.4em" })
      : drawn("line", { class: "intervals__tick", x1: place(this.number(code)), x2: place(this.number(code)), y1: "0.25em", y2: "1.25em" })));
    const ends = given.map((code) => this.number(code));
    if (ends.length > 1 && !this.orderText()) {
      marks.unshift(drawn("line", { class: "intervals__line", x1: place(ends[0]), x2: place(ends.at(-1)), y1: "0.75em", y2: "0.75em" }));
    }
    picture.querySelector(".quantiles__drawn").replaceChildren(...marks);
    picture.toggleAttribute("hidden", false);
  }
}

for (const box of document.querySelectorAll(".quantiles[data-texts]")) new Quantiles(box);
