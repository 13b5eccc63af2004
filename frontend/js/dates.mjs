// Dates that explain themselves: by hover, focus or press. Without script a press still opens
// the card (a popover) or leads to its page (a link).
const OPEN_AFTER = 300;
const SHUT_AFTER = 250;
const anchored = CSS.supports("position-area: bottom");

let timer = 0;
const pinned = new WeakSet();

function cardOf(date) {
  const id = date.getAttribute("popovertarget") || date.dataset.card;
  return id ? document.getElementById(id) : null;
}

function place(date, card) {
  if (anchored) return;
  const at = date.getBoundingClientRect();
  const left = Math.max(12, Math.min(at.left, innerWidth - card.offsetWidth - 12));
  const below = at.bottom + card.offsetHeight + 12 < innerHeight;
  card.style.inset = "auto";
  card.style.margin = "0";
  card.style.left = `${left}px`;
  card.style.top = `${below ? at.bottom + 6 : Math.max(12, at.top - card.offsetHeight - 6)}px`;
}

async function fetchCard(link) {
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return null;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const card = holder.content.querySelector("[popover]");
  if (!card) return null;
  link.after(card);
  link.dataset.card = card.id;
  return card;
}

async function show(date, pin) {
  const card = cardOf(date) || (date.matches("a") ? await fetchCard(date) : null);
  if (!card) {
    if (pin && date.matches("a")) location.assign(date.href);
    return;
  }
  if (pin) pinned.add(card);
  if (card.matches(":popover-open")) return;
  card.showPopover({ source: date });
  place(date, card);
}

function hide(date) {
  const card = cardOf(date);
  if (card && !pinned.has(card) && card.matches(":popover-open")) card.hidePopover();
}

function later(what, wait) {
  clearTimeout(timer);
  timer = setTimeout(what, wait);
}

function press(event, date) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const card = cardOf(date);
  if (card?.matches(":popover-open") && pinned.has(card)) return;
  event.preventDefault();
  clearTimeout(timer);
  show(date, true);
}

export function startDates() {
  const over = (event) => event.target.closest?.(".date, .card-date");
  document.addEventListener("pointerover", (event) => {
    const found = over(event);
    if (!found || event.pointerType === "touch") return;
    if (found.matches(".card-date")) return clearTimeout(timer);
    later(() => show(found, false), OPEN_AFTER);
  });
  document.addEventListener("pointerout", (event) => {
    const found = over(event);
    if (!found || found.contains(event.relatedTarget)) return;
    const date = found.matches(".card-date") ? ownerOf(found) : found;
    if (date) later(() => hide(date), SHUT_AFTER);
  });
  document.addEventListener("focusin", (event) => {
    const date = event.target.closest?.(".date");
    if (date?.matches(":focus-visible")) later(() => show(date, false), OPEN_AFTER);
  });
  document.addEventListener("focusout", (event) => {
    const date = event.target.closest?.(".date");
    if (date && !cardOf(date)?.contains(event.relatedTarget)) hide(date);
  });
  document.addEventListener("click", (event) => {
    const date = event.target.closest?.(".date");
    if (date) press(event, date);
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.(".card-date") && event.newState === "closed")
        pinned.delete(event.target);
    },
    true,
  );
}

function ownerOf(card) {
  return document.querySelector(`[popovertarget="${card.id}"], [data-card="${card.id}"]`);
}
