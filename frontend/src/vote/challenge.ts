import { sha256 } from "./sha256";

/** A puzzle in ALTCHA's form: find the number whose hash, after the salt, is the challenge. */
export type Challenge = {
  algorithm: string;
  challenge: string;
  maxnumber: number;
  salt: string;
  signature: string;
};

/** The payload that answers a puzzle; null: it has no solution. */
export function solution(puzzle: Challenge): string | null {
  if (puzzle.algorithm !== "SHA-256") return null;
  for (let number = 0; number <= puzzle.maxnumber; number++) {
    if (sha256(`${puzzle.salt}${number}`) !== puzzle.challenge) continue;
    const { algorithm, challenge, salt, signature } = puzzle;
    return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  }
  return null;
}

/** The same beside the page, or in it where there are no workers. */
export function solve(puzzle: Challenge): Promise<string | null> {
  let worker: Worker;
  try {
    worker = new Worker(new URL("./solver.ts", import.meta.url), { type: "module" });
  } catch {
    return Promise.resolve(solution(puzzle));
  }
  return new Promise((resolve) => {
    const end = (found: string | null) => {
      worker.terminate();
      resolve(found);
    };
    worker.addEventListener("message", (event: MessageEvent<string | null>) => end(event.data));
    worker.addEventListener("error", () => end(solution(puzzle)));
    worker.postMessage(puzzle);
  });
}
