/** The entry page: saves what is typed, takes the film, shows the fields of the chosen route.
 * Without it the form still saves and submits; only the film needs a script. */
import { Draft } from "../upload/draft";
import { Panel } from "../upload/panel";

for (const part of document.querySelectorAll<HTMLElement>("[data-scripted]")) part.hidden = false;

const form = document.querySelector<HTMLFormElement>("form[data-entry]");
if (form) {
  new Draft(form);
  form.addEventListener("change", () => showRoute(form));
  form.addEventListener("keydown", keepOnEnter);
  showRoute(form);
}

const box = document.querySelector<HTMLElement>("[data-upload]");
if (box) new Panel(box);

document.querySelector<HTMLElement>("[data-faults]")?.focus();

/** Only the fields of the chosen route; both while none is chosen. */
function showRoute(from: HTMLFormElement): void {
  const chosen = new FormData(from).get("route");
  for (const part of from.querySelectorAll<HTMLElement>("[data-for-route]")) {
    part.hidden = chosen !== null && chosen !== part.dataset.forRoute;
  }
}

/** Enter in a line must not submit a half-written form. */
function keepOnEnter(event: KeyboardEvent): void {
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
}
