import { solve } from "./challenge";
import type { Answer, World } from "./sending";

const PATIENCE = 25_000; // milliseconds for one answer

/** The real one: fetch, the clock, the network's own word on whether it is there. */
export const browser: World = {
  async post(path, body) {
    try {
      const answer = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout?.(PATIENCE), // old webviews have none
      });
      return await read(answer);
    } catch {
      return null;
    }
  },
  pause(seconds) {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        window.removeEventListener("online", end);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1000);
      if (!navigator.onLine) window.addEventListener("online", end);
    });
  },
  solve,
  isOffline: () => !navigator.onLine,
  now: () => Date.now(),
};

async function read(answer: Response): Promise<Answer> {
  const later = Number(answer.headers.get("Retry-After"));
  const told = await answer.json().catch(() => ({}));
  return { status: answer.status, body: told ?? {}, retryAfter: later > 0 ? later : null };
}
