import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { texts } from "../src/texts/vote";
import { Choice } from "../src/vote/choice";
import { Fate } from "../src/vote/fate";
import * as kept from "../src/vote/kept";
import type { Answer } from "../src/vote/sending";
import { Tap } from "../src/vote/tap";

const PERMIT = { token: "t", cast: "/intake/call/7/ballots" };
const POSTED = { key: "k", works: [1, 2], seen: 0, watched: 0, referral: "", permit: PERMIT };

const answer = (status: number, body: object): Answer => ({ status, body, retryAfter: null });
const TOKEN = answer(200, PERMIT);
const NO_PASS = answer(401, { code: "no-pass" });
const counted = (code: string) => answer(201, { code });
const refused = (status: number, code: string) => answer(status, { code, zh: "中", en: "en" });

type Sent = { path: string; body: { works?: number[]; key?: string } };

const locks = { turn: Promise.resolve() };

beforeEach(() => {
  document.documentElement.lang = "zh-Hans";
  localStorage.clear();
  locks.turn = Promise.resolve();
  const request = (_: string, work: () => Promise<void>) => {
    locks.turn = locks.turn.then(work);
    return locks.turn;
  };
  Object.defineProperty(navigator, "locks", { value: { request }, configurable: true });
});
afterEach(() => vi.unstubAllGlobals());

/** A tab with the paper, whose intake answers as told, in order. */
class Tab {
  readonly choice: Choice | null;
  readonly sent: Sent[] = [];
  readonly left: string[] = [];
  readonly tap: Tap;

  constructor(
    private readonly answers: (Answer | null | Promise<Answer>)[],
    { isOpen = true } = {},
  ) {
    const works = [1, 2, 3, 4].map(
      (n) => `<li data-work="${n}"><label><input type="checkbox" data-pick></label></li>`,
    );
    document.body.innerHTML = `<form data-ballot="call" data-least="2" data-most="2">${works.join("")}</form>`;
    this.choice = isOpen ? new Choice(document.querySelector("form") as HTMLFormElement) : null;
    const ways = { zone: "", receipt: () => "/r", mine: "/m", pass: () => "/pass" };
    const world = {
      post: async (path: string, body: unknown) => {
        this.sent.push({ path, body: body as Sent["body"] });
        const said = this.answers.shift();
        if (said === undefined) throw new Error(`nothing more to answer to ${path}`);
        return said;
      },
      pause: async () => {},
      solve: async () => "",
      isOffline: () => false,
      now: () => 0,
    };
    this.tap = new Tap(
      "call",
      this.choice,
      new Fate(ways),
      world,
      () => ({ seen: 0, watched: 0, referral: "" }),
      (address) => this.left.push(address),
      () => "/pass",
      () => {},
    );
  }

  choose(...works: number[]): this {
    this.choice?.set(works);
    return this;
  }
  get cast(): (number[] | undefined)[] {
    return this.sent.filter((each) => each.path === PERMIT.cast).map((each) => each.body.works);
  }
}

const shown = () => document.querySelector<HTMLElement>("dialog[data-fate]");
const codes = () => kept.receipts("call").map((each) => each.receipt.code);

