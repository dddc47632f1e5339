import { describe, expect, it } from "vitest";
import { size } from "./figures";
import { fingerprint } from "./fingerprint";
import { Pace } from "./pace";

const bytes = (length: number, fill: number) => new Blob([new Uint8Array(length).fill(fill)]);

describe("fingerprint", () => {
  it("knows the same bytes again", async () => {
    expect(await fingerprint(bytes(200_000, 1))).toBe(await fingerprint(bytes(200_000, 1)));
  });
  it("tells another film, another size and another end apart", async () => {
    const film = await fingerprint(bytes(200_000, 1));
    const end = new Blob([bytes(199_999, 1), bytes(1, 2)]);
    for (const other of [bytes(200_000, 2), bytes(200_001, 1), end]) {
      expect(await fingerprint(other)).not.toBe(film);
    }
  });
});

describe("pace", () => {
  it("says nothing before it knows", () => {
    const pace = new Pace();
    pace.note(0, 0);
    expect(pace.speed).toBe(0);
    expect(pace.left(100)).toBeUndefined();
  });
  it("measures the last seconds and what is left", () => {
    const pace = new Pace();
    for (let second = 0; second <= 20; second++) pace.note(second * 1000, second * 1000);
    expect(pace.speed).toBeCloseTo(1000);
    expect(pace.left(30_000)).toBe(10);
  });
  it("begins anew when bytes are sent again", () => {
    const pace = new Pace();
    pace.note(5000, 0);
    pace.note(1000, 1000);
    expect(pace.speed).toBe(0);
  });
});

describe("size", () => {
  it("writes sizes as the server does", () => {
    expect([size(999), size(1024), size(50 * 1024 ** 2)]).toEqual(["999 B", "1.0 KB", "50.0 MB"]);
  });
});
