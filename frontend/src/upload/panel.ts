import { inLanguage } from "../shell/language";
import { texts } from "../texts/entry";
import { minutes, size } from "./figures";
import { fingerprint } from "./fingerprint";
import { Pace } from "./pace";
import { type Line, precheck, worst } from "./precheck";
import { type Refusal, Sending } from "./sending";
import { verdictList } from "./verdicts";

/** The upload panel: pick, check before the first byte, send, pause, go on, say how it stands. */
export class Panel {
  private readonly words = inLanguage(texts);
  private readonly pace = new Pace();
  private sending: Sending | undefined;
  private size = 0;

  constructor(private readonly box: HTMLElement) {
    this.find<HTMLInputElement>("[data-pick]").addEventListener("change", (event) => {
      const input = event.target as HTMLInputElement;
      const file = input.files?.[0];
      if (file) void this.picked(file);
      input.value = "";
    });
    this.find("[data-pause]").addEventListener("click", () => void this.pause());
    this.find("[data-resume]").addEventListener("click", () => this.resume());
    this.find("[data-cancel]").addEventListener("click", () => void this.cancel());
    if (this.box.dataset.place) this.showKept();
  }

  /** An upload that was begun here earlier or on another device. */
  private showKept(): void {
    const received = Number(this.box.dataset.received);
    this.size = Number(this.box.dataset.size);
    this.open();
    this.say(this.words.kept(size(received), size(this.size)));
    this.draw(received);
    this.buttons({ pause: false, resume: false });
  }

  private async picked(file: File): Promise<void> {
    this.open();
    this.say(this.words.checking);
    this.buttons({ pause: false, resume: false });
    const { lines, convertible } = await precheck(file, JSON.parse(this.box.dataset.film ?? "{}"));
    const wrong = worst(lines) === "refuse" && !convertible;
    this.verdicts(wrong ? lines.filter((line) => line.outcome !== "pass") : []);
    this.find("[data-convertible]").hidden = !convertible;
    if (wrong) {
      this.stop(this.words.refused);
      return;
    }
    const mark = await fingerprint(file);
    const known = this.box.dataset.place && this.box.dataset.fingerprint;
    if (known && known !== mark) {
      this.showKept();
      this.say(this.words.another);
      return;
    }
    this.send(file, mark);
  }

  private send(file: File, mark: string): void {
    this.size = file.size;
    const at = {
      entry: this.box.dataset.entry ?? "",
      fingerprint: mark,
      place: this.box.dataset.place,
    };
    this.sending = new Sending(file, at, {
      progress: (sent) => this.progress(sent),
      arrived: () => this.arrived(),
      interrupted: () => {
        this.pace.forget();
        this.clearPace();
        this.say(this.words.interrupted);
        this.box.dataset.state = "interrupted";
      },
      refused: (refusal, status) => this.refused(refusal, status),
    });
    this.find("[data-pick-label]").hidden = true;
    this.resume();
  }

  private progress(sent: number): void {
    this.pace.note(sent, performance.now());
    this.say(this.words.sending);
    this.box.dataset.state = "sending";
    this.draw(sent);
  }

  private draw(sent: number): void {
    const share = this.size > 0 ? sent / this.size : 0;
    this.find<HTMLProgressElement>("[data-bar]").value = Math.floor(share * 1000);
    this.put("[data-percent]", `${Math.floor(share * 100)}%`);
    this.put("[data-amount]", this.words.amount(size(sent), size(this.size)));
    const left = this.pace.left(this.size);
    this.put(
      "[data-speed]",
      this.pace.speed > 0 ? this.words.speed(size(Math.round(this.pace.speed))) : "",
    );
    const span = left === undefined ? undefined : minutes(left);
    this.put("[data-left]", span ? this.words.left(span.minutes, span.seconds) : "");
  }

  private async pause(): Promise<void> {
    await this.sending?.pause();
    this.pace.forget();
    this.clearPace();
    this.say(this.words.paused);
    this.box.dataset.state = "paused";
    this.buttons({ pause: false, resume: true });
  }

  private resume(): void {
    this.say(this.words.sending);
    this.buttons({ pause: true, resume: false });
    this.sending?.start();
  }

  private async cancel(): Promise<void> {
    if (this.sending) await this.sending.cancel();
    else if (this.box.dataset.place) await giveUp(this.box.dataset.place);
    this.forget();
    this.stop("");
    this.find("[data-panel]").hidden = true;
    this.find("[data-convertible]").hidden = true;
  }

  private arrived(): void {
    this.draw(this.size);
    this.forget();
    this.stop(this.words.arrived);
    this.box.dataset.state = "arrived";
    this.put("[data-pick-words]", this.words.change);
    this.find("[data-pick-label]").classList.replace("btn-primary", "btn-outline");
    this.find("[data-panel]").hidden = true;
    this.find("[data-convertible]").hidden = true;
    document.body.dispatchEvent(new CustomEvent("film-arrived"));
  }

  private refused(refusal: Refusal | undefined, status: number): void {
    if (status === 404 || status === 410) this.forget();
    const english = document.documentElement.lang.startsWith("en");
    this.stop(refusal ? (english ? refusal.en : refusal.zh) : this.words.failed);
  }

  private clearPace(): void {
    this.put("[data-speed]", "");
    this.put("[data-left]", "");
  }

  private forget(): void {
    for (const name of ["place", "received", "size", "fingerprint"]) delete this.box.dataset[name];
  }

  private stop(words: string): void {
    this.sending = undefined;
    this.pace.forget();
    this.say(words);
    this.box.dataset.state = "stopped";
    this.find("[data-pick-label]").hidden = false;
    this.find("[data-cancel]").hidden = !this.box.dataset.place;
    this.buttons({ pause: false, resume: false });
    for (const name of ["[data-percent]", "[data-amount]", "[data-speed]", "[data-left]"])
      this.put(name, "");
    this.find("[data-bar]").hidden = true;
  }

  private open(): void {
    this.find("[data-panel]").hidden = false;
    this.find("[data-bar]").hidden = false;
    this.find("[data-cancel]").hidden = false;
  }

  private verdicts(lines: Line[]): void {
    const place = this.find("[data-verdicts]");
    place.hidden = lines.length === 0;
    place.replaceChildren(...(lines.length > 0 ? [verdictList(lines)] : []));
  }

  private buttons(show: { pause: boolean; resume: boolean }): void {
    this.find("[data-pause]").hidden = !show.pause;
    this.find("[data-resume]").hidden = !show.resume;
  }

  private say(words: string): void {
    this.put("[data-words]", words);
  }

  private put(selector: string, words: string): void {
    const place = this.find(selector);
    if (place.textContent !== words) place.textContent = words;
  }

  private find<T extends HTMLElement>(selector: string): T {
    const found = this.box.querySelector<T>(selector);
    if (!found) throw new Error(`The upload panel has no ${selector}.`);
    return found;
  }
}

async function giveUp(place: string): Promise<void> {
  await fetch(place, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(
    () => undefined,
  );
}
