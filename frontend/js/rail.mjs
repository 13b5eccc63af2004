// The rail: the present line stands in sight when the rail is longer than the window.
export function startRail() {
  const body = document.querySelector(".rail-body");
  const here = body?.querySelector("[aria-current]");
  if (!here) return;
  const below = here.getBoundingClientRect().bottom - body.getBoundingClientRect().bottom;
  if (below > 0) body.scrollTop = below + body.clientHeight / 3;
}

// What a save renews on the page besides the form: how far the answer and its section are.
export function renew(standing) {
  for (const [name, html] of Object.entries(standing || {})) {
    for (const place of document.querySelectorAll(`[data-live="${name}"]`)) place.innerHTML = html;
  }
}
