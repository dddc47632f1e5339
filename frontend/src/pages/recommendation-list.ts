/** Works on a list may be dragged to another place. The buttons do the same without a mouse or
 * script; a drop sends the form that "to place n" would send. */

document.addEventListener("dragstart", (event) => {
  const row = (event.target as HTMLElement).closest<HTMLElement>("[data-entry]");
  if (!row || !event.dataTransfer) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", row.dataset.entry ?? "");
  row.classList.add("opacity-50");
  row.addEventListener("dragend", () => row.classList.remove("opacity-50"), { once: true });
});

document.addEventListener("dragover", (event) => {
  if (place(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const target = place(event);
  const entry = event.dataTransfer?.getData("text/plain");
  if (!target || !entry) return;
  event.preventDefault();
  const form = document.querySelector<HTMLFormElement>(`[data-entry="${CSS.escape(entry)}"] form`);
  if (!form) return;
  void window.htmx.ajax("post", form.action, {
    target: "#places",
    values: { entry, act: "to", place: target.dataset.place ?? "1" },
  });
});

function place(event: DragEvent): HTMLElement | null {
  return (event.target as HTMLElement).closest<HTMLElement>("[data-ranked] [data-place]");
}

export {};
