// The few buttons above the text: they write Markdown where the cursor stands.
const TABLE = "\n\n| Item | Detail |\n| --- | --- |\n|  |  |\n";

function wrap(area, before, after = before) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  area.setRangeText(before + value.slice(from, to) + after, from, to, "end");
  if (from === to) area.setSelectionRange(from + before.length, from + before.length);
}

function lead(area, mark) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const to = area.selectionEnd;
  const lines = area.value.slice(from, to).split("\n");
  area.setRangeText(lines.map((line) => mark + line).join("\n"), from, to, "end");
}

const TOOLS = {
  bold: (area) => wrap(area, "**"),
  italic: (area) => wrap(area, "*"),
  heading: (area) => lead(area, "## "),
  list: (area) => lead(area, "- "),
  table: (area) => area.setRangeText(TABLE, area.selectionEnd, area.selectionEnd, "end"),
};

export function startTools(form, area) {
  for (const button of form.querySelectorAll("[data-tool]")) {
    button.addEventListener("click", () => {
      area.focus();
      TOOLS[button.dataset.tool](area);
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
