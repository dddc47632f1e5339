import { inLanguage } from "../shell/language";
import { texts } from "../texts/jury";
import { Unsent } from "./unsent";

/** What the server answers to one saved mark. */
export type Answer = {
  ok: boolean;
  revision: number;
  conflict: boolean;
  message: string;
  total: string;
  done: number;
  left: number;
  state: string;
};

const TYPING = 700;
const AGAIN = 3000;

/** Saves one change after the other, a moment after the last key. What could not be sent waits,
 * survives a closed tab and is tried again; the latest value of a field wins. */
export class SaveQueue {
  private readonly say = inLanguage(texts);
  private readonly unsent: Unsent;
  private readonly typing = new Map<string, [string, number]>();
  private readonly latest = new Map<string, string>();
  private sending = false;
  private stopped = false;
  private revision: number;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly show: (answer: Answer) => void,
  ) {
    this.revision = Number(form.dataset.revision);
    this.unsent = new Unsent(`sheet:${form.dataset.save}`);
    this.takeUp();
    window.addEventListener("online", () => void this.send());
    window.addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.settle();
    });
  }

  /** Nothing waits for an answer, or nothing that waiting on this page would help. */
  get mayLeave(): boolean {
    return this.stopped || (this.unsent.size === 0 && this.typing.size === 0);
  }

  /** Somebody is typing: saved when they pause. */
  type(name: string, value: string): void {
    window.clearTimeout(this.typing.get(name)?.[1]);
    this.typing.set(name, [value, window.setTimeout(() => this.put(name, value), TYPING)]);
  }

  /** Saved now. */
  put(name: string, value: string): void {
    window.clearTimeout(this.typing.get(name)?.[1]);
    this.typing.delete(name);
    if (this.latest.get(name) === value) return;
    this.latest.set(name, value);
    this.unsent.put(name, { value, seen: this.revision });
    this.tell(name, this.say.saving, "saving");
    void this.send();
  }

  private takeUp(): void {
    const fields = new Map(this.fields.map((field) => [field.name, field]));
    for (const field of this.fields) this.latest.set(field.name, field.value);
    this.unsent.dropArrived(this.revision, (name) => fields.get(name)?.value);
    for (const [name, change] of this.unsent.all) {
      const field = fields.get(name);
      if (!field || field.disabled) continue;
      field.value = change.value;
      this.latest.set(name, change.value);
      this.tell(name, this.say.waiting, "waiting");
    }
    if (!this.fields.some((field) => field.disabled)) void this.send();
  }

  private get fields(): (HTMLInputElement | HTMLTextAreaElement)[] {
    return [...this.form.querySelectorAll<HTMLInputElement>("[data-mark], [data-comment]")];
  }

  private settle(): void {
    for (const [name, [value]] of this.typing) this.put(name, value);
  }

  /** The page closes: everything goes off at once, and stays kept until it is seen to have arrived. */
  private leave(): void {
    this.settle();
    for (const [name, change] of this.unsent.all) {
      this.unsent.put(name, { ...change, gone: true });
      void this.request(name, change.value, change.seen).catch(() => undefined);
    }
  }

  private async send(): Promise<void> {
    if (this.sending || this.stopped) return;
    this.sending = true;
    for (let next = this.unsent.first; next; next = this.unsent.first) {
      const [name, change] = next;
      if (!(await this.post(name, change.value))) break;
      this.unsent.done(name, change.value);
    }
    this.sending = false;
  }

  /** Whether the server has heard it, whatever it thinks of it. */
  private async post(name: string, value: string): Promise<boolean> {
    try {
      const response = await this.request(name, value, this.revision);
      if (response.type === "opaqueredirect" || [401, 403, 404].includes(response.status)) {
        this.stopped = true;
        this.tell(name, this.say.gone, "wrong");
        return false;
      }
      if (response.status !== 200 && response.status !== 409) throw new Error(`${response.status}`);
      this.answered(name, (await response.json()) as Answer);
      return true;
    } catch {
      this.tell(name, this.say.waiting, "waiting");
      window.setTimeout(() => void this.send(), AGAIN);
      return false;
    }
  }

  private request(name: string, value: string, seen: number): Promise<Response> {
    const body = new FormData();
    body.set("field", name);
    body.set("value", value);
    body.set("seen", String(seen));
    const token = this.form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
    return fetch(this.form.dataset.save ?? "", {
      method: "POST",
      body,
      redirect: "manual",
      keepalive: true,
      headers: { "X-CSRFToken": token?.value ?? "", Accept: "application/json" },
    });
  }

  private answered(name: string, answer: Answer): void {
    if (!answer.ok) {
      this.tell(name, answer.message, "wrong");
      return;
    }
    this.revision = answer.revision;
    this.tell(name, answer.conflict ? this.say.conflict : this.say.saved, "saved");
    this.show(answer);
  }

  private tell(name: string, text: string, state: string): void {
    const line = this.form.querySelector<HTMLElement>(`[data-state-of="${name}"]`);
    if (!line) return;
    line.textContent = text;
    line.dataset.state = state;
  }
}
