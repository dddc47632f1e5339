/** Menus made of <details class="dropdown"> close on a click elsewhere and on Escape. */
export function closeMenus(page: Document): void {
  const open = () => page.querySelectorAll<HTMLDetailsElement>("details.dropdown[open]");
  page.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

/** The staff's places are a strip on phones: begin it where the reader is. */
export function showPlace(page: Document): void {
  const strip = page.querySelector<HTMLElement>("[data-side]");
  const here = strip?.querySelector<HTMLElement>("[aria-current=page]");
  if (strip && here)
    strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}
