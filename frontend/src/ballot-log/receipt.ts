/** Checks a voter's receipt in the browser, without asking the server: docs/spec/ballot-log.md. */

import { type Bytes, base64, base64url, join, same, utf8 } from "./bytes";
import { leafHash, rootByPath, sha256 } from "./merkle";
import { canVerify, isSigned, type Key, parseKey, parseNote } from "./notes";
import { WORDS, type Words } from "./words";

export interface Receipt {
  format: "paike-receipt-1";
  origin: string;
  vkey: string;
  code: string;
  entry: string;
  salt: string;
  voter: string;
  promise: { note: string; index: number; size: number; path: string[] };
  proof: string | null;
}

export type Outcome = "good" | "bad" | "unknown";

export interface Check {
  key: "format" | "entry" | "commitment" | "key" | "promise" | "proof";
  outcome: Outcome;
  words: Words;
}

/** `bad` as soon as one check is, `good` when the ballot is proven to be in a log that the key signed:
 * not that everybody is shown this log, which takes the log itself and a witness. */
export interface Finding {
  outcome: Outcome;
  checks: Check[];
}

interface Leaf {
  c: string;
  k: string;
  p: string;
  t: string;
  w: number[];
}

/** Checks a receipt. `known.vkey` is the log's key from elsewhere than the receipt. */
export async function verifyReceipt(
  receipt: Receipt,
  known: { vkey?: string } = {},
): Promise<Finding> {
  if (!isReceipt(receipt)) return concluded([check("format", "bad", WORDS.unable.format)]);
  if (globalThis.crypto?.subtle === undefined) {
    return concluded([check("format", "unknown", WORDS.unable.insecure)]);
  }
  const checks: Check[] = [];
  const leaf = parseLeaf(receipt.entry);
  checks.push(leaf ? said("entry", "good") : said("entry", "bad"));
  checks.push(said("commitment", leaf && (await belongs(leaf, receipt)) ? "good" : "bad"));
  const key = await parseKey(receipt.vkey);
  checks.push(checkKey(key, receipt, known.vkey));
  if (key) checks.push(await checkPromise(receipt, key), await checkProof(receipt, key));
  return concluded(checks);
}

function checkKey(key: Key | null, receipt: Receipt, vkey?: string): Check {
  if (!key || key.name !== receipt.origin) return said("key", "bad");
  if (vkey === undefined) return check("key", "unknown", WORDS.key.unknown);
  return said("key", vkey.trim() === receipt.vkey.trim() ? "good" : "bad");
}

async function belongs(leaf: Leaf, receipt: Receipt): Promise<boolean> {
  const [salt, voter, c] = [receipt.salt, receipt.voter, leaf.c].map(base64url);
  if (!salt || !voter || !c) return false;
  return salt.length === 16 && voter.length === 16 && same(await sha256(join(salt, voter)), c);
}

async function checkPromise(receipt: Receipt, key: Key): Promise<Check> {
  const { note, index, size, path } = receipt.promise;
  const parsed = parseNote(note, key);
  const root = await reached(receipt.entry, { index, size }, path);
  if (!parsed || !root) return said("promise", "bad");
  const lines = parsed.text.split("\n");
  const promised = base64(lines[2] ?? "");
  const holds =
    lines.length === 4 &&
    lines[0] === "paike-promise/v1" &&
    lines[1] === receipt.origin &&
    promised !== null &&
    same(promised, root);
  return signedBy(parsed, key, "promise", holds);
}

async function checkProof(receipt: Receipt, key: Key): Promise<Check> {
  if (receipt.proof === null) return check("proof", "unknown", WORDS.proof.unknown);
  const at = receipt.proof.indexOf("\n\n");
  const [head, ...lines] = receipt.proof.slice(0, Math.max(at, 0)).split("\n");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? "");
  const parsed = parseNote(receipt.proof.slice(at + 2), key);
  if (at < 0 || head !== "c2sp.org/tlog-proof@v1" || !index || !parsed) return said("proof", "bad");
  const [origin, size, root] = parsed.text.split("\n");
  const whole = /^[1-9][0-9]{0,14}$/.test(size ?? "") ? Number(size) : 0;
  const found = await reached(receipt.entry, { index: Number(index[1]), size: whole }, lines);
  const expected = base64(root ?? "");
  const holds =
    origin === receipt.origin && found !== null && expected !== null && same(found, expected);
  return signedBy(parsed, key, "proof", holds);
}

async function signedBy(
  note: { text: string; signatures: Bytes[] },
  key: Key,
  what: "promise" | "proof",
  holds: boolean,
): Promise<Check> {
  if (!holds || note.signatures.length === 0) return said(what, "bad");
  if (!(await canVerify())) return check(what, "unknown", WORDS.unable.signatures);
  return said(what, (await isSigned(note, key)) ? "good" : "bad");
}

/** The root that a path in base64 leads to from an entry. */
async function reached(
  entry: string,
  place: { index: number; size: number },
  path: string[],
): Promise<Bytes | null> {
  const hashes = path.map(base64);
  if (hashes.some((hash) => hash?.length !== 32)) return null;
  return rootByPath(await leafHash(utf8(entry)), place, hashes as Bytes[]);
}

/** A ballot's leaf, which has exactly one text. */
function parseLeaf(entry: string): Leaf | null {
  try {
    const { c, k, p, t, w } = JSON.parse(entry) as Leaf;
    const whole = Array.isArray(w) && w.length > 0 && w.every((work) => Number.isInteger(work));
    const texts = [c, p, t].every((text) => typeof text === "string");
    const again = JSON.stringify({ c, k, p, t, w });
    return k === "ballot" && whole && texts && again === entry ? { c, k, p, t, w } : null;
  } catch {
    return null;
  }
}

function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== "object" || value === null) return false;
  const given = value as Record<string, unknown>;
  const promise = given.promise as Record<string, unknown> | null;
  const texts = ["origin", "vkey", "code", "entry", "salt", "voter"];
  return (
    given.format === "paike-receipt-1" &&
    texts.every((name) => typeof given[name] === "string") &&
    (given.proof === null || typeof given.proof === "string") &&
    typeof promise === "object" &&
    promise !== null &&
    typeof promise.note === "string" &&
    Number.isSafeInteger(promise.index) &&
    Number.isSafeInteger(promise.size) &&
    Array.isArray(promise.path) &&
    promise.path.every((hash) => typeof hash === "string")
  );
}

function concluded(checks: Check[]): Finding {
  const outcomes = checks.map((one) => one.outcome);
  if (outcomes.includes("bad")) return { outcome: "bad", checks };
  const proven = checks.some((one) => one.key === "proof" && one.outcome === "good");
  return { outcome: proven ? "good" : "unknown", checks };
}

function said(
  key: "entry" | "commitment" | "key" | "promise" | "proof",
  outcome: "good" | "bad",
): Check {
  return check(key, outcome, WORDS[key][outcome]);
}

function check(key: Check["key"], outcome: Outcome, words: Words): Check {
  return { key, outcome, words };
}
