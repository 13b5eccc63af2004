// Posts the editor's form two seconds after the last key, on leaving the text, and on Ctrl S.
// What is not saved yet is kept on this device until it is.
import { forget, keep, kept } from "./kept.mjs";
import { renew } from "./rail.mjs";
import { wordsOf, writeInto } from "./whole.mjs";

const WAIT = 2000;
const RETRY = [4000, 8000, 16000, 30000];
const SHAPES = {
  pending: ["#s-quarter", "sh"],
  saving: ["#s-half", "sh"],
  saved: ["#i-check", "ic"],
  failed: ["#s-octagon", "sh"],
  conflict: ["#s-diamond", "sh"],
};
const clock = (date = new Date()) =>
  date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export class Autosave {
  constructor(form, area) {
    this.form = form;
    this.area = area;
    this.key = form.dataset.key;
    this.said = form.querySelector("[data-save-state]");
    this.aloud = form.querySelector("[data-save-aloud]");
    this.revision = form.elements[form.dataset.revision];
    this.changed = false;
    this.stopped = false;
    this.failures = 0;
    this.failedAt = "";
    this.timer = 0;
  }

  start() {
    this.form.addEventListener("input", (event) => this.touch(event));
    this.form.addEventListener("change", (event) => this.touch(event));
    this.form.addEventListener("submit", (event) => this.submitting(event));
    this.area?.addEventListener("blur", () => this.changed && this.save());
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.save();
      }
    });
    addEventListener("online", () => this.failures && this.save());
    addEventListener("beforeunload", (event) => {
      if (this.changed && !this.leaving) event.preventDefault();
    });
    this.offerKept();
  }

  touch(event) {
    if (event.target.closest("[data-no-autosave]") || this.stopped) return;
    this.changed = true;
    keep(this.key, this.words(), this.revision?.value);
    if (!this.failures) this.say("pending", "Saving soon");
    this.later(this.failures ? RETRY[0] : WAIT);
  }

  // The text of an answer, or all that stands in a form of several fields.
  words() {
    return this.area ? this.area.value : wordsOf(this.form);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save() {
    if (this.stopped) return;
    if (this.sending) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.changed = false;
    if (!this.failures) this.say("saving", "Saving");
    this.sending = this.post();
    const outcome = await this.sending;
    this.sending = null;
    if (outcome !== "saved") this.changed = true;
    if (outcome === "failed") this.fail();
    if (this.again && outcome === "saved") this.save();
    this.again = false;
  }

  body() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  }

  async post() {
    let answer;
    try {
      answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: this.body(),
        headers: { "X-Autosave": "1", "X-Requested-With": "XMLHttpRequest" },
        redirect: "manual",
      });
    } catch {
      return "failed";
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return this.signedOut();
    if (answer.status === 409) return this.conflict(await answer.text());
    if (answer.status === 422) return this.invalid(answer);
    if (!answer.ok) return "failed";
    return this.saved(await answer.json().catch(() => null));
  }

  saved(told) {
    if (!told) return "failed";
    if (this.revision && told.revision !== undefined) this.revision.value = told.revision;
    const version = this.form.querySelector("[data-version]");
    if (version && told.revision) version.textContent = `Revision ${told.revision}, yours`;
    renew(told.standing);
    const wasFailing = this.failures > 0;
    this.failures = 0;
    if (!this.changed) forget(this.key);
    this.say("saved", `Saved ${told.saved_at}`, wasFailing && "Saved again.");
    return "saved";
  }

  fail() {
    if (!this.failures) this.failedAt = clock();
    const wait = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    const words = `Not saved since ${this.failedAt}. Your words are kept on this device. Trying again`;
    this.say("failed", words, this.failures === 1 && words);
    this.later(wait);
  }

  signedOut() {
    this.failures += 1;
    const words = "Not saved: you are signed out. Sign in again in another window; your words are kept here";
    this.say("failed", words, words);
    this.later(RETRY[3]);
    return "signed out";
  }

  async invalid(answer) {
    const told = await answer.json().catch(() => ({}));
    if (this.revision && told.revision !== undefined) this.revision.value = told.revision;
    const words = Object.values(told.errors || {}).flat().join(" ") || "This cannot be saved as it is";
    const lead = told.revision === undefined ? "Not saved." : "All saved but this.";
    this.say("failed", `${lead} ${words}`, `${lead} ${words}`);
    return "invalid";
  }

  conflict(html) {
    this.stopped = true;
    const place = document.getElementById(this.form.dataset.merge);
    place.innerHTML = html;
    place.hidden = false;
    window.htmx?.process(place);
    const what = this.form.dataset.called || "This answer";
    const words = `${what} was changed elsewhere too. Nothing is lost: choose below`;
    this.say("conflict", words, words);
    const first = place.querySelector("h1, h2");
    first?.setAttribute("tabindex", "-1");
    (first || place).focus();
    place.addEventListener("submit", () => {
      this.leaving = true;
      forget(this.key);
    });
    return "conflict";
  }

  submitting(event) {
    if (this.sending) {
      event.preventDefault();
      const { submitter } = event;
      this.sending.then(() => this.form.requestSubmit(submitter));
      return;
    }
    clearTimeout(this.timer);
    this.leaving = true;
  }

  offerKept() {
    const found = kept(this.key);
    const box = this.form.querySelector("[data-kept]");
    if (!found || !box) return;
    if (found.text === this.words()) return forget(this.key);
    box.querySelector("[data-kept-when]").textContent = clock(new Date(found.at));
    box.hidden = false;
    box.querySelector("[data-kept-take]").addEventListener("click", () => {
      const first = this.area || writeInto(this.form, found.text);
      if (this.area) this.area.value = found.text;
      box.hidden = true;
      first.dispatchEvent(new Event("input", { bubbles: true }));
      first.focus();
    });
    box.querySelector("[data-kept-drop]").addEventListener("click", () => {
      forget(this.key);
      box.hidden = true;
    });
  }

  say(state, words, aloud) {
    if (this.said) {
      this.said.dataset.state = state;
      const [shape, kind] = SHAPES[state];
      this.said.firstElementChild.setAttribute("class", kind);
      this.said.querySelector("use").setAttribute("href", shape);
      this.said.lastElementChild.textContent = words;
    }
    if (this.aloud && aloud) this.aloud.textContent = aloud;
  }
}
