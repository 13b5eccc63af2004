// Write, Preview, Changes: three panes of one editor.
export function startTabs(form) {
  const tabs = [...form.querySelectorAll("[role=tab]")];
  const choose = (tab, focus) => {
    for (const other of tabs) {
      const on = other === tab;
      other.setAttribute("aria-selected", String(on));
      other.tabIndex = on ? 0 : -1;
      for (const pane of form.querySelectorAll(`[data-pane="${other.dataset.tab}"]`))
        pane.hidden = !on;
    }
    if (focus) tab.focus();
  };
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => choose(tab, false));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[(place + step + tabs.length) % tabs.length];
      choose(next, true);
      if (next.hasAttribute("hx-post")) next.click();
    });
  });
  if (tabs.length) choose(tabs[0], false);
}
