// What happens inside the page of an expert: times in the reader's own zone, sliders that start empty, reasons asked for
// outside the middle half. Everything here adds to a form that works without it. Saving is expert-saving.js.

const language = document.documentElement.lang;

// --- Times ---------------------------------------------------------------------------------------------------------

function showLocalTimes() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const time of document.querySelectorAll('time[data-local="time"]')) {
    time.textContent = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(new Date(time.dateTime));
  }
  for (const time of document.querySelectorAll('time[data-local="moment"]')) {
    if (time.dataset.zone === zone) continue;
    const own = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(time.dateTime));
    const words = time.dataset.text.replace("{time}", own).replace("{zone}", zone);
    time.closest(".moment").append(` · ${words}`);
  }
}

// --- Numbers ---------------------------------------------------------------------------------------------------------

// A number as people type it, read as the server reads it (surveys/items/base.read_number): wide signs count as their narrow ones,
// spaces go, a comma is the decimal sign where there is no point. But 1,000 is a thousand to some and one to others: it is none.

const THOUSANDS = /^[+-]?(?!0+,)\d{1,3},\d{3}$/;
const narrow = (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);

// null: empty, or nothing that the server would take.
function numberIn(text) {
  const tidy = (text ?? "").replace(/[\uff01-\uff5e]/g, narrow).replaceAll("\u2212", "-").replace(/\s/g, "").replace(/%$/, "");
  if (THOUSANDS.test(tidy)) return null;
  const pointed = tidy.includes(".") ? tidy : tidy.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(pointed) ? Number(pointed) : null;
}

globalThis.delphi = { numberIn }; // for the scripts of single kinds, which are loaded after this one

// --- Sliders: a helper of the number field, empty until it is touched -------------------------------------------------

function followField(slider) {
  const number = numberIn(document.getElementById(slider.dataset.for).value);
  slider.classList.toggle("slider--empty", number === null);
  if (number !== null) slider.value = String(number);
  slider.setAttribute("aria-valuetext", number === null ? slider.dataset.empty : `${number} %`);
}

function writeField(slider) {
  const field = document.getElementById(slider.dataset.for);
  field.value = slider.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function setUpSliders() {
  for (const slider of document.querySelectorAll(".slider[data-for]")) {
    const field = document.getElementById(slider.dataset.for);
    slider.addEventListener("input", (event) => { event.stopPropagation(); writeField(slider); });
    slider.addEventListener("change", (event) => event.stopPropagation());
    // A click on the very middle changes nothing, so the browser sends no input event.
    slider.addEventListener("click", () => { if (slider.classList.contains("slider--empty")) writeField(slider); });
    field.addEventListener("input", () => followField(slider));
    followField(slider);
  }
}

// --- Items -----------------------------------------------------------------------------------------------------------

function chosenValue(item) {
  const decision = item.querySelector('input[name$="-decision"]:checked')?.value;
  if (decision === "kept") return numberIn(JSON.parse(item.dataset.before || "{}")[""] ?? "");
  if (item.querySelector('input[name$="-cannot_judge"]:checked')) return null;
  if (item.dataset.decides && decision !== "changed") return null;
  const field = item.querySelector('input[name$="-value"][type="radio"]:checked, input[name$="-value"]:not([type="radio"])');
  return field ? numberIn(field.value) : null;
}

// The sentence says where the answer lies and asks for a reason; it does not say that anything is wrong.
function askOutsideMiddle(item) {
  if (!item.dataset.low) return;
  const reason = item.querySelector(".item__reason");
  const value = chosenValue(item);
  const isOutside = value !== null && (value < Number(item.dataset.low) || value > Number(item.dataset.high));
  reason.querySelector(".item__outside").hidden = !isOutside;
  reason.hidden = !isOutside && reason.querySelector("textarea").value === "";
}

// A value that is given after all takes "cannot judge" back.
function takeBackCannotJudge(event) {
  const item = event.target.closest(".item");
  if (!item || !/-value(\.|$)/.test(event.target.name || "")) return;
  const box = item.querySelector('input[name$="-cannot_judge"]');
  if (box && event.target.value !== "") box.checked = false;
}

function setUpItems() {
  const form = document.getElementById("questionnaire");
  if (!form) return;
  form.addEventListener("input", takeBackCannotJudge, true);
  for (const item of form.querySelectorAll(".item[data-item]")) {
    for (const kind of ["input", "change", "delphi:filled"]) item.addEventListener(kind, () => askOutsideMiddle(item));
    item.addEventListener("delphi:filled", () => item.querySelectorAll(".slider[data-for]").forEach(followField));
    askOutsideMiddle(item);
  }
}

// The questions of a page with mistakes begin at their list.
function goToProblems() {
  document.getElementById("problems")?.focus();
}

// Whoever leaves on this device leaves nothing on it.
function forgetDevice() {
  const key = document.getElementById("forget")?.dataset.forget;
  if (!key) return;
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(`delphi:${key}:`)) localStorage.removeItem(name);
  } catch { /* no storage, nothing kept */ }
}

showLocalTimes();
setUpSliders();
setUpItems();
goToProblems();
forgetDevice();
