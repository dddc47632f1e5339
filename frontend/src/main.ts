import htmx from "htmx.org";
import { confirmInDialogs } from "./shell/confirm";
import { closeMenus, showPlace } from "./shell/menus";
import { startAtMoments } from "./shell/moment";
import { tellWhenOffline } from "./shell/offline";
import { hideBrokenPosters } from "./shell/pictures";
import { jumpInFilms } from "./shell/player";
import { showScrubs } from "./shell/scrub";
import { showStoryboards } from "./shell/storyboard";
import { submitOnce } from "./shell/submit";
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
startAtMoments(document, location.search);
submitOnce(document);
tellWhenOffline(window);
htmx.onLoad((part) => {
  confirmInDialogs(part as HTMLElement);
  showScrubs(part as HTMLElement);
  showStoryboards(part as HTMLElement);
});
