// Keys: J and K walk a queue, Ctrl K finds, and letters reach what shows them.
// Single letters can be turned off in the account (data-keys="off" on <html>).
const WRITING = "input, textarea, select, [contenteditable]";

function walk(step) {
  const table = document.querySelector("[data-queue]");
  if (!table) return false;
  const links = [...table.querySelectorAll("[data-row]")];
  const here = links.indexOf(document.activeElement);
  const next = links[Math.max(0, Math.min(links.length - 1, here + step))];
  next?.focus({ focusVisible: true });
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

function reach(key) {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  // A decision is never taken by one key: a button is reached, a link is followed.
  if (found.matches("a")) found.click();
  else found.focus({ focusVisible: true });
  return true;
}

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    const find = document.querySelector("[data-find]");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && find) {
      event.preventDefault();
      return find.focus();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    if (event.target.matches?.(WRITING) || document.querySelector(":popover-open")) return;
    const key = event.key.toLowerCase();
    const done = key === "j" ? walk(1) : key === "k" ? walk(-1) : reach(key);
    if (done) event.preventDefault();
  });
}
