// The editor of an answer: saves itself, says the truth about it, and never loses a word.
import { Autosave } from "./autosave.mjs";
import { startTabs } from "./tabs.mjs";
import { startTools } from "./tools.mjs";

function countWords(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function startWords(form, area) {
  const said = form.querySelector("[data-words]");
  if (!said) return;
  const show = () => {
    const words = countWords(area.value);
    said.textContent = words === 1 ? "1 word" : `${words} words`;
  };
  area.addEventListener("input", show);
  show();
}

export function startEditors(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    const area = form.querySelector("[data-editor]");
    form.querySelectorAll("[data-js]").forEach((part) => {
      part.hidden = false;
    });
    startTabs(form);
    if (area) {
      startTools(form, area);
      startWords(form, area);
    }
    new Autosave(form, area).start();
  }
}
