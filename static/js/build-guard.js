// Typing on the builder's pages is never lost: it is kept in this browser until it is saved, offered back after a broken line or a
// closed window, and leaving a page with some of it unsaved asks first. Everything works without this; then leaving does not ask.
const state = document.querySelector("[data-draft-step]");
const form = document.querySelector("form[data-guard], form[data-unsaved]");
const PREFIX = `delphi:build:${state?.dataset.study}:`;
const key = PREFIX + location.pathname + location.search;
const APART = new Set(["csrfmiddlewaretoken", "seen", "do"]);
const PAUSE = 400;

// --- What is in a form, and what is kept of it -------------------------------------------------------------------------

function fieldsOf(given) {
  return [...new FormData(given)].filter(([name, value]) => !APART.has(name) && typeof value === "string");
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function kept(name = key) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null; // no storage, or not ours
  }
}

function keep(entry) {
  try {
    if (entry) sessionStorage.setItem(key, JSON.stringify(entry));
    else sessionStorage.removeItem(key);
  } catch { /* no storage: leaving still asks */ }
}

// What was sent from any page is saved as soon as the draft has gone on and nothing was refused.
function forgetSaved() {
  if (!state || "refused" in state.dataset) return;
  try {
    for (const name of Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX))) {
      const entry = kept(name);
      if (entry?.sent && entry.step !== state.dataset.draftStep) sessionStorage.removeItem(name);
    }
  } catch { /* no storage, nothing kept */ }
}

// --- Following the form --------------------------------------------------------------------------------------------

let start = [];
let isDirty = false;
let pause = null;

function follow() {
  clearTimeout(pause);
  pause = null;
  const now = fieldsOf(form);
  isDirty = !same(now, start);
  keep(isDirty ? { start, fields: now, step: state.dataset.draftStep, at: Date.now() } : null);
}

function leave(event) {
  if (pause) follow();
  if (!isDirty || "sent" in form.dataset) return;
  event.preventDefault();
}

// --- Bringing typing back --------------------------------------------------------------------------------------------

// A question's form has as many fields as it has options: the server makes them anew from what was typed, and saves nothing.
function askServer(fields) {
  for (const field of [...form.elements]) if (field.name && !APART.has(field.name)) field.disabled = true;
  for (const [name, value] of [...fields, ["do", "kept:"]]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  form.dataset.sent = "";
  form.submit();
}

function fill(fields) {
  const values = (name) => fields.filter(([one]) => one === name).map(([, value]) => value);
  for (const field of form.elements) {
    if (!field.name || APART.has(field.name) || field.type === "file" || field.type === "submit") continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values(field.name).includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values(field.name).includes(option.value);
    else field.value = values(field.name)[0] ?? "";
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function offer(entry) {
  const notice = document.getElementById("typing-kept");
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format(new Date(entry.at));
  notice.querySelector("[data-text]").textContent = notice.dataset.words.replace("{time}", time);
  notice.hidden = false;
  notice.querySelector("[data-back]").addEventListener("click", () => {
    notice.hidden = true;
    if ("itemForm" in form.dataset) askServer(entry.fields);
    else fill(entry.fields);
  });
  notice.querySelector("[data-forget]").addEventListener("click", () => { notice.hidden = true; keep(null); });
}

function begin() {
  const now = fieldsOf(form);
  const entry = kept();
  start = entry && (same(entry.fields, now) || "refused" in state.dataset) ? entry.start : now;
  isDirty = !same(now, start);
  if (entry && !isDirty) offer(entry);
  form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(follow, PAUSE); });
  form.addEventListener("submit", () => {
    follow();
    form.dataset.sent = "";
    const held = kept();
    if (held) keep({ ...held, sent: true });
  });
  addEventListener("beforeunload", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) delete form.dataset.sent; });
}

forgetSaved();
if (form && state) begin();
