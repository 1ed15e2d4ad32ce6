// Items that wait for the answer to another item of this page appear and disappear as that answer changes, also while the line is
// down. The server decides for itself what counts (surveys/items/conditions.py); here its rules are held against what is typed.

const { numberIn } = globalThis.delphi; // of expert-controls.js

const form = document.getElementById("questionnaire");
const said = document.getElementById("conditions-said");
const waiting = form && !form.dataset.closed ? [...form.querySelectorAll(".item[data-shown-if]")] : [];
const TYPING_PAUSE = 900;

// --- What an item's answer is, as its fields have it ---------------------------------------------------------------------

function fieldsOf(source) {
  const start = `i${source.dataset.item}-`;
  const checked = (name) => source.querySelector(`[name="${start}${name}"]:checked`);
  const decision = checked("decision")?.value;
  if (decision === "kept") return JSON.parse(source.dataset.before || "{}");
  if ((source.dataset.decides && decision !== "changed") || checked("cannot_judge")) return {};
  const found = {};
  for (const field of source.querySelectorAll(`[name="${start}value"], [name^="${start}value."]`)) {
    const isOff = (field.type === "radio" || field.type === "checkbox") && !field.checked;
    if (!isOff && field.value.trim()) found[field.name.slice(start.length + 6)] = field.value.trim();
  }
  return found;
}

function isSound([code, text], { decimals, limits }) {
  if (decimals === undefined) return true;
  const number = numberIn(text);
  const [low, high] = limits?.[code] ?? [null, null];
  const inside = number !== null && (low === null || number >= low) && (high === null || number <= high);
  return inside && Math.abs(number - Number(number.toFixed(decimals))) < 1e-9;
}

function rises(numbers, mayBeEqual) {
  return numbers.every((number, place) => place === 0 || number > numbers[place - 1] || (mayBeEqual && number === numbers[place - 1]));
}

function counts(fields, rules) {
  const numbers = (codes) => codes.map((code) => numberIn(fields[code]));
  const needed = numbers(rules.all ?? []);
  if (needed.includes(null) || (rules.distinct && new Set(needed).size < needed.length)) return false;
  if (rules.rising && !rises(numbers(rules.rising.codes), rules.rising.equal)) return false;
  if (rules.most !== undefined && Object.keys(fields).length > rules.most) return false;
  if (!Object.entries(fields).every((field) => isSound(field, rules))) return false;
  const sum = () => numbers(Object.keys(fields)).reduce((total, number) => total + number, 0);
  return rules.total === undefined || Math.abs(sum() - rules.total) < 1e-9;
}

// Do these fields of the source (component → text) make an answer that counts, and that is waited for?
export function passes(condition, fields) {
  if (!counts(fields, condition.rules)) return false;
  const text = fields[condition.component] ?? (condition.rules.total === undefined ? "" : "0"); // once the total is reached, empty is nothing
  const number = numberIn(text);
  if (!text || (condition.one_of && !condition.one_of.some((wanted) => wanted === text || (number !== null && numberIn(wanted) === number)))) return false;
  if (condition.at_least === undefined && condition.at_most === undefined) return true;
  return number !== null && number >= (condition.at_least ?? -Infinity) && number <= (condition.at_most ?? Infinity);
}

// --- Showing and hiding ----------------------------------------------------------------------------------------------

const questions = (items) => items.map((item) => item.querySelector(".item__question").textContent.trim()).join("; ");

function announce(appeared, gone) {
  const parts = [[appeared, said.dataset.textShown], [gone, said.dataset.textGone]];
  said.textContent = parts.filter(([items]) => items.length).map(([items, text]) => text.replace("{items}", questions(items))).join(" ");
}

// In the order of the page, so that an item which waits for a hidden one is hidden too. The focus stays where it is, and so does
// whatever is typed in an item that disappears.
function update() {
  const appeared = [];
  const gone = [];
  for (const item of waiting) {
    const condition = JSON.parse(item.dataset.shownIf);
    const source = form.querySelector(`.item[data-item="${condition.item}"]`);
    if (!source) continue; // asked in an earlier section, where the server has decided
    const isHidden = source.hidden || !passes(condition, fieldsOf(source));
    if (isHidden !== item.hidden) (isHidden ? gone : appeared).push(item);
    item.hidden = isHidden;
  }
  form.elements.not_seen.value = waiting.filter((item) => item.hidden).map((item) => item.dataset.item).join(" ");
  return [appeared, gone];
}

function follow() {
  const [appeared, gone] = update();
  if (appeared.length || gone.length) announce(appeared, gone);
}

let pause = null;

function soon() {
  clearTimeout(pause);
  pause = setTimeout(follow, TYPING_PAUSE); // a number is judged when it is typed, not digit by digit
}

if (waiting.length) {
  form.addEventListener("change", () => { clearTimeout(pause); follow(); });
  form.addEventListener("input", (event) => { if (!event.target.matches('[type="radio"], [type="checkbox"]')) soon(); });
  form.addEventListener("delphi:filled", follow, true);
  update();
}
