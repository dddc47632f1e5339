const COUNT = 40; // small pictures in the storyboard, as the server makes them
const ACROSS = 10;
const SHOWN = 20; // every second one: a finger hits it

/** A strip of small pictures below the film: a tap jumps to that moment. */
export function showStoryboards(page: ParentNode): void {
  for (const strip of page.querySelectorAll<HTMLElement>("[data-storyboard]")) fill(strip);
}

function fill(strip: HTMLElement): void {
  if (strip.childElementCount > 0) return;
  const film = strip.closest(".player-box")?.querySelector<HTMLVideoElement>("video[data-player]");
  if (!film) return;
  for (let shown = 0; shown < SHOWN; shown++) strip.append(cell(film, (shown * COUNT) / SHOWN));
  strip.hidden = false;
}

function cell(film: HTMLVideoElement, number: number): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  const [column, row] = [number % ACROSS, Math.floor(number / ACROSS)];
  made.style.backgroundPosition = `${(column * 100) / (ACROSS - 1)}% ${(row * 100) / (COUNT / ACROSS - 1)}%`;
  const at = () => (film.duration || 0) * ((number + 0.5) / COUNT);
  made.setAttribute("aria-label", `${number + 1} / ${COUNT}`);
  made.addEventListener("click", () => {
    film.currentTime = at();
    film.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
  return made;
}
