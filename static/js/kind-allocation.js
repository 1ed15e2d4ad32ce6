// Allocation: buttons and a thin bar for each option, what is left of the total, and sharing out the rest. The fields stay what the
// form sends. Numbers are whole counts of the smallest unit here, so that tenths add up. Too much is said, never prevented.

const { numberIn } = globalThis.delphi; // of expert-controls.js

const PAUSE = 900; // what is left is read out when the typing rests

const put = (text, values) => text.replaceAll(/\{(\w+)\}/g, (gap, name) => (name in values ? values[name] : gap));

function button(className, text, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className, textContent: text });
  made.addEventListener("click", act);
  return made;
}

// --- Numbers ---------------------------------------------------------------------------------------------------------

// null: empty, or nothing that the server would take.
function unitsIn(board, field) {
  const number = numberIn(field.value);
  const units = (number ?? 0) * board.scale;
  return number === null || units < 0 || Math.abs(units - Math.round(units)) > 1e-6 ? null : Math.round(units);
}

const written = (board, units) => String(Number((units / board.scale).toFixed(board.decimals)));
const inWords = (board, units) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: board.decimals }).format(units / board.scale);
const givenOut = (board) => board.parts.reduce((sum, { field }) => sum + (unitsIn(board, field) ?? 0), 0);

// --- What the page says ----------------------------------------------------------------------------------------------

function balance(board) {
  const given = givenOut(board);
  const left = board.total - given;
  const text = left > 0 ? board.texts.textLeft : left < 0 ? board.texts.textOver : board.texts.textDone;
  return { left, words: put(text, { left: inWords(board, left), over: inWords(board, -left), given: inWords(board, given), total: inWords(board, board.total) }) };
}

function show(board) {
  const { left, words } = balance(board);
  for (const part of board.parts) showPart(board, part);
  board.line.textContent = words;
  board.line.dataset.over = left < 0 ? "yes" : "";
  board.share.textContent = board.undo ? board.texts.textUndo : board.texts.textShare;
  board.share.setAttribute("aria-disabled", String(left <= 0 && !board.undo));
  board.before.hidden = !board.earlier || board.parts.some(({ field }) => field.value.trim() !== "");
  board.article.dataset.words = board.parts.filter(({ field }) => field.value.trim()).map(({ field, name }) => `${name} ${field.value.trim()}`).join(" · ");
}

function showPart(board, { field, bar, less }) {
  const units = unitsIn(board, field);
  bar.setAttribute("width", `${Math.min(100, (100 * (units ?? 0)) / board.total)}%`);
  less.setAttribute("aria-disabled", String(!units));
}

function announce(board, note = "") {
  clearTimeout(board.pause);
  board.pause = setTimeout(() => { board.status.textContent = [note, balance(board).words].filter(Boolean).join(". "); }, PAUSE);
}

// --- What one can do -------------------------------------------------------------------------------------------------

function write(board, field, units) {
  field.value = units === null ? "" : written(board, units);
}

const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// A step up ends at the total where it would pass it; once all is given out it goes on, for who takes away elsewhere afterwards.
function step(board, { field, name }, direction) {
  const units = unitsIn(board, field) ?? 0;
  const left = balance(board).left;
  const by = direction > 0 && left > 0 ? Math.min(board.step, left) : board.step;
  const next = Math.min(board.total, Math.max(0, units + direction * by));
  if (next === units && field.value.trim() !== "" || direction < 0 && units === 0) return;
  write(board, field, next);
  tell(field);
  announce(board, put(board.texts.textNow, { option: name, points: inWords(board, next) }));
}

// The rest goes to the options that have none yet; where all have some, to all. What can't be divided goes to the first of them.
function shareRest(board) {
  const { left } = balance(board);
  if (left <= 0) return;
  const before = board.parts.map(({ field }) => field.value);
  const empty = board.parts.filter(({ field }) => field.value.trim() === "");
  const takers = empty.length ? empty : board.parts.filter(({ field }) => unitsIn(board, field) !== null);
  const [each, over] = [Math.floor(left / takers.length), left % takers.length];
  takers.forEach(({ field }, place) => write(board, field, (unitsIn(board, field) ?? 0) + each + (place < over ? 1 : 0)));
  finish(board, before, board.texts.textShared);
}

function takeBack(board) {
  board.parts.forEach(({ field }, place) => { field.value = board.undo[place]; });
  finish(board, null, board.texts.textUndone);
}

function startFromBefore(board) {
  for (const { field, code } of board.parts) field.value = board.earlier[code] ?? "";
  finish(board, null, board.texts.textStarted);
  board.parts[0].field.focus();
}

function finish(board, undo, note) {
  tell((board.parts.find(({ field }) => field.value.trim() !== "") ?? board.parts[0]).field);
  board.undo = undo;
  show(board);
  announce(board, note.replace(/[.。]$/, ""));
}

// --- Setting up ------------------------------------------------------------------------------------------------------

function setUpPart(board, row) {
  const field = row.querySelector("input");
  const name = row.querySelector(".allocation__label").firstChild.textContent.trim();
  const part = { field, name, code: row.dataset.code, bar: row.querySelector(".allocation__part") };
  const make = (sign, text, direction) => {
    const made = button("button button--secondary allocation__step", sign, () => step(board, part, direction));
    made.setAttribute("aria-label", put(text, { option: name }));
    return made;
  };
  part.less = make("−", board.texts.textLess, -1);
  field.before(part.less);
  field.after(make("+", board.texts.textMore, 1));
  field.addEventListener("keydown", (event) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!direction) return;
    event.preventDefault();
    step(board, part, direction);
  });
  return part;
}

function setUp(root) {
  const article = root.closest(".item");
  const earlier = JSON.parse(article.dataset.before || "{}");
  const decimals = Number(root.dataset.decimals);
  const scale = 10 ** decimals;
  const board = { article, texts: root.dataset, decimals, scale, undo: null, pause: null, earlier: Object.keys(earlier).length ? earlier : null,
    total: Math.round(Number(root.dataset.total) * scale), step: Math.round(Number(root.dataset.step) * scale) };
  board.parts = [...root.querySelectorAll(".allocation__row")].map((row) => setUpPart(board, row));
  board.line = Object.assign(document.createElement("p"), { className: "allocation__left" });
  board.status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  board.status.setAttribute("role", "status");
  board.share = button("button button--secondary", "", () => (board.undo ? takeBack(board) : shareRest(board)));
  board.before = button("button button--secondary", board.texts.textBefore, () => startFromBefore(board));
  const foot = Object.assign(document.createElement("div"), { className: "allocation__foot" });
  foot.append(board.line, board.before, board.share);
  root.append(foot, board.status);
  root.classList.add("allocation--ready");
  root.addEventListener("input", () => { board.undo = null; show(board); announce(board); });
  article.addEventListener("delphi:filled", () => { board.undo = null; show(board); });
  show(board);
}

document.querySelectorAll(".allocation").forEach(setUp);
