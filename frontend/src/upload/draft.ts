import { inLanguage } from "../shell/language";
import { texts } from "../texts/entry";

type Saved = {
  revision: number;
  title: string;
  faults: Record<string, string>;
  overwritten: string[];
};

const WAIT = 700;
const AGAIN = 5000;
const NOT_SAVED = new Set(["csrfmiddlewaretoken", "declarations", "q"]);

/** Saves what is typed: the changed fields only, a moment after the last key; without network in
 * this browser, and to the server as soon as it answers again. */
export class Draft {
  private readonly words = inLanguage(texts);
  private readonly changed = new Map<string, string>();
  private readonly store: string;
  private readonly status: HTMLElement | null;
  private timer = 0;
  private sending = false;

  constructor(private readonly form: HTMLFormElement) {
    this.store = `draft:${form.dataset.entry}`;
    this.status = form.querySelector("[data-saved]");
    this.restore();
    form.addEventListener("input", (event) => this.note(event));
    form.addEventListener("change", (event) => this.note(event));
    form.addEventListener("submit", () => this.clear());
    window.addEventListener("online", () => void this.send());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.send();
    });
  }

  private note(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (!field.name || NOT_SAVED.has(field.name) || field.type === "file") return;
    if (field.type === "radio" && !field.checked) return;
    this.changed.set(field.name, field.value);
    this.keep();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), WAIT);
  }

  private async send(): Promise<void> {
    if (this.sending || this.changed.size === 0) return;
    this.sending = true;
    const sent = new Map(this.changed);
    this.tell(this.words.saving);
    try {
      const answer = await fetch(this.form.dataset.draft ?? "", {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.token },
        body: this.body(sent),
        keepalive: true,
      });
      if (answer.ok) this.saved(sent, (await answer.json()) as Saved);
      else if (answer.status === 409) location.reload();
      else throw new Error(String(answer.status));
    } catch {
      this.tell(this.words.savedHere);
      this.timer = window.setTimeout(() => void this.send(), AGAIN);
    } finally {
      this.sending = false;
    }
    const more = [...this.changed].some(([name, value]) => sent.get(name) !== value);
    if (more) void this.send();
  }

  private saved(sent: Map<string, string>, answer: Saved): void {
    for (const [name, value] of sent) {
      if (this.changed.get(name) === value) this.changed.delete(name);
    }
    this.keep();
    this.form.dataset.revision = String(answer.revision);
    for (const place of document.querySelectorAll<HTMLElement>("[data-title]")) {
      place.textContent = answer.title || place.dataset.untitled || "—";
    }
    const faults = Object.values(answer.faults);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    if (faults.length > 0) this.tell(faults.join(" "));
    else if (answer.overwritten.length > 0) {
      this.tell(this.words.overwritten(answer.overwritten.join("、")));
    } else this.tell(this.words.saved(time));
  }

  private body(sent: Map<string, string>): FormData {
    const body = new FormData();
    for (const [name, value] of sent) body.append(name, value);
    body.append("seen", this.form.dataset.revision ?? "");
    return body;
  }

  private get token(): string {
    return this.form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  /** What could not be sent before the page was closed is typed in again, and sent. */
  private restore(): void {
    const kept = this.read();
    for (const [name, value] of kept) {
      const fields = this.form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
      for (const field of fields) {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      }
      this.changed.set(name, value);
    }
    if (kept.length > 0) void this.send();
  }

  private read(): Array<[string, string]> {
    try {
      return JSON.parse(localStorage.getItem(this.store) ?? "[]") as Array<[string, string]>;
    } catch {
      return [];
    }
  }

  private keep(): void {
    try {
      if (this.changed.size === 0) localStorage.removeItem(this.store);
      else localStorage.setItem(this.store, JSON.stringify([...this.changed]));
    } catch {
      // A browser that keeps nothing (private mode) still saves to the server.
    }
  }

  private clear(): void {
    window.clearTimeout(this.timer);
    this.changed.clear();
    this.keep();
  }

  private tell(words: string): void {
    if (this.status) this.status.textContent = words;
  }
}
