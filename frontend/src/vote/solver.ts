/** A worker that solves puzzles, so that the page stays smooth. */
import { type Challenge, solution } from "./challenge";

addEventListener("message", (event: MessageEvent<Challenge>) => {
  postMessage(solution(event.data));
});
