import type { Choice } from "./choice";
import type { Fate } from "./fate";
import * as kept from "./kept";
import { type Step, send, type World } from "./sending";

const COMING_BACK = "#go"; // from the pass, after the vote tap

/** The vote tap: the ballot is kept, sent, and followed to its end. */
export class Tap {
  private isUnderWay = false;

  constructor(
    private readonly slug: string,
    private readonly choice: Choice,
    private readonly fate: Fate,
    private readonly world: World,
    private readonly traces: () => Pick<kept.Pending, "seen" | "watched" | "referral">,
    private readonly leave: (address: string) => void,
    private readonly passAddress: () => string,
    private readonly whenRefused: (step: Step) => void,
  ) {}

  /** Somebody tapped: what is chosen now is the ballot; one still under way goes first. */
  async tap(): Promise<void> {
    const waiting = kept.pending(this.slug);
    const fresh = { key: newKey(), works: this.choice.works, ...this.traces() };
    await this.bring(waiting ?? fresh, (step) => {
      if (step.kind === "no-pass") this.leave(this.passAddress());
      else this.fate.show(step);
    });
  }

  /** The page came up with a ballot that has no answer: back from the pass, or after a crash. */
  async resume(hash: string): Promise<"nothing" | "not-sent" | "done"> {
    const waiting = kept.pending(this.slug);
    if (!waiting) return "nothing";
    this.choice.set(waiting.works);
    const isBack = hash === COMING_BACK;
    const ends: Step["kind"][] = [];
    await this.bring(waiting, (step) => {
      ends.push(step.kind);
      if (step.kind !== "no-pass" || isBack) this.fate.show(step);
      else this.fate.close();
    });
    if (!ends.includes("no-pass")) return "done";
    kept.keepPending(this.slug, null); // never reached the intake: it holds nothing under this key
    return isBack ? "done" : "not-sent";
  }

  private async bring(ballot: kept.Pending, end: (step: Step) => void): Promise<void> {
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    try {
      await alone(`paike.vote.${this.slug}`, async () => {
        kept.keepPending(this.slug, ballot);
        const step = await send(this.slug, ballot, this.world, (each) => this.fate.show(each));
        if (step.kind === "counted") {
          kept.keepReceipt(this.slug, step.receipt, this.world.now());
          this.choice.set([]);
        }
        if (step.kind !== "no-pass") kept.keepPending(this.slug, null);
        if (step.kind === "refused") this.whenRefused(step);
        end(step);
      });
    } finally {
      this.isUnderWay = false;
    }
  }
}

/** One tab at a time: a second waits, and then finds what the first has done. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request(name, work);
  else await work();
}

/** A random UUID, also where the page came without TLS and `crypto.randomUUID` is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}
