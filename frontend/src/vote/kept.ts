import type { Receipt } from "../ballot-log";

export type { Receipt };

/** What the vote keeps on this phone: the choice, a ballot on its way, receipts. Private windows may
 * refuse storage; then all of it lasts as long as the page, but for the ballot on its way. */

/** What a ballot is posted with, and where. */
export type Permit = { token: string; cast: string };

/** A ballot that was tapped and has no answer yet. `key` makes every retry the same ballot; `permit`
 * is there once it was posted: by it the intake finds what it has taken, at any age. */
export type Pending = {
  key: string;
  works: number[];
  seen: number;
  watched: number;
  referral: string;
  permit?: Permit | undefined;
};

export type KeptReceipt = { receipt: Receipt; at: number };

const MOST_RECEIPTS = 200;

export function choice(slug: string): number[] {
  const kept = read(`paike.choice.${slug}`);
  return Array.isArray(kept) ? kept.filter((each) => Number.isSafeInteger(each)) : [];
}

export function keepChoice(slug: string, works: number[]): void {
  write(`paike.choice.${slug}`, works.length ? works : null);
}

export function pending(slug: string): Pending | null {
  const kept = (carried() ?? read(`paike.pending.${slug}`)) as Pending | null;
  const isWhole = typeof kept?.key === "string" && Array.isArray(kept.works);
  return isWhole ? kept : null;
}

export function keepPending(slug: string, ballot: Pending | null): void {
  const isKept = write(`paike.pending.${slug}`, ballot);
  carry(slug, isKept ? null : ballot);
}

/** The receipts of a call, the latest first. */
export function receipts(slug: string): KeptReceipt[] {
  const kept = read(`paike.receipts.${slug}`);
  if (!Array.isArray(kept)) return [];
  return kept.filter((each) => typeof each?.receipt?.code === "string");
}

export function keepReceipt(slug: string, receipt: Receipt, at: number): void {
  const others = receipts(slug).filter((each) => each.receipt.code !== receipt.code);
  write(`paike.receipts.${slug}`, [{ receipt, at }, ...others].slice(0, MOST_RECEIPTS));
}

/** Since when this browser knows the vote page, in milliseconds. */
export function firstSeen(slug: string, now: number): number {
  const kept = read(`paike.seen.${slug}`);
  if (typeof kept === "number" && kept <= now) return kept;
  write(`paike.seen.${slug}`, now);
  return now;
}

/** The works that a receipt names, once per vote. */
export function worksOf(receipt: Receipt): number[] {
  try {
    const works: unknown = JSON.parse(receipt.entry).w;
    return Array.isArray(works) ? works.filter((each) => Number.isSafeInteger(each)) : [];
  } catch {
    return [];
  }
}

function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** false: nothing can be kept here. */
function write(name: string, value: unknown): boolean {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Without storage a ballot goes through the sign-in in a cookie, which ends with the browser: the
 * pass is one as well. Not in the address, where a link from elsewhere could bring a filled ballot. */
function carry(slug: string, ballot: Pending | null): void {
  const value = ballot ? encodeURIComponent(JSON.stringify(ballot)) : "; max-age=-1";
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is younger than the phones meant here
  document.cookie = `paike_ballot=${value}; path=/c/${slug}/vote/; samesite=lax`;
}

function carried(): unknown {
  const value = /(?:^|; )paike_ballot=([^;]*)/.exec(document.cookie)?.[1];
  try {
    return JSON.parse(decodeURIComponent(value ?? "null"));
  } catch {
    return null;
  }
}
