/** How fast an upload goes and how long it will take, from what was sent in the last seconds. */
const WINDOW = 8000;

export class Pace {
  private marks: Array<{ at: number; sent: number }> = [];

  /** `sent` bytes of the file had left at `at` (milliseconds of any clock). */
  note(sent: number, at: number): void {
    const last = this.marks.at(-1);
    if (last && sent < last.sent) this.marks = [];
    this.marks.push({ at, sent });
    this.marks = this.marks.filter((mark) => at - mark.at <= WINDOW);
  }

  forget(): void {
    this.marks = [];
  }

  /** Bytes per second; 0 while unknown. */
  get speed(): number {
    const first = this.marks[0];
    const last = this.marks.at(-1);
    if (!first || !last || last.at - first.at < 500) return 0;
    return ((last.sent - first.sent) / (last.at - first.at)) * 1000;
  }

  /** Seconds until `size` bytes are sent; undefined while unknown. */
  left(size: number): number | undefined {
    const sent = this.marks.at(-1)?.sent;
    if (sent === undefined || this.speed <= 0) return undefined;
    return Math.ceil((size - sent) / this.speed);
  }
}
