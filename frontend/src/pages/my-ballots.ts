import { inLanguage } from "../shell/language";
import { texts } from "../texts/receipt";
import { fateOf, named, titlesOfPage, tone } from "../vote/fates";
import * as kept from "../vote/kept";
import { moment } from "../vote/moments";

const TRIES = 8; // one a second and a half: the log is a second or two behind

const say = inLanguage(texts);
const page = document.querySelector<HTMLElement>("[data-mine]");
if (page) addKept(page, page.dataset.mine ?? "");

/** The ballots cast with this phone, whoever is signed in. */
function addKept(page: HTMLElement, slug: string): void {
  const list = page.querySelector<HTMLElement>("[data-ballots]");
  const none = page.querySelector<HTMLElement>("[data-none]");
  if (!list || !none) return;
  const listed = [...list.querySelectorAll<HTMLElement>("[data-code]")];
  const shown = new Set(listed.map((line) => line.dataset.code));
  for (const line of listed) {
    const chip = line.querySelector<HTMLElement>("[data-chip]");
    const words = line.querySelector<HTMLElement>("[data-words]");
    if (chip && words) tell(slug, line.dataset.code ?? "", chip, words);
  }
  for (const each of kept.receipts(slug)) {
    if (shown.has(each.receipt.code)) continue;
    list.append(line(page, slug, each));
    none.hidden = true;
  }
}

function line(page: HTMLElement, slug: string, each: kept.KeptReceipt): HTMLElement {
  const { receipt } = each;
  const made = document.createElement("li");
  made.className = "sheet grid gap-3 p-5";
  made.dataset.code = receipt.code;
  const head = document.createElement("p");
  head.className = "flex flex-wrap items-center justify-between gap-2";
  const when = document.createElement("strong");
  when.textContent = moment(new Date(each.at), page.dataset.zone ?? "");
  const chip = document.createElement("span");
  chip.className = "chip";
  const words = document.createElement("p");
  words.className = "text-[0.9375rem] text-muted";
  head.append(when, chip);
  const link = document.createElement("a");
  link.className = "link tabular inline-flex min-h-11 items-center";
  link.href = (page.dataset.receipts ?? "").replace("CODE", receipt.code);
  link.textContent = `${say.receipt} ${receipt.code}`;
  made.append(head, words, works(receipt), link);
  tell(slug, receipt.code, chip, words);
  return made;
}

/** Say a ballot's state, again and again until it stands in the log. */
async function tell(
  slug: string,
  code: string,
  chip: HTMLElement,
  words: HTMLElement,
  left = TRIES,
): Promise<void> {
  const fate = await fateOf(slug, code);
  const state = fate === "unknown" ? "not-counted" : fate?.state;
  const said = state ? say.fates[state] : undefined;
  if (!said || !state) {
    if (!words.textContent) words.textContent = say.unreachable;
    return;
  }
  if (chip.textContent?.trim() !== said.name) {
    chip.className = `chip chip-${tone(state)}`;
    chip.textContent = said.name;
    words.textContent = said.words;
  }
  if (state === "accepted" && left > 0)
    setTimeout(() => tell(slug, code, chip, words, left - 1), 1500);
}

function works(receipt: kept.Receipt): HTMLElement {
  const made = document.createElement("details");
  const summary = document.createElement("summary");
  summary.className = "link inline-flex min-h-11 cursor-pointer items-center gap-2";
  summary.textContent = say.show;
  const list = document.createElement("ul");
  list.className = "grid gap-1";
  made.addEventListener("toggle", () => {
    const titles = made.open ? named(kept.worksOf(receipt), titlesOfPage(), say.gone) : [];
    list.replaceChildren(
      ...titles.map((title) => {
        const line = document.createElement("li");
        line.className = "font-serif";
        line.textContent = title;
        return line;
      }),
    );
  });
  made.append(summary, list);
  return made;
}
