// The form of a question: its own buttons (one more option, up, down, what an earlier question can answer) without a reload.
// The server makes the new part as it does without this script; only that part is put in place, so nothing typed elsewhere moves.
const form = document.querySelector("[data-item-form]");
const LONGEST = 30;

function partOf(act, root) {
  return root.querySelector(`#part-${CSS.escape(act.split(":")[0])}`);
}

// The choice itself asks for what follows from it, so the button beside it is only for browsers without scripts.
function tidy(root) {
  for (const button of root.querySelectorAll("[data-plain]")) button.hidden = Boolean(button.parentElement.querySelector("[data-again]"));
  propose(root);
}

function sendWhole(act) {
  const given = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: act });
  form.append(given);
  form.dataset.sent = "";
  form.submit();
}

async function again(act, focused) {
  const part = partOf(act, form);
  if (!part) return sendWhole(act);
  const data = new FormData(form);
  data.set("do", act);
  part.inert = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && !answer.redirected ? partOf(act, page) : null;
    if (!fresh) return sendWhole(act);
    part.replaceWith(document.adoptNode(fresh));
    tidy(fresh);
    (fresh.querySelector("[autofocus]") ?? document.getElementById(focused) ?? fresh.querySelector(`button[value="${CSS.escape(act)}"]:enabled`) ?? fresh.querySelector("button:enabled"))?.focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  } catch {
    part.inert = false; // no connection: what was typed stays, and the button can be pressed again
  }
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="do"]');
  const act = button?.value ?? "";
  if (!act.includes(":") || act.startsWith("kind:")) return;
  event.preventDefault();
  again(act, button.id);
});

form?.addEventListener("change", (event) => {
  const act = event.target.dataset?.again;
  if (act) again(act, event.target.id);
});

// A code in grey, made of the text, for as long as none is written: what saving will fill in.
function codeFrom(text) {
  const words = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\w\s-]/g, "").split(/[\s_-]+/).filter((word) => /^[a-z0-9]+$/.test(word));
  let found = "";
  for (const word of words) {
    if (found && found.length + word.length >= LONGEST) break;
    found = found ? `${found}-${word}` : word.slice(0, LONGEST);
  }
  return found;
}

function propose(root) {
  for (const text of root.querySelectorAll("[data-text]")) {
    const code = text.closest(".entry")?.querySelector("[data-code]");
    if (code) code.placeholder = codeFrom(text.value);
  }
  const question = form.querySelector("[name^='text-']");
  const code = form.querySelector("#id_code");
  if (question && code && !code.value) code.placeholder = codeFrom(question.value);
}

form?.addEventListener("input", () => propose(form));
if (form) tidy(form);
