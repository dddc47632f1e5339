/** The review desk is a keyboard machine: J/K next and previous, A accept, R return, D decline,
 * U take back, space plays, Ctrl+Enter sends. Without script every button works by itself. */

type Refusal = "return" | "decline";

const form = document.querySelector<HTMLFormElement>("form[data-decision]");
if (form) foldReasons(form);
document.addEventListener("keydown", (event) => press(event));

/** The reason opens for the refusal that was chosen, with its own templates and send button. */
function foldReasons(decision: HTMLFormElement): void {
  const reason = decision.querySelector<HTMLElement>("[data-reason]");
  const field = decision.querySelector<HTMLTextAreaElement>("textarea");
  if (!reason || !field) return;
  reason.hidden = true;
  for (const button of decision.querySelectorAll<HTMLButtonElement>("[data-no]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      reason.hidden = false;
      show(decision, button.dataset.no as Refusal);
      field.required = true;
      field.focus();
    });
  }
  for (const template of decision.querySelectorAll<HTMLButtonElement>("[data-template]")) {
    template.addEventListener("click", () => {
      const before = field.value.trim();
      field.value = before ? `${before}\n${template.textContent}` : (template.textContent ?? "");
      field.focus();
    });
  }
}

function show(decision: HTMLFormElement, refusal: Refusal): void {
  for (const part of decision.querySelectorAll<HTMLElement>("[data-templates], [data-send]")) {
    part.hidden = (part.dataset.templates ?? part.dataset.send) !== refusal;
    part.classList.toggle("col-span-2", !part.hidden && "send" in part.dataset);
  }
}

function press(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const typing = target.matches("input:not([type=checkbox]), textarea, select");
  if (typing && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    send(target);
    return;
  }
  if (typing && event.key === "Escape") target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " " && !target.matches("button, a, summary, video")) {
    event.preventDefault();
    play();
    return;
  }
  const named = document.querySelector<HTMLElement>(
    `[data-key="${CSS.escape(event.key.toLowerCase())}"]`,
  );
  if (named && !named.hidden) {
    event.preventDefault();
    named.click();
  }
}

function send(field: HTMLElement): void {
  const decision = field.closest<HTMLFormElement>("form[data-decision]");
  decision?.querySelector<HTMLButtonElement>("[data-send]:not([hidden])")?.click();
}

function play(): void {
  const film = document.querySelector<HTMLVideoElement>("video[data-player]");
  if (!film) return;
  if (film.paused) void film.play();
  else film.pause();
}
