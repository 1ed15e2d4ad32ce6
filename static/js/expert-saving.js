// Every answer is saved by itself. What was typed is first written to this device, then sent; it leaves the device only when the
// server has acknowledged it. So a lost line, a closed lid or a lost session lose nothing, and a round that closed says so.
//
// An entry of the outbox: {payload, seen, sent, number, label, words, state}
//   seen    the revision of the answer that this page knew        sent   the payload of the last try, whose reply may be lost
//   number  counts the changes, to notice one made during a try   state  "" to be sent, "conflict", "refused", "closed" or "stored"

const form = document.getElementById("questionnaire");
const drafts = document.getElementById("kept-drafts");
const device = form?.dataset.device ?? drafts?.dataset.drafts;
const texts = form?.dataset ?? {};
const ROUND = form?.dataset.round;
const PREFIX = `delphi:${device}:`;
const TYPING_PAUSE = 900;
const CHOICE_PAUSE = 150;
const PATIENCE = 10000;
const LONGEST_BACKOFF = 60000;

// --- The outbox, in the device's own storage -------------------------------------------------------------------------

const memory = new Map(); // where the browser keeps nothing, this page at least does

function keep(key, entry) {
  memory.set(key, entry);
  try { localStorage.setItem(key, JSON.stringify(entry)); } catch { /* full or forbidden: memory has it */ }
}

function drop(key) {
  memory.delete(key);
  try { localStorage.removeItem(key); } catch { /* nothing to remove */ }
}

function keptEntry(key) {
  try {
    const text = localStorage.getItem(key);
    if (text) return JSON.parse(text);
  } catch { /* unreadable: fall back to memory */ }
  return memory.get(key) ?? null;
}

function keptKeys() {
  const keys = new Set(memory.keys());
  try {
    for (let place = 0; place < localStorage.length; place += 1) keys.add(localStorage.key(place));
  } catch { /* no storage */ }
  return [...keys].filter((key) => key.startsWith(PREFIX));
}

const keyOf = (item) => `${PREFIX}${ROUND}:${item}`;
const itemOf = (key) => key.split(":").at(-1);
const articleOf = (key) => form?.querySelector(`.item[data-item="${itemOf(key)}"]`) ?? null;
const waiting = () => keptKeys().filter((key) => !keptEntry(key)?.state);

// --- An item's fields ------------------------------------------------------------------------------------------------

function fieldOf(article, name) {
  return article.querySelector(`[name="i${article.dataset.item}-${name}"]`);
}

function readFields(article) {
  const start = `i${article.dataset.item}-`;
  const found = { value: {}, cannot_judge: false, decision: "", confidence: "", expertise: "" };
  for (const field of article.querySelectorAll("[name]")) {
    if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
    const name = field.name.slice(start.length);
    if (name === "value" || name.startsWith("value.")) found.value[name.slice(6)] = field.value;
    else if (name === "cannot_judge") found.cannot_judge = true;
    else if (name !== "revision") found[name] = field.value;
  }
  return found;
}

function writeFields(article, fields) {
  const start = `i${article.dataset.item}-`;
  const flat = { cannot_judge: fields.cannot_judge ? "yes" : "", decision: fields.decision, confidence: fields.confidence,
    expertise: fields.expertise, rationale: fields.rationale };
  for (const [code, text] of Object.entries({ "": "", ...fields.value })) flat[code ? `value.${code}` : "value"] = text;
  for (const field of article.querySelectorAll("[name]")) {
    const name = field.name.slice(start.length);
    const text = name.startsWith("value") ? flat[name] ?? "" : flat[name];
    if (text === undefined) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === text;
    else field.value = text ?? "";
  }
  article.dispatchEvent(new Event("delphi:filled"));
}

function sameFields(one, other) {
  if (!one || !other) return false;
  const given = (fields) => Object.entries(fields.value).filter(([, text]) => text !== "").sort();
  const essence = (fields) => JSON.stringify([fields.decision, (fields.rationale ?? "").trim(),
    fields.decision === "kept" || [given(fields), Boolean(fields.cannot_judge), fields.confidence, fields.expertise]]);
  return essence(one) === essence(other);
}

