import htmx from "htmx.org";
import "./styles/main.css";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

// The policy of our pages forbids inline styles from scripts we do not know and eval: htmx works without.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
window.htmx = htmx;
