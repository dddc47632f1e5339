import htmx from "htmx.org";
import { confirmInDialogs } from "./base/confirm";
import { closeMenus, showPlace } from "./base/menus";
import { tellWhenOffline } from "./base/offline";
import { hideBrokenPosters } from "./base/pictures";
import { jumpInFilms } from "./base/player";
import { submitOnce } from "./base/submit";
import "./styles/main.css";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

// The policy of our pages forbids eval: htmx works without.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
window.htmx = htmx;

closeMenus(document);
showPlace(document);
hideBrokenPosters(document);
jumpInFilms(document);
submitOnce(document);
tellWhenOffline(window);
htmx.onLoad((part) => confirmInDialogs(part as HTMLElement));