function inWords(article) {
  const fields = readFields(article);
  if (article.dataset.words && !fields.cannot_judge && fields.decision !== "kept") return article.dataset.words; // a kind of several numbers says it itself
  if (fields.decision === "kept") return article.querySelector(".you-said strong")?.textContent ?? "";
  const chosen = article.querySelector('.answer input[name*="-value"]:checked')?.closest("label");
  if (fields.cannot_judge) return fieldOf(article, "cannot_judge").closest("label").textContent.trim();
  const unit = article.querySelector(".answer .number__unit")?.textContent ?? "";
  const label = (chosen?.querySelector(".tile__label") ?? chosen?.querySelector("span"))?.textContent;
  const typed = fields.value[""] ? `${fields.value[""]} ${unit}`.trim() : "";
  return label ?? typed;
}

// --- What the page says ----------------------------------------------------------------------------------------------

const clock = (iso) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format(new Date(iso));

function say(element, state, text) {
  if (!element) return;
  element.dataset.state = state;
  if (element.textContent !== text) element.textContent = text;
}

const sayAt = (article, state, text) => say(article?.querySelector(".saved"), state, text);

function sayLine(text) {
  const line = document.getElementById("line");
  if (!line) return;
  line.hidden = !text;
  if (line.firstElementChild.textContent !== text) line.firstElementChild.textContent = text;
}

function sayOverall(savedAt) {
  const overall = document.getElementById("saved");
  if (waiting().length) say(overall, "waiting", texts.textWaiting);
  else if (savedAt) say(overall, "saved", texts.textAllSaved?.replace("{time}", clock(savedAt)));
}

function showProgress(reply) {
  const bar = document.getElementById("progress");
  if (!bar || !form || reply.total === undefined) return; // the study's own page sends what is left, and counts anew when it is opened
  const label = texts.textProgress.replace("{answered}", reply.answered).replace("{total}", reply.total);
  bar.querySelector(".progress__label").textContent = label;
  bar.querySelector("progress").setAttribute("aria-label", label);
  bar.querySelector("progress").value = reply.answered;
  bar.querySelector(".progress__note").textContent = reply.minutes ? texts.textMinutes.replace("{minutes}", reply.minutes) : "";
}

// --- A change on the page --------------------------------------------------------------------------------------------

const pauses = new Map(); // key → timer of a change that is still being typed

function noteChange(article, pause) {
  const key = keyOf(article.dataset.item);
  const before = keptEntry(key);
  keep(key, {
    payload: readFields(article), seen: before?.seen ?? Number(fieldOf(article, "revision").value), sent: before?.sent ?? null,
    number: (before?.number ?? 0) + 1, label: article.querySelector(".item__question").textContent.trim().slice(0, 160), words: inWords(article), state: "",
  });
  article.querySelector(".item__conflict").hidden = true;
  sayAt(article, "saving", texts.textSaving);
  clearTimeout(pauses.get(key));
  pauses.set(key, setTimeout(() => { pauses.delete(key); flush(); }, pause));
}

// Choosing "change" opens the scale. It becomes an answer when the scale says something else than before.
function onlyOpens(article, target) {
  if (target.name !== `i${article.dataset.item}-decision` || target.value !== "changed") return false;
  const fields = readFields(article);
  const given = (value) => JSON.stringify(Object.entries(value).filter(([, text]) => text !== "").sort());
  return !fields.cannot_judge && [given({}), given(JSON.parse(article.dataset.before || "{}"))].includes(given(fields.value));
}

function onChange(event) {
  const article = event.target.closest(".item[data-item]");
  if (!article || !event.target.name || texts.closed) return;
  const isTyped = event.target.matches('textarea, input:not([type="radio"], [type="checkbox"])');
  if (event.type === "input" && !isTyped) return;
  if (event.type === "change" && isTyped && !pauses.has(keyOf(article.dataset.item))) return;
  if (onlyOpens(article, event.target)) sayAt(article, "", texts.textChoose);
  else noteChange(article, isTyped && event.type === "input" ? TYPING_PAUSE : CHOICE_PAUSE);
}

// --- Sending ---------------------------------------------------------------------------------------------------------

const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]').value;
const address = (key) => `${form?.dataset.answers ?? drafts.dataset.answers}${itemOf(key)}/`;
let backoff = 0;
let retry = null;
let running = null;

