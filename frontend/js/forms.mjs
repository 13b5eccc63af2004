// Forms: the summary of errors is read first, details follow their choice, lengths are counted.
function followChoice(detail) {
  const choice = document.getElementById(detail.dataset.for);
  const group = choice.closest("fieldset") || document;
  const follow = () => {
    detail.hidden = !choice.checked;
  };
  group.addEventListener("change", follow);
  follow();
}

function count(area) {
  const said = document.getElementById(`${area.id}_count`);
  const limit = Number(area.dataset.limit);
  if (!said) return;
  const show = () => {
    const left = limit - area.value.length;
    said.classList.toggle("over", left < 0);
    said.textContent =
      left < 0 ? `${-left} characters too many` : `${left} of ${limit} characters left`;
  };
  area.addEventListener("input", show);
  show();
}

function onlyOnce(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
}

// Words in a form that has not been sent: leaving the page asks first.
function guard(form) {
  const areas = [...form.querySelectorAll("textarea")];
  form.unsent = () => areas.some((area) => area.value.trim() && area.value !== area.defaultValue);
  form.addEventListener("submit", () => {
    form.unsent = () => false;
  });
}

export function startForms(root) {
  root.querySelector(".govuk-error-summary:not([data-quiet])")?.focus();
  root.querySelectorAll(".choice-detail[data-for]").forEach(followChoice);
  root.querySelectorAll("textarea[data-limit]").forEach(count);
  root.querySelectorAll("form[method=post]:not([data-autosave])").forEach((form) => {
    onlyOnce(form);
    guard(form);
  });
  for (const box of root.querySelectorAll("[data-check-all]"))
    box.addEventListener("change", () => {
      for (const other of document.querySelectorAll(box.dataset.checkAll)) other.checked = box.checked;
    });
}

addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => form.unsent?.())) event.preventDefault();
});

// After a refusal the form stands one step back, with what was typed in it.
document.addEventListener("click", (event) => {
  if (!event.target.closest("a[data-back]") || history.length < 2) return;
  event.preventDefault();
  history.back();
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
