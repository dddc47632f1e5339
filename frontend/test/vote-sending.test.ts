import { describe, expect, it } from "vitest";
import type { Pending } from "../src/vote/kept";
import { type Answer, type Step, send, type World } from "../src/vote/sending";

const BALLOT: Pending = { key: "k-1", works: [1, 2, 3], seen: 0, watched: 1, referral: "" };
const TOKEN = { token: "t", cast: "/intake/call/7/ballots" };

type Sent = { path: string; body: Record<string, unknown> };

/** A world that answers as it is told, in order; time passes only in pauses. */
class Script implements World {
  readonly sent: Sent[] = [];
  readonly pauses: number[] = [];
  readonly steps: Step["kind"][] = [];
  readonly kept: Pending[] = [];
  offline = false;
  private clock = 0;

  constructor(private readonly answers: (Answer | null)[]) {}

  async post(path: string, body: unknown): Promise<Answer | null> {
    this.sent.push({ path, body: body as Record<string, unknown> });
    const answer = this.answers.shift();
    if (answer === undefined) throw new Error(`nothing more to answer to ${path}`);
    return answer;
  }
  async pause(seconds: number): Promise<void> {
    this.pauses.push(seconds);
    this.clock += seconds * 1000;
  }
  async solve(): Promise<string> {
    return "solved";
  }
  isOffline = () => this.offline;
  now = () => this.clock;

  run(ballot = BALLOT): Promise<Step> {
    const tell = (step: Step) => this.steps.push(step.kind);
    return send("call", ballot, this, tell, (each) => this.kept.push(each));
  }
}

const answer = (status: number, body: object = {}, retryAfter: number | null = null): Answer => ({
  status,
  body,
  retryAfter,
});
const refusal = (status: number, code: string, more: object = {}) =>
  answer(status, { code, zh: "中", en: "en", ...more });

