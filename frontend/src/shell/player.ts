/** A button with `data-seek="12.40"` jumps the page's film to that second. */
export function jumpInFilms(page: Document): void {
  page.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-seek]");
    const film = page.querySelector<HTMLVideoElement>("video[data-player]");
    if (!button || !film) return;
    film.currentTime = Number(button.dataset.seek);
    film.scrollIntoView({ block: "nearest", behavior: "smooth" });
    film.focus();
  });
}
