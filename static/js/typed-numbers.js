// A number as people type it, read as the server reads it (surveys/items/base.read_number): wide signs count as their narrow ones,
// spaces go, a comma is the decimal sign where there is no point. But 1,000 is a thousand to some and one to others: it is none.

const THOUSANDS = /^[+-]?(?!0+,)\d{1,3},\d{3}$/;
const narrow = (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);

// null: empty, or nothing that the server would take.
export function numberIn(text) {
  const tidy = (text ?? "").replace(/[\uff01-\uff5e]/g, narrow).replaceAll("\u2212", "-").replace(/\s/g, "").replace(/%$/, "");
  if (THOUSANDS.test(tidy)) return null;
  const pointed = tidy.includes(".") ? tidy : tidy.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(pointed) ? Number(pointed) : null;
}