describe("a ballot whose answer got lost", () => {
  it("is found with its token, whatever became of pass and vote", async () => {
    for (const isOpen of [true, false]) {
      kept.keepPending("call", POSTED);
      const tab = new Tab([answer(200, { code: "R", again: true })], { isOpen });
      expect(await tab.tap.resume("")).toBe("done");
      expect(shown()?.dataset.fate).toBe("counted");
      expect(codes()).toEqual(["R"]);
      expect(kept.pending("call")).toBeNull();
      expect(kept.choice("call")).toEqual([]);
    }
  });

  it("is said to be unsent only after the intake looked for it", async () => {
    kept.keepPending("call", POSTED);
    const tab = new Tab([refused(403, "token"), NO_PASS]);
    expect(await tab.tap.resume("")).toBe("not-sent");
    expect(tab.choice?.works).toEqual([1, 2]);
    kept.keepPending("call", POSTED);
    const closed = new Tab([refused(410, "closed")], { isOpen: false });
    expect(await closed.tap.resume("")).toBe("done");
    expect(shown()?.textContent).toContain(texts.zh.refused);
    expect(closed.sent.map((each) => each.path)).toEqual([PERMIT.cast]);
  });

  it("is not called uncounted where nobody can know any more", async () => {
    kept.keepPending("call", POSTED);
    await new Tab([refused(410, "over")], { isOpen: false }).tap.resume("");
    expect(shown()?.textContent).toContain(texts.zh.over);
    expect(shown()?.textContent).not.toContain(texts.zh.refused);
  });

  it("is settled before another one", async () => {
    kept.keepPending("call", POSTED);
    const tab = new Tab([counted("A"), TOKEN, refused(409, "already-voted")]).choose(3, 4);
    await tab.tap.tap();
    expect(tab.cast).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(codes()).toEqual(["A"]);
    expect(shown()?.dataset.fate).toBe("refused");
    expect(tab.choice?.works).toEqual([3, 4]);
  });
});

describe("a ballot that was never posted", () => {
  it("gives way to what is chosen at the next tap", async () => {
    const tab = new Tab([NO_PASS, TOKEN, counted("R")]).choose(1, 2);
    await tab.tap.tap();
    expect(tab.left).toEqual(["/pass"]);
    await tab.choose(3, 4).tap.tap();
    expect(tab.cast).toEqual([[3, 4]]);
  });

  it("is what the sign-in comes back for", async () => {
    const tab = new Tab([NO_PASS, NO_PASS]);
    await tab.choose(1, 2).tap.tap();
    await tab.choose(3, 4).tap.tap();
    const back = new Tab([TOKEN, counted("R")]);
    expect(await back.tap.resume("#go")).toBe("done");
    expect(back.cast).toEqual([[3, 4]]);
  });

  it("is taken back by the back button", async () => {
    const tab = new Tab([NO_PASS]).choose(1, 2);
    await tab.tap.tap();
    expect(tab.tap.takeBack()).toBe(true);
    expect(shown()?.hasAttribute("open")).toBe(false);
    const back = new Tab([]);
    expect(await back.tap.resume("#go")).toBe("not-sent");
    expect(back.choice?.works).toEqual([1, 2]);
    expect(back.tap.takeBack()).toBe(false);
  });
});

it("says that another tab is at it, and then finds what that has done", async () => {
  let answerIt = (_: Answer) => {};
  const first = new Tab([TOKEN, new Promise((resolve) => (answerIt = resolve))]).choose(1, 2);
  const sending = first.tap.tap();
  await vi.waitFor(() => expect(first.cast).toHaveLength(1));
  const second = new Tab([answer(200, { code: "R", again: true })]);
  const waiting = second.tap.tap();
  await vi.waitFor(() => expect(shown()?.textContent).toContain(texts.zh.elsewhere));
  expect(second.sent).toEqual([]);
  answerIt(counted("R"));
  await Promise.all([sending, waiting]);
  expect(shown()?.textContent).toContain(texts.zh.countedAgain);
  expect(second.cast).toEqual([[1, 2]]);
});

it("settles a ballot on a page that is closed", async () => {
  kept.keepPending("call", POSTED);
  const posted: string[] = [];
  vi.stubGlobal("fetch", async (path: string, asked?: RequestInit) => {
    if (asked?.method !== "POST") return new Response("{}", { status: 503 });
    posted.push(path);
    return Response.json({ code: "R", again: true });
  });
  document.body.innerHTML = `<form data-ballot="call" data-least="2" data-most="2"></form>`;
  await import("../src/pages/vote");
  await vi.waitFor(() => expect(shown()?.dataset.fate).toBe("counted"));
  expect(posted).toEqual([PERMIT.cast]);
});
