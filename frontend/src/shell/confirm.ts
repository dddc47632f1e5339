/** Turns each `<details data-confirm>` into a button that opens its form in a dialog. Without
 * script the form simply opens in place. */
export function confirmInDialogs(part: HTMLElement): void {
  for (const details of part.querySelectorAll<HTMLDetailsElement>("details[data-confirm]")) {
    const form = details.querySelector("form");
    const summary = details.querySelector("summary");
    if (!form || !summary) continue;
    const dialog = document.createElement("dialog");
    dialog.className = "asking";
    details.after(dialog);
    dialog.append(form);
    const close = form.querySelector<HTMLButtonElement>("[data-confirm-close]");
    if (close) {
      close.hidden = false;
      close.addEventListener("click", () => dialog.close());
    }
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  }
}
