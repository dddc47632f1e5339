import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { texts as receiptTexts } from "../src/texts/receipt";
import { texts } from "../src/texts/vote";
import { showBasket } from "../src/vote/basket";
import { type Challenge, solution } from "../src/vote/challenge";
import { Choice } from "../src/vote/choice";
import { named, tone } from "../src/vote/fates";
import * as kept from "../src/vote/kept";
import { moment } from "../src/vote/moments";
import { sha256 } from "../src/vote/sha256";
import { shuffled } from "../src/vote/shuffle";
import { show } from "../src/vote/state";
import { newKey } from "../src/vote/tap";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

beforeEach(() => {
  document.documentElement.lang = "zh-Hans";
  document.body.innerHTML = "";
  localStorage.clear();
});
afterEach(() => localStorage.clear());

describe("the puzzle", () => {
  it("hashes as everybody does, whatever the length", () => {
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 200]) {
      const text = "a?b=".repeat(50).slice(0, length);
      expect(sha256(text)).toBe(hash(text));
    }
  });

  it("is solved with the number that was hidden", () => {
    const salt = "00112233445566778899aabb?expires=2000000000&for=ballot&";
    const puzzle: Challenge = {
      algorithm: "SHA-256",
      challenge: "14d2c08dca94fe21039f601bb37c511f37ed79363ab20a30b2f04ea9e5ed029a",
      maxnumber: 1000,
      salt,
      signature: "s",
    };
    expect(JSON.parse(atob(solution(puzzle) ?? ""))).toEqual({
      algorithm: "SHA-256",
      challenge: puzzle.challenge,
      number: 731,
      salt,
      signature: "s",
    });
    expect(solution({ ...puzzle, maxnumber: 730 })).toBeNull();
    expect(solution({ ...puzzle, algorithm: "SHA-1" })).toBeNull();
  });
});

describe("the order", () => {
  const names = Array.from({ length: 20 }, (_, n) => String(n + 1));

  it("is stable for a visit, and another for the next", () => {
    expect(shuffled(names, 7)).toEqual(shuffled([...names].reverse(), 7));
    expect(shuffled(names, 7)).not.toEqual(shuffled(names, 8));
    expect([...shuffled(names, 7)].sort()).toEqual([...names].sort());
  });

  it("moves no other work when one leaves", () => {
    const before = shuffled(names, 7);
    const left = before.filter((name) => name !== "5");
    expect(
      shuffled(
        names.filter((name) => name !== "5"),
        7,
      ),
    ).toEqual(left);
  });

  it("puts every work first about as often as another", () => {
    const first = new Map<string, number>();
    for (let seed = 1; seed <= 4000; seed++) {
      const name = shuffled(names, Math.imul(seed, 2654435761) >>> 0)[0] ?? "";
      first.set(name, (first.get(name) ?? 0) + 1);
    }
    for (const name of names) {
      expect(first.get(name)).toBeGreaterThan(130); // 200 on the average
      expect(first.get(name)).toBeLessThan(280);
    }
  });
});

function paper(least = 2, most = 3): HTMLFormElement {
  const cards = [1, 2, 3, 4, 5].map(
    (n) => `<li data-work="${n}"><div class="work-poster"><img src="/p${n}.jpg"></div>
      <h2 id="t-${n}">作品${n}</h2><span data-votes></span>
      <label><input type="checkbox" name="works" value="${n}" data-pick><span data-on></span></label></li>`,
  );
  document.body.innerHTML = `<form data-ballot="call" data-open data-least="${least}"
    data-most="${most}" data-zone="Asia/Shanghai">${cards.join("")}
    <b data-basket-count></b><i data-basket-word></i><i data-basket-hint></i>
    <button type="button" data-basket-open hidden></button><button data-basket-vote></button>
    <dialog data-basket-sheet><button type="button" data-basket-close></button>
    <ul data-basket-list></ul><button type="button" data-basket-clear></button></dialog></form>`;
  return document.querySelector("form") as HTMLFormElement;
}

const box = (n: number) => document.querySelector<HTMLInputElement>(`input[value="${n}"]`);
const text = (name: string) => document.querySelector(`[data-basket-${name}]`)?.textContent;

