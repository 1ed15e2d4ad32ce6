// Grids: "Fill the row" for the hurried, and the answer in short words. The table itself works without this file.
// A cell's field is a list (select) or a group of radio buttons; `readCell` and `writeCell` know both.

const JUDGE = "cannot_judge";
const cellsOf = (row) => [...row.querySelectorAll("td")];

function readCell(cell) {
  return cell.querySelector("select")?.value ?? cell.querySelector("input:checked")?.value ?? "";
}

function writeCell(cell, value) {
  const list = cell.querySelector("select");
  if (list) list.value = value;
  for (const field of cell.querySelectorAll("input")) field.checked = field.value === value;
}

// The answers of a cell as [value, its name]: "4 Contribute".
function answersOf(cell) {
  const options = [...cell.querySelectorAll("option")].filter((option) => option.value);
  if (options.length) return options.map((option) => [option.value, option.text.split(" · ")[0]]);
  return [...cell.querySelectorAll("label")].map((label) => {
    const value = label.querySelector("input").value;
    return [value, [value === JUDGE ? "" : value, label.querySelector("i")?.textContent].filter(Boolean).join(" ")];
  });
}

function countCells(grid) {
  const cells = [...grid.querySelectorAll("tbody td")];
  const answered = cells.filter(readCell).length;
  grid.closest(".item").dataset.words = answered ? grid.dataset.textWords.replace("{answered}", answered).replace("{total}", cells.length) : "";
}

function button(text, act, name) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick: act });
  if (name && name !== text) made.setAttribute("aria-label", name);
  return made;
}

// Written fields are told to the page once: "input" takes a "cannot judge" of the whole item back, "change" saves.
function tell(row, kinds) {
  for (const kind of kinds) row.querySelector("td [name]").dispatchEvent(new Event(kind, { bubbles: true }));
}

function setUpRow(grid, row) {
  const texts = grid.dataset;
  const name = row.querySelector("th > span").firstChild.textContent.trim();
  const wholeBox = () => grid.closest(".item").querySelector('input[name$="-cannot_judge"]');
  const box = Object.assign(document.createElement("div"), { className: "grid__fill", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "grid__said", role: "status" });
  const undo = button(texts.textUndo, takeBack, `${texts.textUndo}: ${name}`);
  const opener = button(texts.textFill, () => show(box.hidden), `${texts.textFill}: ${name}`);
  let before = null;
  let isOurs = false;

  function show(open) {
    box.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  }

  function write(values, kinds) {
    isOurs = true;
    cellsOf(row).forEach((cell, place) => writeCell(cell, values[place]));
    tell(row, kinds);
    isOurs = false;
  }

  function put(value, answer) {
    const present = cellsOf(row).map(readCell);
    const touched = present.filter((one) => Boolean(one) === !value).length;
    if (!touched) { said.textContent = value ? texts.textFull : ""; return; }
    before = { values: present, cannotJudge: wholeBox()?.checked };
    write(present.map((one) => (value ? one || value : "")), value ? ["input", "change"] : ["change"]);
    said.textContent = (value ? texts.textFilled : texts.textCleared).replace("{count}", touched).replace("{answer}", answer);
    show(false);
    undo.hidden = false;
    undo.focus();
  }

  function takeBack() {
    if (wholeBox()) wholeBox().checked = before.cannotJudge;
    write(before.values, ["change"]);
    said.textContent = texts.textUndone;
    undo.hidden = true;
    opener.focus();
  }

  function forget() {
    if (isOurs) return;
    undo.hidden = true;
    said.textContent = "";
  }

  const choices = answersOf(cellsOf(row)[0]).map(([value, answer]) => button(value === JUDGE ? answer : value, () => put(value, answer), answer));
  const prompt = Object.assign(document.createElement("p"), { textContent: texts.textWith.replace("{row}", name) });
  const clear = Object.assign(button(texts.textClear, () => put("", "")), { className: "grid__clear" });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", prompt.textContent);
  box.append(prompt, ...choices, clear);
  opener.className = "grid__opener";
  undo.className = "grid__undo";
  undo.hidden = true;
  show(false);
  row.querySelector("th").append(opener, said, undo, box);
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") { show(false); opener.focus(); } });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !event.relatedTarget.closest("th")?.contains(box)) show(false); });
  document.addEventListener("click", (event) => { if (!box.hidden && !event.target.closest("th")?.contains(box)) show(false); });
  row.addEventListener("change", forget);
  grid.closest(".item").addEventListener("delphi:filled", forget);
}

for (const grid of document.querySelectorAll(".grid")) {
  for (const row of grid.querySelectorAll("tbody tr")) setUpRow(grid, row);
  for (const kind of ["change", "delphi:filled"]) grid.closest(".item").addEventListener(kind, () => countCells(grid));
  countCells(grid);
}
