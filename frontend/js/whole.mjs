// All that is typed in a form of several fields, as one text; hidden fields are not typed.
const typed = (form) =>
  [...form.elements].filter((field) => field.name && !["hidden", "submit", "file"].includes(field.type));

export function wordsOf(form) {
  return JSON.stringify(typed(form).map((field) => [field.name, field.checked ?? null, field.value]));
}

// Writes what was kept into the fields of the same names; returns the first that it changed.
export function writeInto(form, text) {
  const waiting = JSON.parse(text);
  let first = null;
  for (const field of typed(form)) {
    const place = waiting.findIndex(
      ([name, , value]) => name === field.name && (!isChoice(field) || value === field.value),
    );
    if (place < 0) continue;
    const [[, checked, value]] = waiting.splice(place, 1);
    const differs = isChoice(field) ? field.checked !== checked : field.value !== value;
    if (isChoice(field)) field.checked = checked;
    else field.value = value;
    if (differs && !first) first = field;
  }
  return first || typed(form)[0];
}

const isChoice = (field) => ["checkbox", "radio"].includes(field.type);
