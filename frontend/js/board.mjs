// The wave board: a card is dragged by mouse, or picked up and moved by keys. Dropping presses the
// button that the card carries for that column, so that script and plain form do the same.
const columns = (board) => [...board.querySelectorAll("[data-column]")];
const nameOf = (card) => card.querySelector("[data-grip]").textContent.replace(/^Move /, "");

let held = null; // {card, columns, at, from}

function say(board, text) {
  board.querySelector("[data-board-says]").textContent = text;
}

function mark(board, column) {
  for (const each of columns(board)) each.classList.toggle("drop-here", each === column);
}

function describe(column) {
  return `${column.getAttribute("aria-label")}. ${column.dataset.said}`;
}

function drop(board, card, column) {
  const button = card.querySelector(`[data-to="${CSS.escape(column.dataset.column)}"]`);
  if (!button) return false;
  say(board, `${nameOf(card)}: ${column.getAttribute("aria-label")}.`);
  button.form.requestSubmit(button);
  return true;
}

function pickUp(board, card) {
  const all = columns(board);
  const from = all.findIndex((column) => column.contains(card));
  held = { board, card, all, at: from, from };
  card.classList.add("held");
  card.querySelector("[data-grip]").setAttribute("aria-pressed", "true");
  mark(board, all[from]);
  say(
    board,
    `Picked up ${nameOf(card)}, in ${describe(all[from])} Left and right arrows choose a wave, Enter drops, Escape cancels.`,
  );
}

function step(by) {
  const { board, all } = held;
  held.at = Math.max(0, Math.min(all.length - 1, held.at + by));
  mark(board, all[held.at]);
  all[held.at].scrollIntoView({ block: "nearest", inline: "nearest" });
  say(board, describe(all[held.at]));
}

function letGo(text) {
  const { board, card } = held;
  held = null;
  mark(board, null);
  card.classList.remove("held");
  card.querySelector("[data-grip]").removeAttribute("aria-pressed");
  if (text) say(board, text);
}

function putDown() {
  const { board, card, all, at, from } = held;
  if (at === from) return letGo(`${nameOf(card)} stays where it is.`);
  letGo("");
  if (!drop(board, card, all[at])) say(board, `${nameOf(card)} cannot be put there.`);
}

function onKey(event) {
  const grip = event.target.closest?.("[data-grip]");
  const board = event.target.closest?.("[data-board]");
  if (!board) return;
  if (held) {
    const key = event.key;
    if (key === "ArrowRight" || key === "ArrowDown") step(1);
    else if (key === "ArrowLeft" || key === "ArrowUp") step(-1);
    else if (key === "Enter" || key === " ") putDown();
    else if (key === "Escape" || key === "Tab") return letGo("Cancelled. Nothing moved.");
    else return;
    event.preventDefault();
    return;
  }
  const card = event.target.closest("[data-card]");
  if (!card) return;
  const isM = event.key.toLowerCase() === "m" && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isM && document.documentElement.dataset.keys !== "off") {
    event.preventDefault();
    event.stopPropagation();
    card.querySelector("[data-grip]").focus();
    pickUp(board, card);
  } else if (grip && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    pickUp(board, card);
  }
}

function byMouse(board) {
  let dragged = null;
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-card]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", nameOf(dragged));
    dragged.classList.add("held");
  });
  board.addEventListener("dragover", (event) => {
    const column = event.target.closest("[data-column]");
    if (!dragged || !column) return;
    event.preventDefault();
    mark(board, column);
  });
  board.addEventListener("drop", (event) => {
    const column = event.target.closest("[data-column]");
    if (!dragged || !column) return;
    event.preventDefault();
    if (!column.contains(dragged)) drop(board, dragged, column);
  });
  board.addEventListener("dragend", () => {
    dragged?.classList.remove("held");
    dragged = null;
    mark(board, null);
  });
}

export function startBoard() {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  for (const grip of board.querySelectorAll("[data-grip]")) grip.hidden = false;
  for (const card of board.querySelectorAll("[data-card]")) card.draggable = true;
  document.addEventListener("keydown", onKey, { capture: true });
  board.addEventListener("focusout", (event) => {
    if (held && !held.card.contains(event.relatedTarget)) letGo("Cancelled. Nothing moved.");
  });
  byMouse(board);
  if (location.hash.startsWith("#c-")) focusCard(document.getElementById(location.hash.slice(1)));
}

// The browser goes to the card by itself once the page is there, and takes the focus away again.
function focusCard(card) {
  if (!card) return;
  card.closest("details")?.setAttribute("open", "");
  const focus = () => setTimeout(() => card.querySelector("h3 a")?.focus());
  if (document.readyState === "complete") focus();
  else window.addEventListener("load", focus, { once: true });
}
