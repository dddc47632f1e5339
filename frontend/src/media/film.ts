/** A film as its boxes describe it: container, tracks, durations, what is missing. Only the boxes are
 * read, wherever they lie, never the whole file. The twin of `paike/media/rules/film.py`. */

import {
  BoxFault,
  Cut,
  child,
  children,
  header,
  MAX_BOXES,
  MAX_INDEX,
  read,
  rows,
  type Source,
} from "./boxes.ts";
import { type AudioEntry, audioEntry, type VideoEntry, videoEntry } from "./sample-entries.ts";
import { formatOf } from "./signatures.ts";

const FIRST_BOXES = new Set(["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp"]);
const UNKNOWN_32 = 2n ** 32n - 1n;
const UNKNOWN_64 = 2n ** 64n - 1n;
const ODD_MATRIX = -1;
const TURNS: Record<string, number> = {
  "1,0,0,1": 0,
  "0,1,-1,0": 90,
  "-1,0,0,-1": 180,
  "0,-1,1,0": 270,
};

/** One track. `shownMs`: how long it plays, edit lists applied; `mediaMs`: what is stored. */
export interface Track {
  kind: "video" | "audio" | "other";
  shownMs: bigint;
  mediaMs: bigint;
  rotation: number;
  outside: boolean;
  video: VideoEntry | undefined;
  audio: AudioEntry | undefined;
}

/** The whole file. `missing`: bytes that its boxes promise and the file does not have. */
export interface Film {
  container: string;
  size: number;
  missing: number;
  faststart: boolean;
  fragmented: boolean;
  tracks: Track[];
  shownMs: bigint;
}

type Place = { kind: string; offset: number; content: number; end: number };

/** Durations found in movie fragments, in ticks, by track number. */
interface Fragments {
  defaults: Map<number, bigint>;
  ticks: Map<number, bigint>;
}

/** Read a film's boxes. Throws BoxFault. */
export async function readFilm(source: Source): Promise<Film> {
  await lookAtStart(source);
  const found = { container: "mov", faststart: false, missing: 0 };
  let index: Cut | undefined;
  let dataSeen = false;
  const places: Place[] = [];
  for await (const place of topLevel(source)) {
    found.missing = Math.max(found.missing, place.end - source.size);
    if (place.kind === "ftyp") found.container = containerOf(await load(source, place));
    else if (place.kind === "moov" && index === undefined) {
      index = await load(source, place);
      found.faststart = !dataSeen;
    } else if (place.kind === "mdat") dataSeen = true;
    else if (place.kind === "moof" && place.end <= source.size) places.push(place);
  }
  if (index === undefined) throw new BoxFault("no-index", source.size);
  const fragments: Fragments = { defaults: fragmentDefaults(index), ticks: new Map() };
  for (const place of places) addFragment(await load(source, place), fragments);
  const movie = child(index, "mvhd");
  const scale = movie ? clock(movie)[0] : 0n;
  const tracks: Track[] = [];
  for (const [kind, content] of children(index))
    if (kind === "trak") tracks.push(readTrack(content, scale, fragments));
  const shown = tracks.filter((track) => track.kind !== "other").map((track) => track.shownMs);
  return {
    ...found,
    size: source.size,
    fragmented: places.length > 0 || child(index, "mvex") !== undefined,
    tracks,
    shownMs: longest(shown),
  };
}

/** The longest of some times; `Math.max` does not take big integers. */
export function longest(times: bigint[]): bigint {
  let most = 0n;
  for (const time of times) if (time > most) most = time;
  return most;
}

async function lookAtStart(source: Source): Promise<void> {
  if (source.size === 0) throw new BoxFault("empty", 0);
  const first = await read(source, 0, 512);
  const kind = first.length >= 8 ? new Cut(first).word(4) : "";
  if (!FIRST_BOXES.has(kind)) throw new BoxFault("not-mp4", 0, formatOf(first));
}

async function* topLevel(source: Source): AsyncGenerator<Place> {
  let at = 0;
  for (let count = 0; count < MAX_BOXES; count++) {
    if (at + 8 > source.size) return;
    const box = header(new Cut(await read(source, at, 16), at), source.size);
    yield {
      kind: box.kind,
      offset: box.offset,
      content: box.offset + box.header,
      end: box.end,
    };
    at = box.end;
  }
  throw new BoxFault("broken", at);
}

async function load(source: Source, place: Place): Promise<Cut> {
  if (place.end > source.size) throw new BoxFault("cut", place.offset);
  if (place.end - place.content > MAX_INDEX) throw new BoxFault("broken", place.offset);
  return new Cut(await read(source, place.content, place.end - place.content), place.content);
}

function containerOf(ftyp: Cut): string {
  const brand = ftyp.word(0);
  if (brand === "qt  ") return "mov";
  return brand.startsWith("3gp") || brand.startsWith("3g2") ? "3gp" : "mp4";
}

