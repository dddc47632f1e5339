import { inLanguage } from "../shell/language";
import { texts } from "../texts/vote";
import type { Choice } from "./choice";

const SHOWN = 5; // posters on the bar

/** The bar at the foot, “已选 3 / 5”, and the sheet behind it with what is chosen. */
export function showBasket(ballot: HTMLElement, choice: Choice): void {
  const find = <E extends HTMLElement>(name: string) =>
    ballot.querySelector<E>(`[data-basket-${name}]`);
  const [count, word, hint] = [find("count"), find("word"), find("hint")];
  const [open, vote] = [find<HTMLButtonElement>("open"), find<HTMLButtonElement>("vote")];
  const [sheet, list] = [find<HTMLDialogElement>("sheet"), find("list")];
  if (!count || !word || !hint || !open || !vote || !sheet || !list) return;
  const say = inLanguage(texts);

  open.addEventListener("click", () => sheet.showModal());
  find("close")?.addEventListener("click", () => sheet.close());
  find("clear")?.addEventListener("click", () => {
    choice.set([]);
    sheet.close();
  });
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet) sheet.close();
    const button = (event.target as Element).closest<HTMLElement>("[data-remove]");
    if (!button) return;
    choice.remove(Number(button.dataset.remove));
    (sheet.querySelector<HTMLElement>("[data-remove]") ?? find("close"))?.focus();
    if (!choice.works.length) sheet.close();
  });

  choice.onChange(() => {
    const works = choice.works;
    count.textContent = `${works.length} / ${choice.most}`;
    word.textContent = say.chosen;
    vote.disabled = works.length < choice.least;
    hint.textContent =
      works.length < choice.least
        ? say.more(choice.least - works.length)
        : works.length >= choice.most && choice.least !== choice.most
          ? say.full
          : say.ready;
    open.hidden = works.length === 0;
    const different = [...new Set(works)];
    open.replaceChildren(
      ...open.querySelectorAll(".sr-only"),
      ...different.slice(0, SHOWN).map((work) => poster(ballot, work)),
    );
    list.replaceChildren(...different.map((work) => line(ballot, work, works)));
  });
}

function line(ballot: HTMLElement, work: number, works: number[]): HTMLElement {
  const say = inLanguage(texts);
  const title = titleOf(ballot, work);
  const times = works.filter((each) => each === work).length;
  const made = document.createElement("li");
  const words = document.createElement("span");
  words.className = "min-w-0 grow font-serif font-semibold";
  words.textContent = times > 1 ? `${title} × ${times}` : title;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "btn btn-ghost btn-square";
  remove.dataset.remove = String(work);
  remove.setAttribute("aria-label", say.remove(title));
  remove.textContent = "✕";
  made.append(poster(ballot, work), words, remove);
  return made;
}

function poster(ballot: HTMLElement, work: number): HTMLElement {
  const box = ballot.querySelector<HTMLElement>(`[data-work="${work}"] .work-poster`);
  const address = box?.querySelector("img")?.src || box?.dataset.poster; // while its film plays
  const made = document.createElement("span");
  made.className = "basket-poster";
  if (!address) return made;
  const picture = document.createElement("img");
  picture.src = address;
  picture.alt = "";
  made.append(picture);
  return made;
}

export function titleOf(ballot: HTMLElement, work: number): string {
  return ballot.querySelector(`#t-${work}`)?.textContent ?? "";
}
