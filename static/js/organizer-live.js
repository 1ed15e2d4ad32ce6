// Keeps a study's page fresh while a round is open or being counted: polls a small JSON, and fetches the page's own
// HTML only when that changed. Asks nothing while the tab is hidden or nothing can change. Without it: reload.
const EVERY = 4000;
const SLOWER = 30000;

const region = document.getElementById("live");
const status = document.getElementById("live-status");
let seen = null;
let failures = 0;
let timer = 0;

function later(milliseconds) {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(look, milliseconds);
}

async function look() {
  try {
    const answer = await fetch(region.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return; // signed out, or no longer allowed: a reload says so
    const progress = await answer.json();
    failures = 0;
    if (seen !== null && progress.version !== seen) await replace();
    seen = progress.version;
    if (progress.live) later(EVERY);
    else if (progress.round) later(SLOWER);
  } catch {
    failures += 1;
    later(Math.min(EVERY * 2 ** failures, 60000));
  }
}

async function replace() {
  const answer = await fetch(region.dataset.page);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("live");
  if (!fresh) return;
  const focused = region.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute("href") : "";
  region.replaceChildren(...fresh.childNodes);
  if (focused) (document.getElementById(focused) || region.querySelector(`a[href="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  status.textContent = document.getElementById("live-summary")?.textContent ?? "";
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else look();
});
look();
