// Ranking: the position fields become a list that is put in order. One press gives an option the next free position; buttons, the
// position field and dragging move it. The fields stay what the form sends: everything here writes them and says so to the form.
//
// slots: what stands at each position, first to last; "" where a position is free.

const put = (text, values) => text.replaceAll(/\{(\w+)\}/g, (gap, name) => (name in values ? values[name] : gap));

function button(className, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className });
  made.addEventListener("click", act);
  return made;
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  Object.assign(made, { className, textContent: text });
  return made;
}

// --- Orders ----------------------------------------------------------------------------------------------------------

// The free position that makes room: looking from the wanted one towards the place just left, else down the list, else up.
function freeFrom(slots, wanted, from) {
  const down = slots.indexOf("", wanted);
  const up = slots.lastIndexOf("", wanted);
  if (from >= 0) return from > wanted ? down : up;
  return down >= 0 ? down : up;
}

// The option at its wanted position; those in the way move on by one, as far as the nearest free position.
function placed(slots, code, wanted) {
  const next = [...slots];
  const from = next.indexOf(code);
  if (from >= 0) next[from] = "";
  const free = freeFrom(next, wanted, from);
  const step = Math.sign(wanted - free);
  for (let place = free; place !== wanted; place += step) next[place] = next[place + step];
  next[wanted] = code;
  return next;
}

const without = (slots, code) => slots.map((there) => (there === code ? "" : there));

// --- The list ----------------------------------------------------------------------------------------------------------

// A position that two fields claim belongs to the first of them; the server takes no such answer.
function readSlots(ranking) {
  const slots = Array(ranking.rows.size).fill("");
  for (const [code, row] of ranking.rows) {
    const place = Number(row.select.value) - 1;
    if (slots[place] === "") slots[place] = code;
    else row.select.value = "";
  }
  return slots;
}

function arrange(list, nodes) {
  nodes.forEach((node, place) => { if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null); });
  while (list.children.length > nodes.length) list.lastElementChild.remove();
}

function gap(ranking, place) {
  const line = element("li", "ranking__gap");
  line.append(element("span", "ranking__free-number", String(place + 1)), element("span", "", ranking.texts.textFree));
  return line;
}

function showRow(ranking, code, place) {
  const { row, up, down, toggle, name } = ranking.rows.get(code);
  const isRanked = place >= 0;
  for (const [move, atEnd] of [[up, 0], [down, ranking.slots.length - 1]]) {
    move.hidden = !isRanked;
    move.setAttribute("aria-disabled", String(place === atEnd));
  }
  row.classList.toggle("ranking__row--ranked", isRanked);
  toggle.classList.toggle("button--plain", isRanked);
  toggle.textContent = isRanked ? ranking.texts.textOut : ranking.texts.textNext;
  toggle.setAttribute("aria-label", put(isRanked ? ranking.texts.textOutOption : ranking.texts.textNextOption, { option: name }));
}

// Free positions are shown as far as the last one taken, and the next one after it.
function show(ranking) {
  const { slots, rows, order, rest } = ranking;
  const focused = document.activeElement;
  for (const code of rows.keys()) showRow(ranking, code, slots.indexOf(code));
  const last = slots.findLastIndex((code) => code !== "");
  const shown = slots.slice(0, last + 2);
  arrange(order, shown.map((code, place) => (code ? rows.get(code).row : gap(ranking, place))));
  const left = [...rows].filter(([code]) => !slots.includes(code)).map(([, row]) => row.row);
  arrange(rest, left);
  rest.hidden = left.length === 0;
  if (ranking.root.contains(focused) && focused !== document.activeElement) focused.focus({ preventScroll: true });
  showFoot(ranking);
  ranking.article.dataset.words = slots.flatMap((code, place) => (code ? [`${place + 1}. ${rows.get(code).name}`] : [])).join(" · ");
}

function showFoot({ slots, undo, clear, before, earlier, texts }) {
  const isEmpty = slots.every((code) => code === "");
  clear.textContent = isEmpty && undo ? texts.textBack : texts.textClear;
  clear.hidden = isEmpty && !undo;
  before.hidden = !isEmpty || !earlier;
}

function announce(ranking, words) {
  ranking.status.textContent = words;
}

const placeInWords = (ranking, code) => put(ranking.texts.textNow, {
  option: ranking.rows.get(code).name, position: ranking.slots.indexOf(code) + 1, total: ranking.slots.length });