describe("the basket", () => {
  it("counts, stops at the most, and keeps the choice on this phone", () => {
    const form = paper();
    const choice = new Choice(form);
    showBasket(form, choice);
    const vote = document.querySelector<HTMLButtonElement>("[data-basket-vote]");
    expect(text("count")).toBe("0 / 3");
    expect(vote?.disabled).toBe(true);
    expect(text("hint")).toBe("还要选 2 部");
    choice.set([1, 2, 3]);
    expect(text("count")).toBe("3 / 3");
    expect(vote?.disabled).toBe(false);
    expect(box(4)?.disabled).toBe(true);
    expect(kept.choice("call")).toEqual([1, 2, 3]);
    expect(new Choice(paper()).works).toEqual([1, 2, 3]);
  });

  it("changes a full choice for another, but never takes what is closed", () => {
    const choice = new Choice(paper(2, 2));
    choice.set([1, 2]);
    choice.set([3, 4]);
    expect(choice.works).toEqual([3, 4]);
    choice.close(2, "paused");
    choice.set([1, 2]);
    expect(choice.works).toEqual([1]);
  });

  it("shows what is chosen and takes it off", () => {
    const form = paper();
    const choice = new Choice(form);
    showBasket(form, choice);
    choice.set([2, 4]);
    const list = document.querySelector("[data-basket-list]");
    expect(list?.textContent).toContain("作品2");
    list?.querySelector<HTMLElement>("[data-remove='2']")?.click();
    expect(choice.works).toEqual([4]);
    expect(box(2)?.checked).toBe(false);
  });

  it("takes off a work that was paused, and gives it back", () => {
    const form = paper();
    const choice = new Choice(form);
    choice.set([1, 2]);
    const state = { open: true, counts: null, as_of: null };
    show(form, choice, { ...state, paused: [2] });
    expect(choice.works).toEqual([1]);
    expect(box(2)?.disabled).toBe(true);
    show(form, choice, { ...state, paused: [] });
    expect(box(2)?.disabled).toBe(false);
  });

  it("shows counts as the intake tells them", () => {
    const form = paper();
    show(form, null, { open: true, counts: { "1": 12, "9": 5 }, as_of: null });
    expect(form.querySelector("[data-work='1'] [data-votes]")?.textContent).toBe("12 票");
  });
});

describe("what is kept", () => {
  const receipt = (code: string) => ({ code, entry: '{"w":[3,3,7]}' }) as unknown as kept.Receipt;

  it("keeps receipts, the latest first, each once", () => {
    kept.keepReceipt("call", receipt("A"), 1);
    kept.keepReceipt("call", receipt("B"), 2);
    kept.keepReceipt("call", receipt("A"), 3);
    expect(kept.receipts("call").map((each) => each.receipt.code)).toEqual(["A", "B"]);
    expect(kept.receipts("other")).toEqual([]);
  });

  it("takes a ballot through the sign-in where nothing can be stored", () => {
    const ballot = {
      key: "k",
      works: [3, 1],
      seen: 1,
      watched: 0,
      referral: "https://a.example/张",
    };
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    history.replaceState(null, "", "/c/call/vote/");
    kept.keepPending("call", ballot);
    expect(kept.pending("call")).toEqual(ballot);
    kept.keepPending("call", null);
    expect(kept.pending("call")).toBeNull();
    expect(document.cookie).toBe("");
    full.mockRestore();
    kept.keepPending("call", ballot);
    expect(document.cookie).toBe("");
  });

  it("survives rubbish in the storage", () => {
    for (const rubbish of ["{", "7", '{"a":1}', '[{"receipt":7}]', "null"]) {
      for (const name of ["receipts", "pending", "choice", "seen"])
        localStorage.setItem(`paike.${name}.call`, rubbish);
      expect(kept.receipts("call")).toEqual([]);
      expect(kept.pending("call")).toBeNull();
      expect(kept.choice("call")).toEqual([]);
    }
    expect(kept.worksOf({ entry: "{" } as kept.Receipt)).toEqual([]);
  });

  it("names works, and those that left", () => {
    const works = kept.worksOf(receipt("A"));
    expect(named(works, { "3": "灯" }, (n) => `${n} 号`)).toEqual(["灯 × 2", "7 号"]);
  });
});

it("writes moments as the pages do", () => {
  const when = new Date("2021-07-02T16:00:00Z");
  expect(moment(when, "Asia/Shanghai")).toBe("7月3日 00:00");
  document.documentElement.lang = "en";
  expect(moment(when, "Asia/Shanghai")).toBe("3 July, 00:00");
});

it("makes keys that are UUIDs of version 4", () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (let n = 0; n < 50; n++) expect(newKey()).toMatch(form);
});

it("has words and a tone for every state, in both languages", () => {
  expect(Object.keys(texts.zh)).toEqual(Object.keys(texts.en));
  const states = Object.keys(receiptTexts.zh.fates);
  expect(states).toEqual(Object.keys(receiptTexts.en.fates));
  expect(states.map(tone)).toEqual(["progress", "good", "hint", "good", "bad", "bad"]);
});
