/** A change of a sheet that the server has not answered yet: what was typed, the revision of the
 * sheet it was typed on, and whether it was sent off while the page closed. */
export type Change = { value: string; seen: number; gone?: boolean };

/** Changes of one sheet, kept in this browser until the server has them: a closed tab or a flat
 * battery loses nothing. Each change is kept by itself: the sheet may be open in another tab, whose
 * changes stay. */
export class Unsent {
  private readonly changes = new Map<string, Change>();

  constructor(private readonly key: string) {
    for (const [name, change] of Object.entries(this.kept())) this.changes.set(name, change);
  }

  get size(): number {
    return this.changes.size;
  }

  get first(): [string, Change] | undefined {
    return [...this.changes][0];
  }

  get all(): [string, Change][] {
    return [...this.changes];
  }

  put(name: string, change: Change): void {
    this.changes.set(name, change);
    this.keep((kept) => {
      kept[name] = change;
    });
  }

  /** The server has this value; a newer one that was typed meanwhile stays. */
  done(name: string, value: string): void {
    if (this.changes.get(name)?.value === value) this.changes.delete(name);
    this.keep((kept) => {
      if (kept[name]?.value === value) delete kept[name];
    });
  }

  /** What is still to be sent when the sheet is opened again at `revision` with these `values`. Sent
   * off while the page closed and the sheet has moved on: then it arrived, or somebody knew better. */
  dropArrived(revision: number, values: (name: string) => string | undefined): void {
    for (const [name, change] of this.all) {
      const there = values(name);
      // An empty field on the server never got it, whatever else moved the sheet on meanwhile.
      const moved = change.gone && revision > change.seen && there !== "";
      if (there === change.value || moved || there === undefined) this.done(name, change.value);
    }
  }

  private kept(): Record<string, Change> {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "{}") as Record<string, Change>;
    } catch {
      return {}; // Private windows keep nothing; what another version kept is not ours to read.
    }
  }

  private keep(change: (kept: Record<string, Change>) => void): void {
    const kept = this.kept();
    change(kept);
    try {
      if (Object.keys(kept).length) localStorage.setItem(this.key, JSON.stringify(kept));
      else localStorage.removeItem(this.key);
    } catch {
      // Full or forbidden: the page itself still holds them.
    }
  }
}
