import { convertible, type FilmLimits, judge, type Outcome, type Verdict } from "../media/gate.ts";

export type Line = Verdict;

/** `convertible`: what is wrong is wrong in form only, and the server can mend it. */
export type Checked = { lines: Line[]; convertible: boolean };

/** What the server's gate will say, as far as the browser can tell, before the first byte. A file
 * the browser can't read is left to the server. */
export async function precheck(file: Blob, limits: FilmLimits): Promise<Checked> {
  try {
    const report = await judge(file, limits);
    return { lines: report.verdicts, convertible: convertible(report, limits) };
  } catch {
    return { lines: [], convertible: false };
  }
}

export function worst(lines: Line[]): Outcome {
  if (lines.some((line) => line.outcome === "refuse")) return "refuse";
  return lines.some((line) => line.outcome === "warn") ? "warn" : "pass";
}
