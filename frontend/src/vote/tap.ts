import type { Choice } from "./choice";
import type { Fate } from "./fate";
import * as kept from "./kept";
import { type Step, send, type World } from "./sending";

const COMING_BACK = "#go"; // from the pass, after the vote tap
const SOON = 200; // milliseconds until a tab that waits for another says so

/** The vote tap: the ballot is kept, sent, and followed to its end. */
export class Tap {
  private isUnderWay = false;

  constructor(
    private readonly slug: string,
    private readonly choice: Choice | null, // null: the vote is closed
    private readonly fate: Fate,
    private readonly world: World,
    private readonly traces: () => Pick<kept.Pending, "seen" | "watched" | "referral">,
    private readonly leave: (address: string) => void,
    private readonly passAddress: () => string,
    private readonly whenRefused: (step: Step) => void,
  ) {}

  /** Somebody tapped: what is chosen now is the ballot. One that was posted before is settled first;
   * one that never was is forgotten. */
  async tap(): Promise<void> {
    const fresh = { key: newKey(), works: this.choice?.works ?? [], ...this.traces() };
    const before = kept.pending(this.slug);
    await this.inTurn(async () => {
      const waiting = kept.pending(this.slug) ?? before; // null now: another tab has just sent it
      const isSame = waiting !== null && alike(waiting.works, fresh.works);
      if (waiting?.permit && !isSame) await this.bring(waiting);
      const step = await this.bring(isSame ? waiting : fresh);
      if (step.kind === "no-pass") this.leave(this.passAddress());
      else this.end(step);
    });
  }

  /** The page came up with a ballot that has no answer: back from the pass, or after a crash. */
  async resume(hash: string): Promise<"nothing" | "not-sent" | "done"> {
    const isBack = hash === COMING_BACK;
    const before = kept.pending(this.slug);
    if (!before) return isBack && this.choice?.works.length ? "not-sent" : "nothing";
    let isSent = true;
    await this.inTurn(async () => {
      const waiting = kept.pending(this.slug) ?? before;
      this.choice?.set(waiting.works);
      const step = await this.bring(waiting);
      if (step.kind === "no-pass") {
        kept.keepPending(this.slug, null); // the intake holds nothing under its key
        isSent = isBack;
      }
      if (isSent) this.end(step);
      else this.fate.close();
    });
    return isSent ? "done" : "not-sent";
  }

  /** The browser's back button led to the page as it was left: a ballot that was tapped and never
   * posted is not sent behind the voter's back later. Gives whether there was one. */
  takeBack(): boolean {
    if (this.isUnderWay) return false;
    this.fate.close();
    const waiting = kept.pending(this.slug);
    if (!waiting || waiting.permit) return false;
    kept.keepPending(this.slug, null);
    return true;
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    try {
      await alone(`paike.vote.${this.slug}`, work, () => this.fate.show({ kind: "elsewhere" }));
    } finally {
      this.isUnderWay = false;
    }
  }

  private async bring(ballot: kept.Pending): Promise<Step> {
    const keep = (each: kept.Pending | null) => kept.keepPending(this.slug, each);
    keep(ballot);
    const step = await send(this.slug, ballot, this.world, (each) => this.fate.show(each), keep);
    if (step.kind === "counted") kept.keepReceipt(this.slug, step.receipt, this.world.now());
    if (step.kind !== "no-pass") keep(null);
    return step;
  }

  private end(step: Step): void {
    if (step.kind === "counted") this.choice?.set([]);
    if (step.kind === "refused") this.whenRefused(step);
    this.fate.show(step);
  }
}

/** One tab at a time: a second is told, waits, and then finds what the first has done. */
async function alone(name: string, work: () => Promise<void>, wait: () => void): Promise<void> {
  if (!("locks" in navigator)) return await work();
  const waiting = setTimeout(wait, SOON);
  await navigator.locks.request(name, () => {
    clearTimeout(waiting);
    return work();
  });
}

/** Whether two ballots name the same works, each as often: every visit has its own order. */
function alike(some: number[], others: number[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}

/** A random UUID, also where the page came without TLS and `crypto.randomUUID` is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}