function post(key, entry, keepalive) {
  return fetch(address(key), {
    method: "POST", keepalive, credentials: "same-origin", signal: keepalive ? undefined : AbortSignal.timeout(PATIENCE),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ ...entry.payload, seen_revision: entry.seen }),
  });
}

async function send(key) {
  const entry = keptEntry(key);
  if (!entry) return true;
  let response;
  let reply = {};
  try {
    response = await post(key, entry, false);
    reply = await response.json().catch(() => ({}));
  } catch {
    keep(key, { ...(keptEntry(key) ?? entry), sent: entry.payload });
    return standBy(key, texts.textLine);
  }
  if (response.ok) return acknowledged(key, entry, reply);
  const settle = { 409: conflicting, 410: tooLate, 422: refused, 400: refused, 404: refused }[response.status];
  if (settle) return settle(key, entry, reply);
  if (response.status === 401 || response.status === 403) return standBy(key, reply.reason ? reply.error : texts.textStale, false);
  return standBy(key, texts.textTrouble);
}

function standBy(key, text, again = true) {
  sayAt(articleOf(key), "waiting", texts.textWaiting);
  sayLine(text ?? "");
  sayOverall();
  clearTimeout(retry);
  if (again) {
    backoff = Math.min(LONGEST_BACKOFF, backoff ? backoff * 2 : 2000);
    retry = setTimeout(flush, backoff);
  }
  return false;
}

function acknowledged(key, entry, reply) {
  backoff = 0;
  sayLine("");
  const article = articleOf(key);
  if (article) fieldOf(article, "revision").value = reply.revision;
  const now = keptEntry(key);
  if (now && now.number !== entry.number) keep(key, { ...now, seen: reply.revision, sent: null });
  else {
    if (leaving) keep(key, { ...now ?? entry, sent: entry.payload, state: "stored", at: Date.now() });
    else drop(key);
    sayAt(article, "saved", savedText(entry, reply));
    say(article?.querySelector(".item__open"), "", reply.left_open ?? "");
    article?.classList.remove("item--wrong");
  }
  showProgress(reply);
  sayOverall(reply.saved_at);
  return true;
}

function savedText(entry, reply) {
  if (reply.revision) return texts.textSaved?.replace("{time}", clock(reply.saved_at));
  return entry.payload.rationale?.trim() ? texts.textReasonAlone : texts.textEmptied;
}

function conflicting(key, entry, reply) {
  const now = keptEntry(key) ?? entry;
  if (sameFields(entry.sent, reply.stored)) { // our own earlier try, whose reply was lost
    keep(key, { ...now, seen: reply.stored.revision, sent: null });
    return true;
  }
  keep(key, { ...now, state: "conflict" });
  const article = articleOf(key);
  if (article) showConflict(article, key, now, reply);
  return true;
}

function showConflict(article, key, entry, reply) {
  sayAt(article, "refused", reply.error);
  const place = article.querySelector(".item__conflict");
  const text = document.createElement("p");
  const words = (said) => said || texts.textNothing;
  text.textContent = texts.textConflict.replace("{other}", words(reply.stored.words)).replace("{mine}", words(entry.words));
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  buttons.append(conflictButton(texts.textTake, () => takeOther(article, key, reply.stored)),
    conflictButton(texts.textKeep, () => { keep(key, { ...keptEntry(key), seen: reply.stored.revision, state: "" }); place.hidden = true; flush(); }));
  place.className = "item__conflict notice notice--warn";
  place.setAttribute("role", "alert");
  place.replaceChildren(text, buttons);
  place.hidden = false;
}

function conflictButton(text, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button button--secondary", textContent: text });
  button.addEventListener("click", act);
  return button;
}

function takeOther(article, key, stored) {
  drop(key);
  writeFields(article, stored);
  fieldOf(article, "revision").value = stored.revision;
  article.querySelector(".item__conflict").hidden = true;
  sayAt(article, "saved", stored.saved_at ? texts.textSaved.replace("{time}", clock(stored.saved_at)) : texts.textEmptied);
  article.querySelector(".item__question").focus();
}

function refused(key, entry, reply) {
  const now = keptEntry(key) ?? entry;
  if (now.number !== entry.number) return true; // what was refused has been changed since: that is sent next
  keep(key, { ...now, state: "refused" });
  sayAt(articleOf(key), "refused", reply.error ?? "");
  return true;
}

