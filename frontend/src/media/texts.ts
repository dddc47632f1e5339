/** The words of the verdicts, from the one file that the server reads too. */

import book from "../../../src/paike/media/rules/texts.json" with { type: "json" };

export type Outcome = "pass" | "warn" | "refuse";
export type Pair = { zh: string; en: string };

/** What one rule says; the shape of the server's report. */
export interface Verdict {
  rule: string;
  code: string;
  outcome: Outcome;
  name: Pair;
  measured: Pair;
  limit: Pair;
  advice: Pair;
  value: string;
  unit: string;
}

type Case = { outcome: string; measured: Pair; limit: Pair; advice?: Pair };
const CASES: Record<string, Case> = book.cases;
const NAMES: Record<string, Pair> = book.names;
const CODECS: Record<string, string> = book.codecs;
const CONTAINERS: Record<string, string> = book.containers;
const CONVERTIBLE: Record<string, string[]> = book.convertible;
const EMPTY: Pair = { zh: "", en: "" };

type Places = Record<string, string | number>;

/** The verdict of the case `code`, its `{places}` filled. */
export function verdict(code: string, places: Places, value = "", unit = ""): Verdict {
  const found = CASES[code];
  const rule = code.slice(0, code.indexOf("."));
  const name = NAMES[rule];
  if (found === undefined || name === undefined) throw new Error(`no text for ${code}`);
  return {
    rule,
    code,
    outcome: found.outcome as Outcome,
    name,
    measured: fill(found.measured, places),
    limit: fill(found.limit, places),
    advice: fill(found.advice ?? EMPTY, places),
    value,
    unit,
  };
}

/** Whether a refusal of this case is one of form, which a conversion mends. */
export function isForm(code: string, value: string): boolean {
  const values = Object.hasOwn(CONVERTIBLE, code) ? CONVERTIBLE[code] : undefined;
  return values !== undefined && (values.length === 0 || values.includes(value));
}

/** Whether a conversion can read what is coded like this. */
export function isReadable(code: string, codec: unknown): boolean {
  return typeof codec === "string" && (CONVERTIBLE[code] ?? []).includes(codec);
}

/** How a codec is called: `h264` is H.264. An unknown one keeps its four characters. */
export function codecName(key: string): string {
  return Object.hasOwn(CODECS, key) ? (CODECS[key] ?? key) : key;
}

/** How a container is called: `mp4` is MP4. */
export function containerName(key: string): string {
  return Object.hasOwn(CONTAINERS, key) ? (CONTAINERS[key] ?? key) : key;
}

function fill(pair: Pair, places: Places): Pair {
  const put = (template: string): string =>
    Object.entries(places).reduce(
      (text, [name, value]) => text.replaceAll(`{${name}}`, () => String(value)),
      template,
    );
  return { zh: put(pair.zh), en: put(pair.en) };
}
