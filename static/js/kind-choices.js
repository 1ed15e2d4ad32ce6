// Choices: "none of these" and the options exclude each other, and how many are ticked is counted while it is done.
// Too many ticks are said, not prevented: whoever swaps one option for another may tick the new one first.

const boxesOf = (group) => [...group.querySelectorAll('input[type="checkbox"]')];
const isNone = (box) => box.value === "none";
const isTicked = (box) => box.checked;

function countTicks(group) {
  const count = boxesOf(group).filter((box) => box.checked && !isNone(box)).length;
  const over = group.dataset.most ? Math.max(0, count - Number(group.dataset.most)) : 0;
  const text = over ? group.dataset.textOver : group.dataset.textCount;
  return { count, over, text: text.replaceAll("{count}", count).replaceAll("{most}", group.dataset.most).replaceAll("{over}", over) };
}

function sayCount(group, note = "") {
  const { count, over, text } = countTicks(group);
  const line = group.querySelector(".choices__count");
  const words = [note, count ? text : ""].filter(Boolean).join(" ");
  line.dataset.over = over ? "yes" : "";
  if (line.textContent !== words) line.textContent = words;
}

function nameAnswer(group) {
  const said = boxesOf(group).filter(isTicked).map((box) => box.nextElementSibling.textContent.trim());
  group.closest(".item").dataset.words = said.join("; ");
}

// Runs before the form's own listener, so that what is saved has the others unticked already.
function exclude(group, box) {
  if (!box.checked) return "";
  const others = boxesOf(group).filter((other) => other.checked && isNone(other) !== isNone(box));
  for (const other of others) other.checked = false;
  if (!others.length) return "";
  return isNone(box) ? group.dataset.textNone : group.dataset.textSome;
}

for (const group of document.querySelectorAll(".choices")) {
  group.addEventListener("change", (event) => { sayCount(group, exclude(group, event.target)); nameAnswer(group); });
  group.closest(".item").addEventListener("delphi:filled", () => { sayCount(group); nameAnswer(group); });
  sayCount(group);
  nameAnswer(group);
}
