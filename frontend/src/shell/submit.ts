/** A form is sent once, however often the button is tapped. Comes free when the page is shown
 * again (back button) or htmx has its answer. */
export function submitOnce(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const button = (event as SubmitEvent).submitter;
    button?.setAttribute("aria-busy", "true");
    button?.classList.add("is-busy");
  });
  page.defaultView?.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll<HTMLFormElement>("form[data-sent]")) {
      delete form.dataset.sent;
    }
    for (const button of page.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
  });
}
