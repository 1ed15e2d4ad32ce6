// A map beside the two scales of a plane: a tap, or the arrow keys and Enter, put a point on it. The map writes into the radio
// buttons of the scales and follows them, so the two always say the same; saving, sending and reading go by the radio buttons.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function element(name, className, attributes = {}) {
  const found = document.createElement(name);
  found.className = className;
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  return found;
}

class Plane {
  constructor(box) {
    this.box = box;
    this.article = box.closest(".item");
    this.grid = box.querySelector(".plane__grid");
    this.radios = Object.fromEntries(["x", "y"].map((code) => [code, [...box.querySelectorAll(`[data-axis="${code}"] input`)]]));
    this.build();
    for (const kind of ["change", "delphi:filled"]) this.article.addEventListener(kind, () => this.show());
    this.grid.addEventListener("click", (event) => this.onClick(event));
    this.grid.addEventListener("keydown", (event) => this.onKey(event));
    this.show();
    box.querySelector(".plane__map").hidden = false;
  }

  build() {
    const { x, y } = this.radios;
    Object.entries({ role: "grid", "aria-label": this.grid.dataset.label, "aria-describedby": this.box.querySelector(".plane__map > [id]").id })
      .forEach(([key, value]) => this.grid.setAttribute(key, value));
    this.cells = new Map();
    for (let row = y.length; row >= 1; row -= 1) {
      const line = element("div", "plane__row", { role: "row", "data-number": row });
      for (let column = 1; column <= x.length; column += 1) line.append(this.cell(column, row));
      this.grid.append(line);
    }
    const numbers = element("div", "plane__numbers", { "aria-hidden": "true" });
    numbers.append(...x.map((_radio, place) => Object.assign(element("span", ""), { textContent: place + 1 })));
    this.grid.after(numbers);
  }

  cell(column, row) {
    const before = JSON.parse(this.article.dataset.before || "{}");
    const wasChosen = Number(before.x) === column && Number(before.y) === row;
    const words = `${this.radios.x[column - 1].dataset.words}; ${this.radios.y[row - 1].dataset.words}`;
    const cell = element("span", wasChosen ? "plane__cell plane__cell--before" : "plane__cell",
      { role: "gridcell", tabindex: "-1", "aria-label": wasChosen ? `${words} (${this.grid.dataset.said})` : words });
    Object.assign(cell, { column, row });
    this.cells.set(`${column}|${row}`, cell);
    return cell;
  }

  chosen(code) {
    return this.radios[code].findIndex((radio) => radio.checked) + 1;
  }

  // The place that the Tab key leads to: the point, else where the arrow keys were, else the middle, which chooses nothing.
  home() {
    const { x, y } = this.radios;
    const place = this.cells.get(`${this.chosen("x")}|${this.chosen("y")}`);
    return place ?? this.last ?? this.cells.get(`${Math.ceil(x.length / 2)}|${Math.ceil(y.length / 2)}`);
  }

  show() {
    const [column, row] = [this.chosen("x"), this.chosen("y")];
    const home = this.home();
    for (const cell of this.cells.values()) {
      const isChosen = cell.column === column && cell.row === row;
      cell.setAttribute("aria-selected", String(isChosen));
      cell.tabIndex = cell === home ? 0 : -1;
      cell.classList.toggle("plane__cell--line", !isChosen && (cell.column === column || cell.row === row));
    }
    const words = [...this.box.querySelectorAll("[data-axis] input:checked")].map((radio) => radio.dataset.words).join("; ");
    this.article.dataset.words = words;
    const place = this.box.querySelector(".plane__words");
    if (place.textContent !== words) place.textContent = words;
  }

  onClick(event) {
    const cell = event.target.closest(".plane__cell");
    if (cell) this.choose(cell);
  }

  onKey(event) {
    const cell = event.target.closest(".plane__cell");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const isPlacing = event.key === "Enter" || event.key === " ";
    const target = isPlacing ? cell : this.neighbour(cell, event.key);
    if (!target) return;
    event.preventDefault();
    if (isPlacing || cell.getAttribute("aria-selected") === "true") this.choose(target);
    this.focus(target);
  }

  neighbour(cell, key) {
    const last = this.radios.x.length;
    if (key === "Home" || key === "End") return this.cells.get(`${key === "Home" ? 1 : last}|${cell.row}`);
    if (!(key in STEPS)) return null;
    const [right, up] = STEPS[key];
    return this.cells.get(`${cell.column + right}|${cell.row + up}`) ?? cell;
  }

  focus(cell) {
    this.last = cell;
    for (const one of this.cells.values()) one.tabIndex = one === cell ? 0 : -1;
    cell.focus();
  }

  choose(cell) {
    this.last = cell;
    const wanted = [this.radios.x[cell.column - 1], this.radios.y[cell.row - 1]].filter((radio) => !radio.checked);
    for (const radio of wanted) radio.checked = true;
    for (const radio of wanted) {
      radio.dispatchEvent(new Event("input", { bubbles: true }));
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

for (const box of document.querySelectorAll(".plane")) new Plane(box);
