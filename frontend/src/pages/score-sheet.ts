import { type Answer, SaveQueue } from "../jury/save-queue";

function fillIn(form: HTMLFormElement): void {
  const queue = new SaveQueue(form, show);
  for (const input of form.querySelectorAll<HTMLInputElement>("input[data-mark]")) {
    const range = form.querySelector<HTMLInputElement>(`input[data-range="${input.name}"]`);
    const follow = () => {
      if (range && input.value) range.value = input.value;
    };
    if (range) range.hidden = false;
    follow(); // a mark that waited in this browser is newer than the page
    input.addEventListener("input", () => {
      follow();
      queue.type(input.name, input.value);
    });
    input.addEventListener("change", () => queue.put(input.name, input.value));
    range?.addEventListener("input", () => {
      input.value = range.value;
    });
    range?.addEventListener("change", () => queue.put(input.name, range.value));
  }
  const comment = form.querySelector<HTMLTextAreaElement>("textarea[data-comment]");
  comment?.addEventListener("input", () => queue.type("comment", comment.value));
  comment?.addEventListener("change", () => queue.put("comment", comment.value));
  form.querySelector<HTMLElement>("[data-save-all]")?.setAttribute("hidden", "");
  form.addEventListener("submit", (event) => event.preventDefault());
  useKeys(form, queue);
}

/** What a saved mark means for the figures on the page. */
function show(answer: Answer): void {
  const figures = { total: answer.total, done: String(answer.done), left: String(answer.left) };
  for (const [key, text] of Object.entries(figures)) {
    for (const place of document.querySelectorAll(`[data-show="${key}"]`)) place.textContent = text;
  }
  document.body.dataset.sheetState = answer.state;
}

/** J and K go on and back, Enter to the next criterion and from the last one to the next work,
 * digits start a mark anywhere, L puts the work aside, space plays. */
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
    if (document.querySelector("dialog[open]")) return;
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
  const isFree = event.target === document.body;
  const place = { j: "next", k: "previous", l: "later", enter: isFree ? "on" : "" }[key];
  const link = place && document.querySelector<HTMLElement>(`[data-go="${place}"]`);
  if (!link) return;
  event.preventDefault();
  (document.activeElement as HTMLElement | null)?.blur();
  const go = () => (queue.mayLeave ? link.click() : window.setTimeout(go, 150));
  go();
}

// Last, because a class exists only below the line that makes it.
const sheet = document.querySelector<HTMLFormElement>("form[data-sheet]");
if (sheet) fillIn(sheet);
