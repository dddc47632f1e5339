/** The boxes of an ISO base media file (MP4, MOV): sizes, types, and reading them with bounds.
 *
 * A file's own words are never trusted. This is the twin of `paike/media/rules/boxes.py`; both are
 * held to `tests/fixtures/films/expected.json`. */

export const MAX_BOXES = 5000;
export const MAX_INDEX = 16 * 1024 * 1024;
const MAX_ROWS = 500_000;

export type FaultCode = "empty" | "not-mp4" | "no-index" | "cut" | "broken";

/** The file breaks the format: how, where, and what it is instead. */
export class BoxFault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly offset: number,
    readonly found = "",
  ) {
    super(`${code} at byte ${offset}`);
  }
}

/** A file to look into without loading it: a Blob, or parts of one. */
export interface Source {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** At most `length` bytes from `offset`; fewer only at the end. */
export async function read(source: Source, offset: number, length: number): Promise<Uint8Array> {
  const end = Math.min(offset + length, source.size);
  return new Uint8Array(await source.slice(offset, end).arrayBuffer());
}

/** A stretch of bytes that was read, and where in the file it lies. */
export class Cut {
  constructor(
    readonly data: Uint8Array,
    readonly start = 0,
  ) {}

  get length(): number {
    return this.data.length;
  }

  /** The unsigned big-endian number of at most four bytes. */
  number(at: number, width: number): number {
    let value = 0;
    for (const byte of this.slice(at, width).data) value = value * 256 + byte;
    return value;
  }

  /** The unsigned big-endian number of any width. */
  big(at: number, width: number): bigint {
    let value = 0n;
    for (const byte of this.slice(at, width).data) value = value * 256n + BigInt(byte);
    return value;
  }

  /** The signed 32-bit number. */
  signed(at: number): number {
    return this.number(at, 4) | 0;
  }

  /** Four bytes as text; unprintable ones as `?`. */
  word(at: number): string {
    return Array.from(this.slice(at, 4).data, (byte) =>
      byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "?",
    ).join("");
  }

  slice(at: number, length: number): Cut {
    if (at < 0 || length < 0 || at + length > this.data.length)
      throw new BoxFault("broken", this.start + Math.min(at, this.data.length));
    return new Cut(this.data.subarray(at, at + length), this.start + at);
  }

  after(at: number): Cut {
    return this.slice(at, this.data.length - at);
  }
}

/** A box's type, where it begins, the length of its header, and where it says it ends. */
export interface Box {
  kind: string;
  offset: number;
  header: number;
  end: number;
}

/** The box that begins with these bytes. Its end may lie beyond `limit`: the caller decides. */
export function header(first: Cut, limit: number): Box {
  const kind = first.word(4);
  let size = first.number(0, 4);
  let length = 8;
  if (size === 1) {
    size = Number(first.big(8, 8));
    length = 16;
  }
  const open = first.number(0, 4) === 0;
  const end = open ? limit : first.start + size;
  if (end < first.start + length || end > Number.MAX_SAFE_INTEGER)
    throw new BoxFault("broken", first.start);
  return { kind, offset: first.start, header: length, end };
}

/** The boxes inside `parent`, each as its type and its content. */
export function* children(parent: Cut): Generator<[string, Cut]> {
  const limit = parent.start + parent.length;
  let at = 0;
  for (let count = 0; count < MAX_BOXES; count++) {
    if (at + 8 > parent.length) return; // QuickTime ends some parents with a 32-bit zero
    const box = header(parent.after(at), limit);
    if (box.end > limit) throw new BoxFault("broken", box.offset);
    yield [box.kind, parent.slice(at + box.header, box.end - box.offset - box.header)];
    at = box.end - parent.start;
  }
  throw new BoxFault("broken", parent.start);
}

/** The first box of this type inside `parent`. */
export function child(parent: Cut | undefined, kind: string): Cut | undefined {
  if (parent === undefined) return undefined;
  for (const [name, content] of children(parent)) if (name === kind) return content;
  return undefined;
}

/** The rows of a table: a 32-bit count at `at`, then so many rows of `width` bytes. */
export function* rows(table: Cut, at: number, width: number): Generator<Cut> {
  const count = table.number(at, 4);
  if (count > MAX_ROWS || at + 4 + count * width > table.length)
    throw new BoxFault("broken", table.start + at);
  for (let row = 0; row < count; row++) yield table.slice(at + 4 + row * width, width);
}
