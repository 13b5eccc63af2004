// Words not saved yet, kept on this device, and forgotten once the server has them.
const NAME = "portal-unsaved:";

export function keep(key, text, revision) {
  if (!key || text === undefined) return;
  try {
    localStorage.setItem(NAME + key, JSON.stringify({ text, revision, at: Date.now() }));
  } catch {
    // A full or forbidden store: the page's own text remains, and the guard on leaving.
  }
}

export function kept(key) {
  try {
    return key ? JSON.parse(localStorage.getItem(NAME + key)) : null;
  } catch {
    return null;
  }
}

export function forget(key) {
  if (key) localStorage.removeItem(NAME + key);
}
