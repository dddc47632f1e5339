/** A poster that cannot be loaded leaves its dark frame, not a broken picture. */
export function hideBrokenPosters(page: Document): void {
  page.addEventListener(
    "error",
    (event) => {
      const picture = event.target;
      if (picture instanceof HTMLImageElement && picture.closest(".work-poster")) {
        picture.style.visibility = "hidden";
      }
    },
    true,
  );
}
