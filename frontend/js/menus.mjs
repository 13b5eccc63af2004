// Menus made of <details>: one open at a time, shut by Escape or a press elsewhere.
const open = () => document.querySelectorAll("details.chip-menu[open]");

export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
    const copy = event.target.closest("[data-copy]");
    if (copy) copyAddress(copy, event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

function copyAddress(link, event) {
  if (!navigator.clipboard) return;
  event.preventDefault();
  navigator.clipboard.writeText(link.href).then(() => {
    const words = link.querySelector("span");
    words.textContent = "Address copied";
  });
}
