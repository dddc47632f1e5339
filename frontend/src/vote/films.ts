/** A tap on a poster plays the film there; the one before goes back to its poster. Gives how many
 * works were played. */
export function playInPlace(ballot: HTMLElement): () => number {
  let playing: { box: HTMLElement; before: Node[] } | null = null;
  const played = new Set<string>();
  ballot.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".ballot-play");
    const box = link?.closest<HTMLElement>("[data-film]");
    if (!link || !box) return;
    event.preventDefault();
    if (playing) playing.box.replaceChildren(...playing.before);
    const before = [...box.childNodes];
    box.dataset.poster ??= box.querySelector("img")?.src ?? "";
    const film = document.createElement("video");
    film.controls = true;
    film.autoplay = true;
    film.playsInline = true;
    film.src = wantsSmall() ? box.dataset.small || link.href : box.dataset.film || link.href;
    film.setAttribute("aria-label", box.dataset.title ?? "");
    if (box.dataset.captions) film.append(track(box.dataset.captions));
    box.replaceChildren(film);
    playing = { box, before };
    played.add(box.closest<HTMLElement>("[data-work]")?.dataset.work ?? "");
    film.play().catch(() => undefined); // the controls are there if the browser wants a tap
    film.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
  return () => played.size;
}

/** The captions, shown from the start: nobody looks for them in a menu. */
function track(address: string): HTMLTrackElement {
  const made = document.createElement("track");
  made.kind = "captions";
  made.src = address;
  made.srclang = "zh";
  made.label = "中文字幕";
  made.default = true;
  return made;
}

/** Posters below the fold come once the page has time; not where data is dear. */
export function fetchPostersAhead(ballot: HTMLElement): void {
  const line = (navigator as { connection?: { saveData?: boolean } }).connection;
  if (line?.saveData) return;
  const waiting = [...ballot.querySelectorAll<HTMLImageElement>("img[loading=lazy]")];
  const whenIdle =
    "requestIdleCallback" in window
      ? (work: () => void) => window.requestIdleCallback(work, { timeout: 4000 })
      : (work: () => void) => setTimeout(work, 300);
  const next = () => {
    for (const picture of waiting.splice(0, 4)) picture.loading = "eager";
    if (waiting.length) whenIdle(next);
  };
  whenIdle(next);
}

function wantsSmall(): boolean {
  return window.matchMedia("(max-width: 640px)").matches;
}