function tooLate(key, entry, reply) {
  keep(key, { ...(keptEntry(key) ?? entry), state: "closed" });
  sayAt(articleOf(key), "refused", reply.error);
  sayLine(reply.error);
  showDrafts();
  return true;
}

function flush() {
  running ??= sendAll().finally(() => { running = null; });
  return running;
}

async function sendAll() {
  for (let key = nextKey(); key; key = nextKey()) if (!(await send(key))) return false;
  return true;
}

const nextKey = () => waiting().find((key) => !pauses.has(key));

function flushNow() {
  for (const [key, timer] of pauses) { clearTimeout(timer); pauses.delete(key); }
  return flush().then(() => flush());
}

// --- Leaving the page ------------------------------------------------------------------------------------------------

// The next page may have been made before the server took the last answers: they stay here for it to fill in, and to send again,
// which changes nothing. Where nothing comes of the leaving, they go.
let leaving = false;
function forgetStored(since = Infinity) {
  leaving = false;
  for (const key of keptKeys()) {
    const entry = keptEntry(key);
    if (entry?.state === "stored" && !(entry.at > since)) drop(key);
  }
}

function sendOnTheWayOut() {
  for (const key of waiting()) {
    const entry = keptEntry(key);
    keep(key, { ...entry, sent: entry.payload });
    post(key, entry, true).catch(() => { /* it is kept, and sent by the next page */ });
  }
}

// The page said that nothing changes until a new answer is chosen: a scale that was only opened sends no decision.
function closeUntouched() {
  for (const article of form.querySelectorAll(".item[data-decides]")) {
    const opened = article.querySelector('[name$="-decision"][value="changed"]:checked');
    if (opened && fieldOf(article, "revision").value === "0" && onlyOpens(article, opened)) opened.checked = false;
  }
}

// Forms that lead away wait until everything is saved; while the line is down the page stays, with what was typed.
function saveBefore(other) {
  other?.addEventListener("submit", async (event) => {
    if (other.dataset.ready) return;
    event.preventDefault();
    const button = event.submitter;
    await new Promise((next) => setTimeout(next)); // a form can't be sent again while its own submit event is still going round
    await flushNow();
    const open = form.querySelector(".item__conflict:not([hidden])");
    if (open) { open.scrollIntoView({ block: "center" }); open.querySelector("button").focus(); return; }
    if (waiting().length) { document.getElementById("line").scrollIntoView({ block: "center" }); return; }
    other.dataset.ready = "yes";
    closeUntouched();
    other.requestSubmit(button);
  });
}

// --- What was kept before --------------------------------------------------------------------------------------------

function restore() {
  forgetStored(Date.now() - 2 * PATIENCE);
  for (const key of keptKeys()) {
    const entry = keptEntry(key);
    const article = articleOf(key);
    if (!entry) continue;
    if (article && key === keyOf(article.dataset.item)) {
      writeFields(article, entry.payload);
      sayAt(article, "waiting", texts.textWaiting);
      keep(key, { ...entry, state: "" });
    } else if (entry.state === "refused" || entry.state === "conflict") keep(key, { ...entry, state: "" });
  }
}

// On the page where things stand: changes that came too late, to be read and removed.
function showDrafts() {
  if (!drafts) return;
  const late = keptKeys().map((key) => [key, keptEntry(key)]).filter(([, entry]) => entry?.state === "closed");
  drafts.hidden = late.length === 0;
  drafts.querySelector("ul").replaceChildren(...late.map(([, entry]) => {
    const line = document.createElement("li");
    line.textContent = `${entry.label} — ${[entry.words, entry.payload.rationale].filter(Boolean).join(" · ")}`;
    return line;
  }));
  drafts.querySelector("button").onclick = () => { late.forEach(([key]) => drop(key)); drafts.hidden = true; };
}

if (form && !texts.closed) {
  restore();
  form.addEventListener("input", onChange);
  form.addEventListener("change", onChange);
  for (const other of [form, document.getElementById("languages"), document.getElementById("leave")]) saveBefore(other);
  addEventListener("beforeunload", () => { leaving = true; setTimeout(() => forgetStored(), PATIENCE); });
  addEventListener("pagehide", sendOnTheWayOut);
}
addEventListener("online", () => { backoff = 0; flush(); });
addEventListener("offline", () => { if (waiting().length) sayLine(texts.textLine); });
showDrafts();
flush();
