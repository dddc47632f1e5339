import { inLanguage, language } from "../shell/language";
import { texts } from "../texts/vote";
import { download } from "./files";
import { moment } from "./moments";
import type { Step } from "./sending";

/** What the panel may lead to. */
export type Ways = {
  zone: string;
  receipt: (code: string) => string;
  mine: string;
  pass: () => string;
};

/** The sheet that tells where a ballot is: on its way, waiting, counted, refused. */
export class Fate {
  private readonly sheet = document.createElement("dialog");
  private readonly live = document.createElement("div");
  private readonly deeds = document.createElement("p");
  private ticking = 0;

  constructor(private readonly ways: Ways) {
    this.sheet.className = "asking vote-fate";
    this.sheet.dataset.fate = "";
    this.live.setAttribute("role", "status");
    this.live.className = "grid justify-items-center gap-2 text-center";
    this.deeds.className = "flex flex-wrap justify-center gap-3";
    this.sheet.append(this.live, this.deeds);
    // Not to be closed by a stray key while the ballot is under way; its own buttons do.
    this.sheet.addEventListener("cancel", (event) => {
      if (this.sheet.dataset.under === "way") event.preventDefault();
    });
    document.body.append(this.sheet);
  }

  show(step: Step): void {
    const say = inLanguage(texts);
    clearInterval(this.ticking);
    this.sheet.dataset.fate = step.kind;
    const isDone = ["counted", "no-pass", "refused"].includes(step.kind);
    this.sheet.dataset.under = isDone ? "" : "way";
    if (!this.sheet.open) this.sheet.showModal();
    switch (step.kind) {
      case "counted":
        this.say(step.again ? say.countedAgain : say.counted, say.countedWords, "good");
        this.live.append(codeLine(say.code, step.receipt.code));
        this.offer(
          link(say.toReceipt, this.ways.receipt(step.receipt.code), true),
          button(say.save, () => download(step.receipt)),
          button(say.goOn, () => this.sheet.close()),
        );
        break;
      case "refused":
        this.say(step.code === "over" ? say.over : say.refused, step.words[language()], "hint");
        if (step.nextAt) this.add(say.nextAt(moment(new Date(step.nextAt), this.ways.zone)));
        this.offer(
          step.code === "already-voted" ? link(say.mine, this.ways.mine, true) : null,
          button(after(step.code), () => this.sheet.close()),
        );
        break;
      case "no-pass":
        this.say(say.noPass, say.noPassWords, "hint");
        this.offer(
          link(say.identify, this.ways.pass(), true),
          button(say.close, () => this.sheet.close()),
        );
        break;
      case "offline":
      case "busy":
        this.wait(step);
        break;
      default:
        this.say(say[step.kind], "", "under-way");
        this.offer();
    }
  }

  close(): void {
    if (this.sheet.open) this.sheet.close();
  }

  private wait(step: Extract<Step, { seconds: number }>): void {
    const say = inLanguage(texts);
    const words = step.kind === "busy" && step.words ? step.words[language()] : "";
    this.say(step.kind === "offline" ? say.offline : say.busy, words || say.leaveOpen, "waiting");
    // The countdown is for eyes; read aloud every second it would be a torment.
    const left = document.createElement("p");
    left.className = "tabular text-muted";
    left.setAttribute("aria-hidden", "true");
    let seconds = Math.ceil(step.seconds);
    const tick = () => {
      left.textContent = say.tryIn(Math.max(seconds--, 0));
    };
    tick();
    this.ticking = window.setInterval(tick, 1000);
    this.live.append(left);
    this.offer();
  }

  private say(title: string, words: string, mark: string): void {
    const sign = document.createElement("span");
    sign.className = `fate-mark fate-${mark}`;
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = { good: "✓", hint: "!", waiting: "…" }[mark] ?? "";
    const heading = document.createElement("h2");
    heading.className = "font-serif text-xl font-bold";
    heading.textContent = title;
    this.live.replaceChildren(sign, heading);
    if (words) this.add(words);
  }

  private add(words: string): void {
    const line = document.createElement("p");
    line.className = "measure text-muted";
    line.textContent = words;
    this.live.append(line);
  }

  private offer(...deeds: (HTMLElement | null)[]): void {
    this.deeds.replaceChildren(...deeds.filter((each) => each !== null));
    this.deeds.querySelector<HTMLElement>("a, button")?.focus();
  }
}

/** What is left to do where a ballot was refused. */
function after(code: string): string {
  const say = inLanguage(texts);
  if (code === "already-voted") return say.goOn;
  return ["closed", "over"].includes(code) ? say.close : say.change;
}

function codeLine(name: string, code: string): HTMLElement {
  const line = document.createElement("p");
  const strong = document.createElement("strong");
  strong.className = "tabular select-all text-lg tracking-wider";
  strong.dataset.receiptCode = "";
  strong.textContent = code;
  line.append(`${name} `, strong);
  return line;
}

function link(words: string, href: string, isMain: boolean): HTMLElement {
  const made = document.createElement("a");
  made.className = isMain ? "btn btn-primary" : "btn btn-ghost";
  made.href = href;
  made.textContent = words;
  return made;
}

function button(words: string, deed: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-ghost";
  made.textContent = words;
  made.addEventListener("click", deed);
  return made;
}
