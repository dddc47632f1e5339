import { inLanguage, language } from "../shell/language";
import { texts } from "../texts/vote";
import { showBasket } from "../vote/basket";
import { Choice } from "../vote/choice";
import { Fate } from "../vote/fate";
import { fetchPostersAhead, playInPlace } from "../vote/films";
import * as kept from "../vote/kept";
import type { Step } from "../vote/sending";
import { seedOfVisit, shuffled } from "../vote/shuffle";
import { followState } from "../vote/state";
import { Tap } from "../vote/tap";
import { browser } from "../vote/world";

goToOwnLanguage();
const ballot = document.querySelector<HTMLFormElement>("form[data-ballot]");
if (ballot) takePart(ballot);

function takePart(ballot: HTMLFormElement): void {
  const slug = ballot.dataset.ballot ?? "";
  shuffle(ballot, slug);
  const played = playInPlace(ballot);
  fetchPostersAhead(ballot);
  const seen = kept.firstSeen(slug, Date.now());
  const choice = "open" in ballot.dataset ? new Choice(ballot) : null;
  if (choice) showBasket(ballot, choice);
  followState(ballot, choice);
  const passAddress = () => {
    const query = new URLSearchParams({ next: `${location.pathname}#go`, seen: String(seen) });
    return `${ballot.dataset.pass}?${query}`;
  };
  const fate = new Fate({
    zone: ballot.dataset.zone ?? "",
    receipt: (code) => (ballot.dataset.receipts ?? "").replace("CODE", code),
    mine: ballot.dataset.mine ?? "",
    pass: passAddress,
  });
  const referral = cameFrom();
  const tap = new Tap(
    slug,
    choice,
    fate,
    browser,
    () => ({ seen, watched: played(), referral }),
    (address) => location.assign(address),
    passAddress,
    (step) => markWhoLeft(choice, step),
  );
  ballot.addEventListener("submit", (event) => {
    event.preventDefault();
    tap.tap();
  });
  const hint = (isNeeded: boolean) => {
    const line = ballot.querySelector("[data-basket-hint]");
    if (isNeeded && line) line.textContent = inLanguage(texts).notSent;
  };
  window.addEventListener("pageshow", (event) => hint(event.persisted && tap.takeBack()));
  const hash = location.hash;
  if (hash) history.replaceState(null, "", location.pathname + location.search);
  tap.resume(hash).then((end) => hint(end === "not-sent"));
}

/** Another order for every visit, so that no place on the page is worth votes. */
function shuffle(ballot: HTMLElement, slug: string): void {
  const grid = ballot.querySelector<HTMLElement>("[data-shuffle]");
  if (!grid) return;
  const cards = new Map(
    [...grid.querySelectorAll<HTMLElement>("[data-work]")].map((card) => [
      card.dataset.work ?? "",
      card,
    ]),
  );
  const order = shuffled([...cards.keys()], seedOfVisit(slug));
  grid.append(...order.map((work) => cards.get(work) as HTMLElement));
  delete grid.dataset.shuffle;
}

/** A refusal named a work that can't be voted for: the page as it is now says which. */
async function markWhoLeft(choice: Choice | null, step: Step): Promise<void> {
  if (step.kind !== "refused" || !choice) return;
  const say = inLanguage(texts);
  for (const work of step.works) choice.close(work, say.paused);
  if (step.code !== "not-a-candidate") return;
  try {
    const answer = await fetch(location.pathname, { cache: "reload" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const card of document.querySelectorAll<HTMLElement>("[data-work]")) {
      const work = card.dataset.work ?? "";
      if (!page.querySelector(`[data-work="${work}"]`)) choice.close(Number(work), say.left);
    }
  } catch {
    // The words of the refusal say what to do.
  }
}

/** The link that led here, as a trace: our own pages say nothing. */
function cameFrom(): string {
  const named = new URLSearchParams(location.search).get("from");
  if (named) return named.slice(0, 300);
  if (!document.referrer) return "";
  return new URL(document.referrer).origin === location.origin ? "" : document.referrer;
}

/** The page is the same for everybody, so the address decides on its language. Whoever reads English
 * and no Chinese, and did not come here on purpose, is led to the English one. */
function goToOwnLanguage(): void {
  const wanted = (navigator.languages ?? []).map((each) => each.slice(0, 2).toLowerCase());
  const other = document.querySelector<HTMLLinkElement>("link[rel=alternate][hreflang=en]");
  const isOnPurpose = document.referrer.startsWith(location.origin);
  if (!other || isOnPurpose || language() === "en") return;
  if (wanted.includes("en") && !wanted.includes("zh"))
    location.replace(other.href + location.search + location.hash);
}
