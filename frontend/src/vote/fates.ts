/** What became of a ballot, as the intake tells everybody who has its code. */
export type FateOf = {
  state: "accepted" | "logged" | "quarantined" | "released" | "void" | "not-counted";
  index: number | null;
  proof: string | null;
};

/** null: it can't be asked now; "unknown": there is no such code. */
export async function fateOf(slug: string, code: string): Promise<FateOf | "unknown" | null> {
  try {
    const answer = await fetch(`/intake/${slug}/receipts/${encodeURIComponent(code)}`);
    if (answer.status === 404) return "unknown";
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Titles by number, as the page carries them. */
export function titlesOfPage(): Record<string, string> {
  try {
    return JSON.parse(document.getElementById("titles")?.textContent ?? "{}");
  } catch {
    return {};
  }
}

/** The works of a ballot in words: a title, and how often where it is more than once. */
export function named(
  works: number[],
  titles: Record<string, string>,
  gone: (work: number) => string,
): string[] {
  const times = new Map<number, number>();
  for (const work of works) times.set(work, (times.get(work) ?? 0) + 1);
  return [...times].map(([work, count]) => {
    const title = titles[String(work)] || gone(work);
    return count > 1 ? `${title} × ${count}` : title;
  });
}

/** The tone of a state's chip and mark. */
export function tone(state: string): "progress" | "good" | "hint" | "bad" {
  if (state === "accepted") return "progress";
  if (state === "quarantined") return "hint";
  return state === "logged" || state === "released" ? "good" : "bad";
}