describe("a ballot on its way", () => {
  it("asks for a token, holds it for three seconds, and is counted", async () => {
    const world = new Script([answer(200, TOKEN), answer(201, { code: "R" })]);
    const end = await world.run();
    expect(end).toEqual({ kind: "counted", receipt: { code: "R" }, again: false });
    expect(world.steps).toEqual(["preparing", "holding", "sending"]);
    expect(world.pauses[0]).toBeGreaterThan(3);
    expect(world.sent.map((each) => each.path)).toEqual([
      "/intake/call/tokens",
      "/intake/call/7/ballots",
    ]);
    expect(world.sent[1]?.body.works).toEqual([1, 2, 3]);
  });

  it("keeps its key through every lost answer", async () => {
    const world = new Script([
      null,
      answer(200, TOKEN),
      null,
      null,
      answer(200, { code: "R", again: true }),
    ]);
    world.offline = true;
    const end = await world.run();
    expect(end).toMatchObject({ kind: "counted", again: true, receipt: { code: "R" } });
    expect(world.steps.filter((kind) => kind === "offline")).toHaveLength(3);
    const keys = world.sent.filter((each) => each.path.endsWith("tokens"));
    expect(new Set(keys.map((each) => each.body.key))).toEqual(new Set(["k-1"]));
    const tokens = world.sent.filter((each) => each.path.endsWith("ballots"));
    expect(new Set(tokens.map((each) => each.body.token))).toEqual(new Set(["t"]));
  });

  it("waits longer each time, never less than it is told, never much over half a minute", async () => {
    const busy = Array.from({ length: 9 }, () => refusal(503, "full"));
    const world = new Script([answer(200, TOKEN), ...busy, answer(201, { code: "R" })]);
    await world.run();
    const waits = world.pauses.slice(1);
    expect(waits[0]).toBeLessThan(1.3);
    expect(waits[5]).toBeGreaterThanOrEqual(30);
    expect(Math.max(...waits)).toBeLessThan(38);
    const later = new Script([
      answer(429, { code: "too-often" }, 20),
      answer(200, TOKEN),
      answer(201, { code: "R" }),
    ]);
    await later.run();
    expect(later.pauses[0]).toBeGreaterThanOrEqual(20);
  });

  it("solves the puzzle it is given, once per puzzle", async () => {
    const world = new Script([
      refusal(428, "challenge", { challenge: {} }),
      answer(200, TOKEN),
      answer(201, { code: "R" }),
    ]);
    await world.run();
    expect(world.steps).toContain("solving");
    expect(world.sent[1]?.body.challenge).toBe("solved");
  });

  it("takes a new token when the old one went by with its day", async () => {
    const world = new Script([
      answer(200, TOKEN),
      refusal(403, "token"),
      answer(200, { ...TOKEN, token: "t2" }),
      answer(201, { code: "R" }),
    ]);
    expect((await world.run()).kind).toBe("counted");
    expect(world.sent[3]?.body.token).toBe("t2");
  });

  it("keeps to its token however long the network is away: the intake knows it by that", async () => {
    const cut = Array.from({ length: 40 }, () => null);
    const world = new Script([answer(200, TOKEN), ...cut, answer(200, { code: "R", again: true })]);
    expect((await world.run()).kind).toBe("counted");
    expect(world.sent.filter((each) => each.path.endsWith("tokens"))).toHaveLength(1);
  });

  it("keeps the token before it is used, until the intake says that it holds nothing", async () => {
    const world = new Script([answer(200, TOKEN), refusal(403, "token"), refusal(401, "no-pass")]);
    expect((await world.run()).kind).toBe("no-pass");
    expect(world.kept).toEqual([
      { ...BALLOT, permit: TOKEN },
      { ...BALLOT, permit: undefined },
    ]);
  });

  it("settles one that was posted before without asking for anything", async () => {
    const world = new Script([null, answer(200, { code: "R", again: true })]);
    const end = await world.run({ ...BALLOT, permit: TOKEN });
    expect(end).toMatchObject({ kind: "counted", again: true });
    expect(world.sent.map((each) => [each.path, each.body.token])).toEqual([
      [TOKEN.cast, "t"],
      [TOKEN.cast, "t"],
    ]);
  });

  it("believes no proxy, neither that it counted nor that it did not", async () => {
    const world = new Script([
      answer(403),
      answer(200, TOKEN),
      answer(200),
      answer(404),
      answer(201, { code: "R" }),
    ]);
    expect((await world.run()).kind).toBe("counted");
    expect(world.sent).toHaveLength(5);
  });

  it("ends with a clear refusal, and when one may vote again", async () => {
    const world = new Script([
      answer(200, TOKEN),
      refusal(409, "already-voted", { next_at: "2021-07-03T00:00:00+08:00" }),
    ]);
    expect(await world.run()).toEqual({
      kind: "refused",
      code: "already-voted",
      words: { zh: "中", en: "en" },
      nextAt: "2021-07-03T00:00:00+08:00",
      works: [],
    });
  });

  it("joins all faults of a ballot", async () => {
    const faults = [
      { key: "not-a-candidate", zh: "甲。", en: "A." },
      { key: "too-few", zh: "乙。", en: "B." },
    ];
    const world = new Script([answer(200, TOKEN), refusal(422, "invalid", { faults })]);
    expect(await world.run()).toMatchObject({
      code: "not-a-candidate",
      words: { zh: "甲。乙。", en: "A. B." },
    });
  });

  it.each([
    [410, "closed"],
    [423, "work-paused"],
    [403, "not-a-voter"],
    [400, "body"],
  ])("does not hammer on a %s", async (status, code) => {
    const world = new Script([answer(200, TOKEN), refusal(status, code)]);
    expect((await world.run()).kind).toBe("refused");
    expect(world.sent).toHaveLength(2);
  });

  it("says who is not known, without another try", async () => {
    const world = new Script([refusal(401, "no-pass")]);
    expect(await world.run()).toEqual({ kind: "no-pass" });
  });

  it("gives up neither on a puzzle that returns for ever nor on a token that never fits", async () => {
    const puzzles = Array.from({ length: 8 }, () => refusal(428, "challenge", { challenge: {} }));
    const world = new Script([...puzzles, answer(200, TOKEN), answer(201, { code: "R" })]);
    expect((await world.run()).kind).toBe("counted");
    expect(world.steps).toContain("busy"); // after five at once it waits between them
    const never = Array.from({ length: 6 }, () => [answer(200, TOKEN), refusal(403, "token")]);
    expect((await new Script(never.flat()).run()).kind).toBe("refused");
  });
});
