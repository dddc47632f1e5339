import type { Challenge } from "./challenge";
import type { Pending, Permit, Receipt } from "./kept";

/** A text as the intake gives it, in both languages. */
export type Words = { zh: string; en: string };

/** Where a ballot is on its way. The last three end it. */
export type Step =
  | { kind: "elsewhere" }
  | { kind: "preparing" }
  | { kind: "solving" }
  | { kind: "holding"; seconds: number }
  | { kind: "sending" }
  | { kind: "offline"; seconds: number }
  | { kind: "busy"; seconds: number; words: Words | null }
  | { kind: "counted"; receipt: Receipt; again: boolean }
  | { kind: "no-pass" }
  | { kind: "refused"; code: string; words: Words; nextAt: string | null; works: number[] };

export type Answer = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the intake said
  body: any;
  retryAfter: number | null;
};

/** What sending needs of the world, so that a test can be the world. `post` gives null where no
 * answer came; `pause` may end early when the network comes back. */
export type World = {
  post(path: string, body: unknown): Promise<Answer | null>;
  pause(seconds: number): Promise<void>;
  solve(puzzle: Challenge): Promise<string | null>;
  isOffline(): boolean;
  now(): number;
};

export const HOLD = 3.3; // seconds: a token may be used after three
const LONGEST = 30; // seconds between two tries
const MOST_PUZZLES = 5;
const MOST_TOKENS = 5;

/** Bring a ballot to its answer, however long it takes. Every try carries the same key, so that the
 * ballot counts once, whichever answer got lost. One that was posted before is settled first, with
 * the token it had: no pass is needed for that, and no open vote. `keep` is told what to keep. */
export async function send(
  slug: string,
  ballot: Pending,
  world: World,
  tell: (step: Step) => void,
  keep: (ballot: Pending) => void,
): Promise<Step> {
  let failures = 0;
  const again = async (answer: Answer | null) => {
    const step = delay(answer, failures++, world.isOffline());
    tell(step);
    await world.pause(step.seconds);
  };
  const settled = async (step: Step, path: string, body: object): Promise<Answer> => {
    for (;;) {
      tell(step);
      const answer = await world.post(path, body);
      if (!isWorthATry(answer)) return answer;
      await again(answer);
    }
  };
  const askForToken = async (): Promise<Answer> => {
    let solved: string | null = null;
    for (let puzzles = 0; ; puzzles++) {
      const body = { key: ballot.key, ...(solved ? { challenge: solved } : {}) };
      const asked = await settled({ kind: "preparing" }, `/intake/${slug}/tokens`, body);
      if (asked.status !== 428) return asked;
      solved = null;
      if (puzzles >= MOST_PUZZLES) {
        await again(asked);
        continue;
      }
      tell({ kind: "solving" });
      solved = await world.solve(asked.body.challenge);
    }
  };

  let permit: Permit | undefined = ballot.permit;
  for (let tokens = 0; ; tokens++) {
    if (!permit) {
      const asked = await askForToken();
      if (asked.status === 401) return { kind: "no-pass" };
      if (asked.status !== 200) return refused(asked);
      failures = 0;
      permit = { token: asked.body.token, cast: asked.body.cast };
      tell({ kind: "holding", seconds: HOLD });
      await world.pause(HOLD);
      keep({ ...ballot, permit });
    }
    const said = await settled({ kind: "sending" }, permit.cast, {
      token: permit.token,
      works: ballot.works,
      traces: { watched: ballot.watched, referral: ballot.referral },
    });
    if (said.status === 201 || said.status === 200) {
      const { again: isAgain, ...receipt } = said.body;
      return { kind: "counted", receipt, again: Boolean(isAgain) };
    }
    const isOld = said.status === 403 && said.body.code === "token";
    if (!isOld || tokens >= MOST_TOKENS) return refused(said);
    permit = undefined; // too old, and the intake has looked: it holds nothing under this key
    keep({ ...ballot, permit });
  }
}

/** No answer, one of a proxy on the way, or one that another try may change. */
function isWorthATry(answer: Answer | null): answer is null | (Answer & { status: 503 }) {
  if (answer === null || !(answer.body.code || answer.body.token)) return true;
  return [408, 425, 429].includes(answer.status) || answer.status >= 500;
}

function delay(
  answer: Answer | null,
  failures: number,
  isOffline: boolean,
): Extract<Step, { kind: "offline" | "busy" }> {
  const growing = Math.min(2 ** failures, LONGEST);
  const seconds = Math.max(answer?.retryAfter ?? 0, growing) * (1 + Math.random() / 4);
  if (answer === null) return { kind: isOffline ? "offline" : "busy", seconds, words: null };
  return { kind: "busy", seconds, words: words(answer.body) };
}

function refused(answer: Answer): Step {
  const { body } = answer;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the intake said
  const faults: any[] = Array.isArray(body.faults) && body.faults.length ? body.faults : [body];
  return {
    kind: "refused",
    code: faults[0]?.key ?? body.code ?? "",
    words: {
      zh: faults.map((fault) => fault.zh ?? "").join(""),
      en: faults.map((fault) => fault.en ?? "").join(" "),
    },
    nextAt: body.next_at ?? body.until ?? null,
    works: Array.isArray(body.works) ? body.works : [],
  };
}

function words(body: { zh?: string; en?: string }): Words | null {
  return body.zh && body.en ? { zh: body.zh, en: body.en } : null;
}
