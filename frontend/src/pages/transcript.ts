/** Captions being corrected: a keyboard desk. The film stays in view, a line plays by itself, and what
 * is typed is kept: on the server a moment after the last key, in this browser until the server has
 * answered. Without it the form still saves and publishes. */

const WAIT = 800;
const AGAIN = 5000;

const form = document.querySelector<HTMLFormElement>("[data-transcript]");
const list = form?.querySelector<HTMLElement>("[data-rows]");
const film = form?.querySelector<HTMLVideoElement>("video");
if (form && list) start(form, list);

function start(form: HTMLFormElement, list: HTMLElement): void {
  const status = form.querySelector<HTMLElement>("[data-status]");
  const undo = form.querySelector<HTMLButtonElement>("[data-undo]");
  const store = form.dataset.key ?? "transcript";
  const blank = list.lastElementChild?.cloneNode(true) as HTMLElement;
  let dropped: { row: HTMLElement; before: Element | null } | undefined;
  let timer = 0;

  for (const part of form.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
  restore();
  mark();

  form.addEventListener("input", note);
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    forget();
  });
  form.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row && film?.paused) film.currentTime = seconds(value(row, "start")) || 0;
  });
  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    const row = rowOf(event.target);
    if (!button || !row) return;
    if ("play" in button.dataset) play(row);
    if ("drop" in button.dataset) drop(row);
  });
  list.addEventListener("keydown", keys);
  undo?.addEventListener("click", () => {
    if (dropped) list.insertBefore(dropped.row, dropped.before);
    dropped = undefined;
    undo.hidden = true;
    note();
  });
  film?.addEventListener("timeupdate", mark);
  window.addEventListener("online", () => {
    if (kept() !== null) void keep();
  });

  function keys(event: KeyboardEvent): void {
    const row = rowOf(event.target);
    if (!row || event.isComposing) return;
    const act: Record<string, () => void> = {
      KeyP: () => play(row),
      KeyN: () => focus(add(row)),
      ArrowDown: () => focus(row.nextElementSibling),
      ArrowUp: () => focus(row.previousElementSibling),
      BracketLeft: () => now(row, "start"),
      BracketRight: () => now(row, "end"),
    };
    const chosen = event.altKey ? act[event.code] : undefined;
    if (!chosen && !(event.key === "Enter" && !event.shiftKey)) return;
    event.preventDefault();
    if (chosen) chosen();
    else focus(row.nextElementSibling ?? add(row));
  }

  function add(after: HTMLElement): HTMLElement {
    const made = blank.cloneNode(true) as HTMLElement;
    for (const part of made.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
    after.after(made);
    field(made, "start").value = value(after, "end");
    return made;
  }

  function drop(row: HTMLElement): void {
    dropped = { row, before: row.nextElementSibling };
    row.remove();
    if (!list.childElementCount) list.append(blank.cloneNode(true));
    if (undo) undo.hidden = false;
    note();
  }

  function now(row: HTMLElement, name: string): void {
    if (film) field(row, name).value = written(film.currentTime);
    note();
  }

  function note(): void {
    try {
      localStorage.setItem(store, JSON.stringify(rows()));
    } catch {
      // A browser that keeps nothing (private mode) still saves to the server.
    }
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void keep(), WAIT);
  }

  async function keep(): Promise<void> {
    if (!form.dataset.keep) return;
    const sent = JSON.stringify(rows());
    tell(form.dataset.keeping);
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new FormData(form),
        keepalive: true,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      tell(form.dataset.kept);
      if (JSON.stringify(rows()) === sent) forget();
    } catch {
      tell(form.dataset.unkept);
      timer = window.setTimeout(() => void keep(), AGAIN);
    }
  }

  /** What the server had not heard of when the page was closed is typed in again. */
  function restore(): void {
    const typed = JSON.parse(kept() ?? "[]") as string[][];
    if (typed.length === 0) return;
    const made = typed.map((texts) => {
      const row = blank.cloneNode(true) as HTMLElement;
      for (const part of row.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;
      ["start", "end", "words"].forEach((name, at) => {
        field(row, name).value = texts[at] ?? "";
      });
      return row;
    });
    list.replaceChildren(...made, blank.cloneNode(true));
    void keep();
  }

  function rows(): string[][] {
    return [...list.children].map((row) =>
      ["start", "end", "words"].map((name) => value(row as HTMLElement, name)),
    );
  }

  function mark(): void {
    for (const row of list.children as Iterable<HTMLElement>) {
      const [from, to] = [seconds(value(row, "start")), seconds(value(row, "end"))];
      const at = film?.currentTime ?? -1;
      row.toggleAttribute("data-now", at >= from && at < to);
    }
  }

  function forget(): void {
    try {
      localStorage.removeItem(store);
    } catch {
      // nothing was kept
    }
  }

  function kept(): string | null {
    try {
      return localStorage.getItem(store);
    } catch {
      return null;
    }
  }

  function tell(words: string | undefined): void {
    if (status) status.textContent = words ?? "";
  }
}

let playing: (() => void) | undefined;

/** From the line's start to its end, then pause. */
function play(row: HTMLElement): void {
  if (!film) return;
  if (playing) film.removeEventListener("timeupdate", playing);
  const end = seconds(value(row, "end"));
  film.currentTime = seconds(value(row, "start")) || 0;
  playing = () => {
    if (film.currentTime < end) return;
    film.pause();
    if (playing) film.removeEventListener("timeupdate", playing);
  };
  if (end > 0) film.addEventListener("timeupdate", playing);
  void film.play();
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return (target as Element | null)?.closest<HTMLElement>("[data-row]") ?? null;
}

function field(row: HTMLElement, name: string): HTMLInputElement {
  return row.querySelector(`[name="${name}"]`) as HTMLInputElement;
}

function value(row: HTMLElement, name: string): string {
  return field(row, name).value;
}

function focus(row: Element | null): void {
  if (row) field(row as HTMLElement, "words").focus();
}

/** `1:02.5` in seconds; NaN where it is no time. */
function seconds(text: string): number {
  const parts = text.trim().replace("：", ":").split(":").map(Number);
  return parts.reduce((whole, part) => whole * 60 + part, 0);
}

function written(at: number): string {
  const minutes = Math.floor(at / 60);
  return `${minutes}:${(at % 60).toFixed(1).padStart(4, "0")}`;
}

export {};
