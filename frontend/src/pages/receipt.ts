import { type Finding, verifyReceipt } from "../ballot-log";
import { inLanguage, language } from "../shell/language";
import { texts } from "../texts/receipt";
import { fateOf, named, titlesOfPage, tone } from "../vote/fates";
import { download } from "../vote/files";
import * as kept from "../vote/kept";

const TRIES = 8; // one a second and a half: the log is a second or two behind

const say = inLanguage(texts);
const page = document.querySelector<HTMLElement>("[data-receipt]");
if (page) open(page, page.dataset.receipt ?? "", page.dataset.code ?? "");

function open(page: HTMLElement, slug: string, code: string): void {
  follow(page, slug, code, TRIES);
  const found = kept.receipts(slug).find((each) => each.receipt.code === code);
  if (!found) return;
  const { receipt } = found;
  const box = page.querySelector<HTMLElement>("[data-kept]");
  if (box) box.hidden = false;
  // The phone knows the choice; the account's own list would only say it twice.
  page.querySelector("[data-account-works]")?.remove();
  page.querySelector("[data-download]")?.addEventListener("click", () => download(receipt));
  page.querySelector("[data-verify]")?.addEventListener("click", () => check(page, slug, receipt));
  showWorks(page, receipt);
}

/** Show the state until it stands in the log. */
async function follow(page: HTMLElement, slug: string, code: string, left: number): Promise<void> {
  const fate = await fateOf(slug, code);
  if (!fate || fate === "unknown") return;
  const words = say.fates[fate.state];
  const set = (name: string, text: string) => {
    const part = page.querySelector(`[data-${name}]`);
    if (part && part.textContent !== text) part.textContent = text;
  };
  if (words) {
    set("fate-name", words.name);
    set("fate-words", words.words);
  }
  const mark = page.querySelector(".receipt-mark");
  if (mark) mark.className = `receipt-mark receipt-${tone(fate.state)}`;
  if (fate.index !== null) set("log-index", say.place(fate.index));
  if (fate.state === "accepted" && left > 0)
    setTimeout(() => follow(page, slug, code, left - 1), 1500);
}

async function check(page: HTMLElement, slug: string, receipt: kept.Receipt): Promise<void> {
  const box = page.querySelector<HTMLElement>("[data-finding]");
  if (!box) return;
  box.hidden = false;
  box.dataset.outcome = "";
  box.textContent = say.checking;
  const fate = await fateOf(slug, receipt.code);
  const proof = fate && fate !== "unknown" ? fate.proof : null;
  if (proof) kept.keepReceipt(slug, { ...receipt, proof }, Date.now());
  const known = page.dataset.vkey ? { vkey: page.dataset.vkey } : {};
  show(box, await verifyReceipt({ ...receipt, proof: proof ?? receipt.proof }, known));
}

function show(box: HTMLElement, finding: Finding): void {
  box.dataset.outcome = finding.outcome;
  const heading = document.createElement("strong");
  heading.textContent = say[finding.outcome];
  const list = document.createElement("ul");
  list.className = "grid gap-1";
  for (const each of finding.checks) {
    const line = document.createElement("li");
    line.dataset.check = each.key;
    line.dataset.outcome = each.outcome;
    const sign = { good: "✓", bad: "✗", unknown: "?" }[each.outcome];
    line.textContent = `${sign} ${each.words[language()]}`;
    list.append(line);
  }
  box.replaceChildren(heading, list);
}

function showWorks(page: HTMLElement, receipt: kept.Receipt): void {
  const button = page.querySelector<HTMLElement>("[data-show-works]");
  const list = page.querySelector<HTMLElement>("[data-works]");
  if (!button || !list) return;
  button.addEventListener("click", () => {
    list.hidden = !list.hidden;
    button.setAttribute("aria-expanded", String(!list.hidden));
    const word = button.lastChild;
    if (word) word.textContent = list.hidden ? say.show : say.hide;
    const works = list.hidden ? [] : named(kept.worksOf(receipt), titlesOfPage(), say.gone);
    list.replaceChildren(
      ...works.map((title) => {
        const line = document.createElement("li");
        line.className = "font-serif font-semibold";
        line.textContent = title;
        return line;
      }),
    );
  });
}
