import { inLanguage } from "../shell/language";
import { texts } from "../texts/vote";
import type { Choice } from "./choice";
import { moment } from "./moments";

const EVERY = 30_000; // milliseconds between two looks while the page is seen

type State = {
  open: boolean;
  counts: Record<string, number> | null;
  as_of: string | null;
  paused?: number[];
};

/** Keep counts, hours and paused works as the intake tells them to everybody. */
export function followState(ballot: HTMLFormElement, choice: Choice | null): void {
  const look = async () => {
    if (document.visibilityState === "hidden") return;
    const state = await ask(ballot.dataset.ballot ?? "");
    if (state) show(ballot, choice, state);
  };
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  look();
}

async function ask(slug: string): Promise<State | null> {
  try {
    const answer = await fetch(`/intake/${slug}/state`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

export function show(ballot: HTMLFormElement, choice: Choice | null, state: State): void {
  const say = inLanguage(texts);
  const zone = ballot.dataset.zone ?? "";
  for (const [work, count] of Object.entries(state.counts ?? {})) {
    const votes = ballot.querySelector(`[data-work="${work}"] [data-votes]`);
    if (votes) votes.textContent = say.votes(count);
  }
  const asOf = document.querySelector("[data-as-of]");
  if (asOf && state.counts && state.as_of)
    asOf.textContent = say.asOf(moment(new Date(state.as_of), zone));
  const paused = new Set(state.paused ?? []);
  for (const card of ballot.querySelectorAll<HTMLElement>("[data-work]")) {
    const work = Number(card.dataset.work);
    if (paused.has(work)) choice?.close(work, say.paused);
    else if (card.dataset.closed === say.paused) choice?.reopen(work);
  }
  if (state.open !== "open" in ballot.dataset) tellOfChange(ballot, state.open);
}

/** The page is from before the vote opened or closed: a cache may be a minute old. */
function tellOfChange(ballot: HTMLFormElement, isOpen: boolean): void {
  const say = inLanguage(texts);
  // By our own clock as well: a vote about to open is “closed” to the intake until it has begun.
  const now = Date.now();
  const closes = Date.parse(ballot.dataset.closes ?? "");
  if (!isOpen && now < closes) return;
  if (document.querySelector("[data-changed]")) return;
  const line = document.createElement("p");
  line.className = "alert alert-info alert-soft mb-5";
  line.dataset.changed = "";
  line.setAttribute("role", "status");
  const reload = document.createElement("a");
  reload.className = "link";
  reload.href = location.pathname;
  reload.textContent = say.reload;
  line.append(isOpen ? say.opened : say.closed, " ", reload);
  ballot.before(line);
}
