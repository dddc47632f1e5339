/** The browser's verdicts are the server's, verdict by verdict, on the shared set of films. */

import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Source } from "./boxes.ts";
import { convertible, type FilmLimits, judge } from "./gate.ts";

const films = path.join(import.meta.dirname, "../../../tests/fixtures/films");

interface Case {
  film: string;
  pad: number;
  call: string;
  outcome: string;
  verdicts: unknown[];
  facts: unknown;
  convertible: boolean;
}
const shared: { limits: Record<string, FilmLimits>; cases: Case[] } = JSON.parse(
  readFileSync(path.join(films, "expected.json"), "utf8"),
);

/** A file with zero bytes thought behind it, that counts how much of it is read. */
class Padded implements Source {
  readonly size: number;
  bytesRead = 0;

  constructor(
    private readonly content: Uint8Array,
    pad: number,
  ) {
    this.size = content.length + pad;
  }

  slice(start: number, end: number) {
    this.bytesRead += end - start;
    const part = new Uint8Array(end - start);
    part.set(this.content.subarray(start, Math.min(end, this.content.length)));
    return { arrayBuffer: async () => part.buffer };
  }
}

function open(name: string, pad = 0): Padded {
  return new Padded(new Uint8Array(readFileSync(path.join(films, name))), pad);
}

function limits(call: string): FilmLimits {
  const found = shared.limits[call];
  if (!found) throw new Error(`no limits for ${call}`);
  return found;
}

describe("judge", () => {
  it.each(shared.cases)(
    "says of $film (+$pad) for the call $call what the server says",
    async (one) => {
      const report = await judge(open(one.film, one.pad), limits(one.call));
      expect(report.outcome).toBe(one.outcome);
      expect(report.facts).toEqual(one.facts);
      expect(convertible(report, limits(one.call))).toBe(one.convertible);
      const lines =
        one.call === "notice"
          ? report.verdicts
          : report.verdicts.map((line) => [line.code, line.value]);
      expect(lines).toEqual(one.verdicts);
    },
  );

  it("tells how far a film is too long", async () => {
    const report = await judge(open("long-92.4.mp4"), limits("notice"));
    const line = report.verdicts.find((verdict) => verdict.rule === "duration");
    expect(line?.advice.zh).toBe("时长 92.4 秒，超出 2.4 秒。请剪短后重新上传，已填写的内容都在。");
  });

  it("reads only the boxes, also when the index is last", async () => {
    const film = open("good-index-last.mp4", 0);
    await judge(film, limits("notice"));
    expect(film.bytesRead).toBeLessThan(film.size / 2);
  });

  it("takes a real Blob", async () => {
    const content = readFileSync(path.join(films, "good.mp4"));
    const report = await judge(new Blob([new Uint8Array(content)]), limits("notice"));
    expect(report.outcome).toBe("pass");
  });
});
