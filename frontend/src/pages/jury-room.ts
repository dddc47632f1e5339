export {};

/** The list of works by keyboard: J and K move, Enter opens. */
const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
let at = rows.findIndex((row) => row.dataset.first !== undefined);

function show(next: number): void {
  if (!rows.length) return;
  rows[at]?.removeAttribute("aria-current");
  at = Math.max(0, Math.min(rows.length - 1, next));
  const row = rows[at];
  row?.setAttribute("aria-current", "true");
  row?.querySelector<HTMLAnchorElement>("a")?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, textarea, select")) {
    return;
  }
  if (event.key === "j") show(at + 1);
  else if (event.key === "k") show(at - 1);
});