// Everything that changes the order comes through here.
function commit(ranking, slots, words, undo = null) {
  Object.assign(ranking, { slots, undo });
  for (const [code, { select }] of ranking.rows) select.value = slots.includes(code) ? String(slots.indexOf(code) + 1) : "";
  show(ranking);
  announce(ranking, words());
  const field = [...ranking.rows.values()].find(({ select }) => select.value)?.select ?? ranking.root.querySelector("select");
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

function move(ranking, code, wanted) {
  if (wanted < 0 || wanted >= ranking.slots.length) announce(ranking, placeInWords(ranking, code));
  else commit(ranking, placed(ranking.slots, code, wanted), () => placeInWords(ranking, code));
  ranking.rows.get(code).row.scrollIntoView({ block: "nearest" });
}

function takeOut(ranking, code) {
  commit(ranking, without(ranking.slots, code), () => put(ranking.texts.textTaken, { option: ranking.rows.get(code).name }));
}

function putOrTakeOut(ranking, code) {
  if (ranking.slots.includes(code)) takeOut(ranking, code);
  else move(ranking, code, ranking.slots.indexOf(""));
}

function followField(ranking, code) {
  const wanted = Number(ranking.rows.get(code).select.value) - 1;
  if (wanted === ranking.slots.indexOf(code)) return;
  if (wanted < 0) takeOut(ranking, code);
  else move(ranking, code, wanted);
}

function clearOrRestore(ranking) {
  const { slots, undo, texts } = ranking;
  if (undo) commit(ranking, undo, () => texts.textBrought);
  else commit(ranking, slots.map(() => ""), () => texts.textCleared, slots);
}

function startFromBefore(ranking) {
  for (const [code, { select }] of ranking.rows) select.value = ranking.earlier[code] ?? "";
  commit(ranking, readSlots(ranking), () => ranking.texts.textStarted);
  ranking.clear.focus();
}

// --- Dragging, for those who like it ---------------------------------------------------------------------------------

const EDGE = 64; // px from the window's edge at which the page moves along

function lift(ranking, code, event) {
  if (event.button !== 0) return;
  const row = ranking.rows.get(code).row;
  const spot = (node) => ({ node, top: node.getBoundingClientRect().top + scrollY, bottom: node.getBoundingClientRect().bottom + scrollY });
  const drag = { from: event.clientY + scrollY, spots: [...ranking.order.children].map(spot), rest: spot(ranking.rest), target: null };
  const follow = (moved) => carry(ranking, row, drag, moved);
  const end = (ended) => { handle.removeEventListener("pointermove", follow); drop(ranking, code, row, drag, ended.type === "pointerup"); };
  const handle = event.currentTarget;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener("pointermove", follow);
  for (const kind of ["pointerup", "pointercancel"]) handle.addEventListener(kind, end, { once: true });
}

function carry(ranking, row, drag, event) {
  if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
  if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
  const at = event.clientY + scrollY;
  row.classList.add("ranking__row--lifted");
  row.style.transform = `translateY(${at - drag.from}px)`;
  mark(drag, targetAt(ranking, drag, at));
}

function targetAt(ranking, { spots, rest }, at) {
  if (!ranking.rest.hidden && at > rest.top) return rest.node;
  return (spots.find(({ bottom }) => at <= bottom) ?? spots.at(-1)).node;
}

function mark(drag, target) {
  drag.target?.classList.remove("ranking__target");
  drag.target = target;
  target?.classList.add("ranking__target");
}

function drop(ranking, code, row, drag, isMeant) {
  const { target } = drag;
  mark(drag, null);
  row.classList.remove("ranking__row--lifted");
  row.style.transform = "";
  if (!target || !isMeant) return;
  const wanted = drag.spots.findIndex(({ node }) => node === target);
  if (wanted >= 0 && wanted !== ranking.slots.indexOf(code)) move(ranking, code, wanted);
  if (wanted < 0 && ranking.slots.includes(code)) takeOut(ranking, code);
}

// --- Setting up ------------------------------------------------------------------------------------------------------

function setUpRow(ranking, row) {
  const { code } = row.dataset;
  const select = row.querySelector("select");
  const name = row.querySelector(".ranking__label").firstChild.textContent.trim();
  const step = (by) => () => move(ranking, code, ranking.slots.indexOf(code) + by);
  const [up, down] = [button("button button--secondary ranking__move", step(-1)), button("button button--secondary ranking__move", step(1))];
  const toggle = button("button button--secondary ranking__toggle", () => putOrTakeOut(ranking, code));
  for (const [mover, sign, text] of [[up, "↑", ranking.texts.textUp], [down, "↓", ranking.texts.textDown]]) {
    mover.textContent = sign;
    mover.setAttribute("aria-label", put(text, { option: name }));
  }
  const handle = element("span", "ranking__handle");
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("pointerdown", (event) => lift(ranking, code, event));
  const buttons = element("span", "ranking__buttons");
  buttons.append(up, down, toggle);
  row.prepend(handle);
  row.append(buttons);
  select.addEventListener("change", () => followField(ranking, code));
  ranking.rows.set(code, { row, select, name, up, down, toggle });
}

function earlierOrder(article) {
  const before = JSON.parse(article.dataset.before || "{}");
  return Object.keys(before).length ? before : null;
}

function setUp(root) {
  const article = root.closest(".item");
  const ranking = { root, article, texts: root.dataset, rows: new Map(), undo: null, earlier: earlierOrder(article),
    order: element("ol", "ranking__list ranking__order"), rest: root.querySelector(".ranking__rest"), status: element("p", "visually-hidden") };
  ranking.clear = button("button button--plain", () => clearOrRestore(ranking));
  ranking.before = button("button button--secondary", () => startFromBefore(ranking));
  ranking.before.textContent = ranking.texts.textBefore;
  ranking.order.setAttribute("aria-label", ranking.texts.textRanked);
  ranking.status.setAttribute("role", "status");
  for (const row of [...ranking.rest.children]) setUpRow(ranking, row);
  const foot = element("div", "ranking__foot");
  foot.append(ranking.before, ranking.clear);
  ranking.rest.before(ranking.order);
  root.append(foot, ranking.status);
  root.classList.add("ranking--ready");
  const readAnew = () => { Object.assign(ranking, { slots: readSlots(ranking), undo: null }); show(ranking); };
  article.addEventListener("delphi:filled", readAnew);
  readAnew();
}

document.querySelectorAll(".ranking").forEach(setUp);
