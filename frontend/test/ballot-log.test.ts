import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Receipt, verifyReceipt } from "../src/ballot-log";
import { base64, base64url, utf8 } from "../src/ballot-log/bytes";

type Vectors = { vkey: string; entries: string[]; receipt: Receipt };

// Tests run in the folder of the front end.
const file = "../docs/spec/ballot-log/vectors.json";
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vectors;
const known = { vkey: vectors.vkey };

function changed(by: (receipt: Receipt) => void): Receipt {
  const receipt = structuredClone(vectors.receipt);
  by(receipt);
  return receipt;
}

/** Another letter of the same alphabet at a place of a text. */
function flipped(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
}

describe("base64", () => {
  it("has one text for the same data", () => {
    expect(base64("aGE=")).toEqual(utf8("ha"));
    for (const other of ["aGF=", "aGE", "aGE==", "aG E=", "aGE=\n"])
      expect(base64(other)).toBeNull();
    expect(base64url("aGE")).toEqual(utf8("ha"));
    expect(base64url("aGF")).toBeNull();
  });
});

describe("a receipt of the specification's vectors", () => {
  it("holds", async () => {
    const finding = await verifyReceipt(vectors.receipt, known);
    expect(finding.checks.filter((check) => check.outcome !== "good")).toEqual([]);
    expect(finding.outcome).toBe("good");
  });

  it("claims no more than a proof from this site shows, and says how to check the rest", async () => {
    const finding = await verifyReceipt(vectors.receipt, known);
    const words = finding.checks.find((check) => check.key === "proof")?.words;
    for (const text of [words?.zh, words?.en]) {
      expect(text).toMatch(/paike-verify receipt \S+ --log/);
      expect(text).not.toMatch(/已在公开日志中|in the public log/);
    }
  });

  it("is not proven to be in the log without a proof, and says so", async () => {
    const finding = await verifyReceipt(
      changed((one) => {
        one.proof = null;
      }),
      known,
    );
    expect(finding.outcome).toBe("unknown");
  });

  const tamperings: Record<string, (receipt: Receipt) => void> = {
    "another work": (one) => {
      one.entry = one.entry.replace('"w":[', '"w":[1,');
    },
    "another ballot's entry": (one) => {
      one.entry = vectors.entries[2] ?? "";
    },
    "another salt": (one) => {
      one.salt = flipped(one.salt, 3);
    },
    "another voter": (one) => {
      one.voter = flipped(one.voter, 3);
    },
    "another place in the batch": (one) => {
      one.promise.index += 1;
    },
    "another hash in the promise's path": (one) => {
      one.promise.path[0] = flipped(one.promise.path[0] ?? "", 5);
    },
    "another signature under the promise": (one) => {
      one.promise.note = flipped(one.promise.note, one.promise.note.length - 12);
    },
    "another index in the proof": (one) => {
      one.proof = (one.proof ?? "").replace("index 3", "index 4");
    },
    "another signature under the checkpoint": (one) => {
      one.proof = flipped(one.proof ?? "", (one.proof ?? "").length - 12);
    },
    "another key": (one) => {
      one.vkey = flipped(one.vkey, one.vkey.length - 8);
    },
  };
  for (const [name, by] of Object.entries(tamperings)) {
    it(`does not hold with ${name}`, async () => {
      expect((await verifyReceipt(changed(by), known)).outcome).toBe("bad");
    });
  }

  it("does not hold against another key than its own", async () => {
    const finding = await verifyReceipt(vectors.receipt, { vkey: `${vectors.vkey}x` });
    expect(finding.outcome).toBe("bad");
  });
});
