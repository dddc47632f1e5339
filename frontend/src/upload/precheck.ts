import { type FilmLimits, judge, type Outcome, type Verdict } from "../media/gate.ts";

export type Line = Verdict;

/** What the server's gate will say, as far as the browser can tell, before the first byte. A file
 * the browser can't read is left to the server. */
export async function precheck(file: Blob, limits: FilmLimits): Promise<Line[]> {
  try {
    return (await judge(file, limits)).verdicts;
  } catch {
    return [];
  }
}

export function worst(lines: Line[]): Outcome {
  if (lines.some((line) => line.outcome === "refuse")) return "refuse";
  return lines.some((line) => line.outcome === "warn") ? "warn" : "pass";
}
