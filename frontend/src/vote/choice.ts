import { inLanguage } from "../shell/language";
import { texts } from "../texts/vote";
import * as kept from "./kept";

type Control = HTMLInputElement | HTMLSelectElement;

/** The works chosen on the paper: what the controls say, kept on this phone. */
export class Choice {
  readonly least: number;
  readonly most: number;
  private readonly slug: string;
  private readonly controls: Map<number, Control>;
  private readonly listeners: (() => void)[] = [];

  constructor(ballot: HTMLFormElement) {
    this.slug = ballot.dataset.ballot ?? "";
    this.least = Number(ballot.dataset.least);
    this.most = Number(ballot.dataset.most);
    this.controls = new Map();
    for (const control of ballot.querySelectorAll<Control>("[data-pick]")) {
      const card = control.closest<HTMLElement>("[data-work]");
      this.controls.set(Number(card?.dataset.work), control);
    }
    this.set(kept.choice(this.slug));
    ballot.addEventListener("change", () => this.changed());
  }

  /** The numbers of the works, once per vote. */
  get works(): number[] {
    return [...this.controls].flatMap(([work, control]) => Array(votes(control)).fill(work));
  }

  set(works: number[]): void {
    let room = this.most;
    for (const [work, control] of this.controls) {
      const wanted = Math.min(works.filter((each) => each === work).length, room);
      give(control, work, closedWhy(control) === undefined ? wanted : 0);
      room -= votes(control);
    }
    this.changed();
  }

  remove(work: number): void {
    const control = this.controls.get(work);
    if (control) give(control, work, 0);
    this.changed();
  }

  /** A work can't be chosen now: its card says why, and it is taken off. */
  close(work: number, why: string): void {
    const control = this.controls.get(work);
    const card = control?.closest<HTMLElement>("[data-work]");
    if (!control || !card || card.dataset.closed === why) return;
    give(control, work, 0);
    card.dataset.closed = why;
    this.changed();
  }

  /** It can be chosen again. */
  reopen(work: number): void {
    const card = this.controls.get(work)?.closest<HTMLElement>("[data-work]");
    if (!card?.dataset.closed) return;
    delete card.dataset.closed;
    this.changed();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
    listener();
  }

  private changed(): void {
    const say = inLanguage(texts);
    const works = this.works;
    for (const control of this.controls.values()) {
      const closed = closedWhy(control);
      const count = votes(control);
      control.disabled = closed !== undefined || (count === 0 && works.length >= this.most);
      const word = control.parentElement?.querySelector<HTMLElement>("[data-on]");
      if (word) word.textContent = closed ?? (count > 0 ? say.picked : say.pick);
    }
    kept.keepChoice(this.slug, works);
    for (const listener of this.listeners) listener();
  }
}

/** Why a work can't be chosen now, where it can't. */
function closedWhy(control: Control): string | undefined {
  return control.closest<HTMLElement>("[data-work]")?.dataset.closed;
}

/** How many votes a control gives. */
function votes(control: Control): number {
  if (control instanceof HTMLInputElement) return control.checked ? 1 : 0;
  return control.value ? control.value.split(",").length : 0;
}

function give(control: Control, work: number, count: number): void {
  if (control instanceof HTMLInputElement) control.checked = count > 0;
  else control.value = Array(count).fill(work).join(",");
}
