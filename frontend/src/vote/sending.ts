import type { Challenge } from "./challenge";
import type { Pending, Receipt } from "./kept";

/** A text as the intake gives it, in both languages. */
export type Words = { zh: string; en: string };

/** Where a ballot is on its way. The last three end it. */
export type Step =
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
const TOKEN_LIFE = 540_000; // milliseconds of the ten minutes
const LONGEST = 30; // seconds between two tries
const MOST_PUZZLES = 5;
const MOST_TOKENS = 5;

/** Bring a ballot to its answer, however long it takes. Every try carries the same key, so that the
 * ballot counts once, whichever answer got lost. */
export async function send(
  slug: string,
  ballot: Pending,
  world: World,
  tell: (step: Step) => void,
): Promise<Step> {
  let failures = 0;
  let solved: string | null = null;
  let [puzzles, tokens] = [0, 0];

  const again = async (answer: Answer | null) => {
    const step = delay(answer, failures++, world.isOffline());
    tell(step);
    await world.pause(step.seconds);
  };

  for (;;) {
    tell({ kind: "preparing" });
    const asked = await world.post(`/intake/${slug}/tokens`, {
      key: ballot.key,
      ...(solved ? { challenge: solved } : {}),
    });
    solved = null;
    if (asked?.status === 428 && puzzles++ < MOST_PUZZLES) {
      tell({ kind: "solving" });
      solved = await world.solve(asked.body.challenge);
      continue;
    }
    if (asked?.status === 401) return { kind: "no-pass" };
    if (isWorthATry(asked)) {
      await again(asked);
      continue;
    }
    if (asked.status !== 200) return refused(asked);
    failures = 0;
    const since = world.now();
    tell({ kind: "holding", seconds: HOLD });
    await world.pause(HOLD);

    while (world.now() - since < TOKEN_LIFE) {
      tell({ kind: "sending" });
      const said = await world.post(asked.body.cast, {
        token: asked.body.token,
        works: ballot.works,
        traces: { watched: ballot.watched, referral: ballot.referral },
      });
      if (said?.status === 201 || said?.status === 200) {
        const { again: isAgain, ...receipt } = said.body;
        return { kind: "counted", receipt, again: Boolean(isAgain) };
      }
      if (said?.status === 403 && said.body.code === "token" && tokens++ < MOST_TOKENS) break;
      if (!isWorthATry(said)) return refused(said);
      await again(said);
    }
  }
}

/** No answer, or one that another try may change. */
function isWorthATry(answer: Answer | null): answer is null | (Answer & { status: 503 }) {
  return answer === null || [408, 425, 428, 429].includes(answer.status) || answer.status >= 500;
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
