// Light, dark, or as the machine has it. Kept in a cookie, so that the server draws it at once.
const NEXT = { auto: "light", light: "dark", dark: "auto" };
const WORDS = { auto: "Theme: as the machine", light: "Theme: light", dark: "Theme: dark" };

function show(button, theme) {
  button.textContent = WORDS[theme];
  button.hidden = false;
}

export function startTheme() {
  const html = document.documentElement;
  const now = () => html.dataset.theme || "auto";
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    show(button, now());
    button.addEventListener("click", () => {
      const theme = NEXT[now()];
      if (theme === "auto") delete html.dataset.theme;
      else html.dataset.theme = theme;
      document.cookie = `theme=${theme}; path=/; max-age=31536000; SameSite=Lax`;
      show(button, theme);
    });
  }
}
