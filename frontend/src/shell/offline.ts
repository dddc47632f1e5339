import { texts } from "../texts/shell";
import { inLanguage } from "./language";

/** A quiet line at the foot of the page while there is no network. */
export function tellWhenOffline(view: Window): void {
  const line = view.document.createElement("p");
  line.className = "offline-line";
  line.setAttribute("role", "status");
  line.hidden = true;
  view.document.body.append(line);
  const show = () => {
    line.hidden = view.navigator.onLine;
    line.textContent = line.hidden ? "" : inLanguage(texts, view.document).offline;
  };
  view.addEventListener("offline", show);
  view.addEventListener("online", show);
  show();
}
