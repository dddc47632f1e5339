import { inLanguage } from "../shell/language";
import { texts } from "../texts/shortlist";

/** Ticking candidates for the shortlist: says what a click would do before it does it, and ticks
 * all that the filter shows. */

const form = document.querySelector<HTMLFormElement>("form[data-choose]");
if (form) follow(form);

function follow(choosing: HTMLFormElement): void {
  const words = inLanguage(texts);
  const line = choosing.querySelector<HTMLElement>("[data-will]");
  const send = choosing.querySelector<HTMLButtonElement>("[data-send]");
  const all = choosing.querySelector<HTMLInputElement>("[data-all]");
  const chosen = Number(choosing.dataset.chosen);
  const size = Number(choosing.dataset.size);
  const boxes = () => [...choosing.querySelectorAll<HTMLInputElement>("input[name=entries]")];

  const say = (): void => {
    const number = boxes().filter((box) => box.checked).length;
    const after = chosen + number;
    if (line) {
      line.textContent =
        number === 0
          ? words.none
          : after > size
            ? words.over(number, after - size)
            : words.add(number, after, size);
    }
    if (send) send.disabled = number === 0 || after > size;
  };
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    say();
  });
  choosing.addEventListener("change", say);
  say();
}
