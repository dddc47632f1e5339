import { inLanguage } from "../base/language";
import { texts } from "../texts/jury";

/** What the server answers to one saved mark. */
type Answer = {
  ok: boolean;
  revision: number;
  conflict: boolean;
  message: string;
  total: string;
  done: number;
  left: number;
  state: string;
};

const say = inLanguage(texts);

function fillIn(form: HTMLFormElement): void {
  const queue = new SaveQueue(form);
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-mark]")) {
    const range = form.querySelector<HTMLInputElement>(`input[data-range="${input.name}"]`);
    if (range) range.hidden = false;
    input.addEventListener("change", () => {
      if (range && input.value) range.value = input.value;
      queue.put(input.name, input.value);
    });
    range?.addEventListener("input", () => {
      input.value = range.value;
    });
    range?.addEventListener("change", () => queue.put(input.name, range.value));
  }
  const comment = form.querySelector<HTMLTextAreaElement>("textarea[data-comment]");
  comment?.addEventListener("change", () => queue.put("comment", comment.value));
  form.querySelector<HTMLElement>("[data-save-all]")?.setAttribute("hidden", "");
  form.addEventListener("submit", (event) => event.preventDefault());
  useKeys(form, queue);
}

/** Saves one change after the other; what could not be sent waits and is tried again. The latest
 * value of a field wins. */
class SaveQueue {
  private readonly waiting = new Map<string, string>();
  private sending = false;
  private revision: number;

  constructor(private readonly form: HTMLFormElement) {
    this.revision = Number(form.dataset.revision);
    window.addEventListener("online", () => void this.send());
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.size) event.preventDefault();
    });
  }

  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  put(name: string, value: string): void {
    this.waiting.set(name, value);
    this.tell(name, say.saving, "saving");
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    while (this.waiting.size) {
      const [name, value] = [...this.waiting][0] as [string, string];
      const result = await this.post(name, value);
      if (result === "later") {
        window.setTimeout(() => void this.send(), 3000);
        break;
      }
      if (this.waiting.get(name) === value) this.waiting.delete(name);
    }
    this.sending = false;
  }

  private async post(name: string, value: string): Promise<"done" | "later"> {
    const body = new FormData();
    body.set("field", name);
    body.set("value", value);
    body.set("seen", String(this.revision));
    const token = this.form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
    try {
      const response = await fetch(this.form.dataset.save ?? "", {
        method: "POST",
        body,
        redirect: "error",
        headers: { "X-CSRFToken": token?.value ?? "", Accept: "application/json" },
      });
      if (response.status >= 500) throw new Error(String(response.status));
      if (response.status === 403) {
        this.tell(name, say.gone, "wrong");
        return "done";
      }
      this.show(name, (await response.json()) as Answer);
      return "done";
    } catch {
      this.tell(name, say.waiting, "waiting");
      return "later";
    }
  }

  private show(name: string, answer: Answer): void {
    if (!answer.ok) {
      this.tell(name, answer.message, "wrong");
      return;
    }
    this.revision = answer.revision;
    this.tell(name, answer.conflict ? say.conflict : say.saved, "saved");
    const set = (key: string, text: string) => {
      for (const place of document.querySelectorAll(`[data-show="${key}"]`))
        place.textContent = text;
    };
    set("total", answer.total);
    set("done", String(answer.done));
    set("left", String(answer.left));
    document.body.dataset.sheetState = answer.state;
  }

  private tell(name: string, text: string, state: string): void {
    const line = this.form.querySelector<HTMLElement>(`[data-state-of="${name}"]`);
    if (!line) return;
    line.textContent = text;
    line.dataset.state = state;
  }
}

/** J and K go on and back, Enter to the next criterion, digits start a mark anywhere, L puts the
 * work aside, space plays. */
function useKeys(form: HTMLFormElement, queue: SaveQueue): void {
  const marks = [...form.querySelectorAll<HTMLInputElement>("input[data-mark]")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target as HTMLElement;
    if (at instanceof HTMLTextAreaElement) return;
    if (event.key === "Enter" && at instanceof HTMLInputElement && at.dataset.mark !== undefined) {
      event.preventDefault();
      at.dispatchEvent(new Event("change"));
      const next = marks[marks.indexOf(at) + 1];
      if (next) next.select();
      else at.blur();
      return;
    }
    if (/^[0-9.]$/.test(event.key) && !(at instanceof HTMLInputElement)) {
      const first = marks.find((mark) => !mark.value) ?? marks[0];
      if (!first || first.disabled) return;
      first.focus();
      first.select();
      return;
    }
    if (at instanceof HTMLInputElement && at.type !== "range" && /^[0-9.]$/.test(event.key)) return;
    follow(event, queue);
  });
}

function follow(event: KeyboardEvent, queue: SaveQueue): void {
  const key = event.key.toLowerCase();
  if (key === " " && !(event.target instanceof HTMLButtonElement)) {
    const film = document.querySelector<HTMLVideoElement>("video[data-player]");
    if (!film || event.target === film) return;
    event.preventDefault();
    if (film.paused) void film.play();
    else film.pause();
    return;
  }
  const place = { j: "next", k: "previous", l: "later" }[key];
  const link = place && document.querySelector<HTMLElement>(`[data-go="${place}"]`);
  if (!link) return;
  event.preventDefault();
  (document.activeElement as HTMLElement | null)?.blur();
  const go = () => (queue.isEmpty ? link.click() : window.setTimeout(go, 150));
  go();
}

// Last, because a class exists only below the line that makes it.
const sheet = document.querySelector<HTMLFormElement>("form[data-sheet]");
if (sheet) fillIn(sheet);
