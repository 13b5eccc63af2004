// Every enhancement of the portal. Each works on what is there, and the page works without.
import { startBoard } from "./board.mjs";
import { startDates } from "./dates.mjs";
import { startEditors } from "./editor.mjs";
import { startForms } from "./forms.mjs";
import { startKeys } from "./keys.mjs";
import { startMenus } from "./menus.mjs";
import { startRail } from "./rail.mjs";
import { startTheme } from "./theme.mjs";

document.documentElement.classList.add("js");
startTheme();
startMenus();
startRail();
startDates();
startKeys();
startBoard();

const enhance = (root) => {
  startForms(root);
  startEditors(root);
};
enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) enhance(event.detail.elt);
});
