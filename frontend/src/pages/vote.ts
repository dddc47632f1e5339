import { inLanguage } from "../base/language";
import { texts } from "../texts/vote";

type Pick = HTMLInputElement | HTMLSelectElement;

const say = inLanguage(texts);
const form = document.querySelector<HTMLFormElement>("form[data-ballot]");
if (form) takePart(form);

// The receipt: the choices are counted, so the ballot starts empty next time.
const receipt = document.querySelector<HTMLElement>("[data-receipt]");
if (receipt) forget(receipt.dataset.receipt ?? "");

function takePart(ballot: HTMLFormElement): void {
  const picks = [...ballot.querySelectorAll<Pick>("[data-pick]")];
  const least = Number(ballot.dataset.least);
  const most = Number(ballot.dataset.most);
  renewKey(ballot);
  if (!picks.some((pick) => votes(pick) > 0)) restore(ballot, picks, most);
  const show = () => {
    const chosen = picks.reduce((sum, pick) => sum + votes(pick), 0);
    for (const pick of picks) limit(pick, chosen, most);
    showBasket(ballot, chosen, least, most);
  };
  ballot.addEventListener("change", () => {
    show();
    keep(ballot, picks);
  });
  const clear = ballot.querySelector<HTMLButtonElement>("[data-basket-clear]");
  clear?.addEventListener("click", () => {
    for (const pick of picks) unpick(pick);
    show();
    keep(ballot, picks);
  });
  show();
  playInPlace(ballot);
}

/** How many votes a control gives. */
function votes(pick: Pick): number {
  if (pick instanceof HTMLInputElement) return pick.checked ? 1 : 0;
  return pick.value ? pick.value.split(",").length : 0;
}

function unpick(pick: Pick): void {
  if (pick instanceof HTMLInputElement) pick.checked = false;
  else pick.value = "";
}

function limit(pick: Pick, chosen: number, most: number): void {
  pick.disabled = votes(pick) === 0 && chosen >= most;
  const word = pick.parentElement?.querySelector<HTMLElement>("[data-on]");
  if (word) word.textContent = votes(pick) > 0 ? say.picked : say.pick;
}

function showBasket(ballot: HTMLElement, chosen: number, least: number, most: number): void {
  const count = ballot.querySelector("[data-basket-count]");
  const word = ballot.querySelector("[data-basket-word]");
  const hint = ballot.querySelector<HTMLElement>("[data-basket-hint]");
  const button = ballot.querySelector<HTMLButtonElement>("[data-basket-vote]");
  const clear = ballot.querySelector<HTMLButtonElement>("[data-basket-clear]");
  if (!count || !word || !hint || !button || !clear) return;
  hint.dataset.first ??= hint.textContent ?? "";
  count.textContent = `${chosen} / ${most}`;
  word.textContent = say.chosen;
  button.disabled = chosen < least;
  clear.hidden = chosen === 0;
  if (chosen >= most && most > 1) hint.textContent = least === most ? hint.dataset.first : say.full;
  else if (chosen < least) hint.textContent = say.more(least - chosen);
  else hint.textContent = hint.dataset.first;
}

/** A fresh key per visit: a retry of this page is the same ballot, a later visit another. */
function renewKey(ballot: HTMLFormElement): void {
  const key = ballot.querySelector<HTMLInputElement>("input[name=key]");
  if (key && "randomUUID" in crypto) key.value = crypto.randomUUID();
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && key && "randomUUID" in crypto) key.value = crypto.randomUUID();
  });
}

function shelf(slug: string): string {
  return `paike.ballot.${slug}`;
}

/** Choices stay on this device until they are counted. */
function keep(ballot: HTMLFormElement, picks: Pick[]): void {
  const chosen = picks.filter((pick) => votes(pick) > 0).map((pick) => pick.value);
  try {
    localStorage.setItem(shelf(ballot.dataset.ballot ?? ""), JSON.stringify(chosen));
  } catch {
    // Private windows may refuse storage; the choices then last as long as the page.
  }
}

function restore(ballot: HTMLFormElement, picks: Pick[], most: number): void {
  const kept = read(ballot.dataset.ballot ?? "");
  let left = most;
  for (const value of kept) {
    const pick = picks.find((each) =>
      each instanceof HTMLInputElement
        ? each.value === value
        : [...each.options].some((option) => option.value === value),
    );
    if (!pick || left <= 0) continue;
    if (pick instanceof HTMLInputElement) pick.checked = true;
    else pick.value = value;
    left -= votes(pick);
  }
}

function read(slug: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(shelf(slug)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

function forget(slug: string): void {
  try {
    localStorage.removeItem(shelf(slug));
  } catch {
    // Nothing was kept.
  }
}

/** A tap on a poster plays the film there; the one before goes back to its poster. */
function playInPlace(ballot: HTMLElement): void {
  let playing: { box: HTMLElement; before: Node[] } | null = null;
  ballot.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".ballot-play");
    const box = link?.closest<HTMLElement>("[data-film]");
    if (!link || !box) return;
    event.preventDefault();
    if (playing) playing.box.replaceChildren(...playing.before);
    const before = [...box.childNodes];
    const film = document.createElement("video");
    film.controls = true;
    film.autoplay = true;
    film.playsInline = true;
    film.src = wantsSmall() ? box.dataset.small || link.href : box.dataset.film || link.href;
    film.setAttribute("aria-label", box.dataset.title ?? "");
    box.replaceChildren(film);
    playing = { box, before };
    film.play().catch(() => undefined); // the controls are there if the browser wants a tap
    film.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
}

function wantsSmall(): boolean {
  return window.matchMedia("(max-width: 640px)").matches;
}