/** Time scale and duration of an `mvhd` or `mdhd`; an unknown duration is 0. */
function clock(box: Cut): [bigint, bigint] {
  const long = box.number(0, 1) === 1;
  const scale = box.big(long ? 20 : 12, 4);
  const ticks = long ? box.big(24, 8) : box.big(16, 4);
  return [scale, ticks === (long ? UNKNOWN_64 : UNKNOWN_32) ? 0n : ticks];
}

function toMs(ticks: bigint, scale: bigint): bigint {
  return scale ? (ticks * 1000n) / scale : 0n;
}

function readTrack(track: Cut, movieScale: bigint, fragments: Fragments): Track {
  const head = child(track, "tkhd");
  const media = child(track, "mdia");
  if (!head || !media) throw new BoxFault("broken", track.start);
  const mediaHead = child(media, "mdhd");
  const handler = child(media, "hdlr");
  const info = child(media, "minf");
  if (!mediaHead || !handler || !info) throw new BoxFault("broken", media.start);
  const samples = child(info, "stbl");
  if (!samples) throw new BoxFault("broken", info.start);
  const [scale, declared] = clock(mediaHead);
  const number = head.number(head.number(0, 1) === 1 ? 20 : 12, 4);
  const ticks = longest([declared, sampleTicks(samples), fragments.ticks.get(number) ?? 0n]);
  const shown = editedMs(child(track, "edts"), movieScale);
  const mediaMs = toMs(ticks, scale);
  const name = handler.word(8);
  const kind = name === "vide" ? "video" : name === "soun" ? "audio" : "other";
  const description = child(samples, "stsd");
  if (kind !== "other" && !description) throw new BoxFault("broken", samples.start);
  return {
    kind,
    shownMs: shown || mediaMs,
    mediaMs,
    rotation: rotationOf(head),
    outside: isOutside(info),
    video: kind === "video" && description ? videoEntry(description) : undefined,
    audio: kind === "audio" && description ? audioEntry(description) : undefined,
  };
}

function isOutside(info: Cut): boolean {
  const references = child(child(info, "dinf"), "dref");
  if (!references) return false;
  for (const [, box] of children(references.after(8))) if (!(box.number(1, 3) & 1)) return true;
  return false;
}

/** The sum of all sample durations: it can't be talked smaller by a header. */
function sampleTicks(samples: Cut): bigint {
  const times = child(samples, "stts");
  let total = 0n;
  if (times) for (const row of rows(times, 4, 8)) total += row.big(0, 4) * row.big(4, 4);
  return total;
}

/** How long the edit list plays in ms; 0: there is none, or it leaves the length open. */
function editedMs(box: Cut | undefined, movieScale: bigint): bigint {
  const edits = child(box, "elst");
  if (!edits) return 0n;
  const long = edits.number(0, 1) === 1;
  let total = 0n;
  for (const row of rows(edits, 4, long ? 20 : 12)) total += row.big(0, long ? 8 : 4);
  return toMs(total, movieScale);
}

function rotationOf(head: Cut): number {
  const at = head.number(0, 1) === 1 ? 52 : 40;
  const matrix = [0, 4, 12, 16].map((place) => head.signed(at + place));
  if (matrix.some((value) => value % 65536 !== 0)) return ODD_MATRIX;
  // `+ 0` turns -0 into 0.
  return TURNS[matrix.map((value) => value / 65536 + 0).join(",")] ?? ODD_MATRIX;
}

function fragmentDefaults(index: Cut): Map<number, bigint> {
  const defaults = new Map<number, bigint>();
  const extend = child(index, "mvex");
  if (extend)
    for (const [kind, box] of children(extend))
      if (kind === "trex") defaults.set(box.number(4, 4), box.big(12, 4));
  return defaults;
}

function addFragment(fragment: Cut, found: Fragments): void {
  for (const [kind, track] of children(fragment)) {
    const head = kind === "traf" ? child(track, "tfhd") : undefined;
    if (!head) continue;
    const flags = head.number(1, 3);
    const number = head.number(4, 4);
    let usual = found.defaults.get(number) ?? 0n;
    if (flags & 0x08) usual = head.big(8 + (flags & 0x01 ? 8 : 0) + (flags & 0x02 ? 4 : 0), 4);
    let ticks = found.ticks.get(number) ?? 0n;
    for (const [name, run] of children(track)) if (name === "trun") ticks += runTicks(run, usual);
    found.ticks.set(number, ticks);
  }
}

function runTicks(run: Cut, usual: bigint): bigint {
  const flags = run.number(1, 3);
  const count = run.number(4, 4);
  if (!(flags & 0x100)) return BigInt(count) * usual;
  const width = 4 * [0x100, 0x200, 0x400, 0x800].filter((bit) => flags & bit).length;
  const first = 8 + (flags & 0x01 ? 4 : 0) + (flags & 0x04 ? 4 : 0);
  if (first + count * width > run.length) throw new BoxFault("broken", run.start);
  let total = 0n;
  for (let sample = 0; sample < count; sample++) total += run.big(first + sample * width, 4);
  return total;
}
