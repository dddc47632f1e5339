/** The sample description of a track (`stsd`): codec, coded size, pixel aspect.
 * The twin of `paike/media/rules/sample_entries.py`. */

import { BoxFault, type Cut, child, children } from "./boxes.ts";
import { BadParameters, type Picture, type Ratio, readParameters, reduce } from "./sps.ts";

// biome-ignore format: tables read better in lines
const VIDEO: Record<string, string> = {
  avc1: "h264", avc3: "h264", hvc1: "hevc", hev1: "hevc", dvh1: "hevc", dvhe: "hevc",
  vp08: "vp8", vp09: "vp9", av01: "av1", jpeg: "mjpeg", mjpa: "mjpeg", mjpg: "mjpeg",
  s263: "h263", h263: "h263", apch: "prores", apcn: "prores", apcs: "prores",
  apco: "prores", ap4h: "prores", dvcp: "dv", "dvc ": "dv", mp4v: "mpeg4",
};
// biome-ignore format: tables read better in lines
const AUDIO: Record<string, string> = {
  mp4a: "aac", ".mp3": "mp3", "ac-3": "ac3", "ec-3": "eac3", Opus: "opus", fLaC: "flac",
  alac: "alac", sowt: "pcm", twos: "pcm", lpcm: "pcm", in24: "pcm", fl32: "pcm",
  samr: "amr", sawb: "amr",
};
// Object type indications of MPEG-4 systems (ISO/IEC 14496-1).
// biome-ignore format: tables read better in lines
const OBJECTS: Record<number, string> = {
  32: "mpeg4", 33: "h264", 35: "hevc", 64: "aac", 96: "mpeg2", 97: "mpeg2",
  98: "mpeg2", 99: "mpeg2", 100: "mpeg2", 101: "mpeg2", 102: "aac", 103: "aac",
  104: "aac", 105: "mp3", 106: "mpeg1", 107: "mp3", 108: "mjpeg", 165: "ac3", 166: "eac3",
};
// biome-ignore format: tables read better in lines
const H264_PROFILES: Record<number, string> = {
  66: "Baseline", 77: "Main", 88: "Extended", 100: "High", 110: "High 10", 122: "High 4:2:2",
  244: "High 4:4:4",
};
// biome-ignore format: tables read better in lines
const AAC_PROFILES: Record<number, string> = {
  1: "Main", 2: "LC", 3: "SSR", 4: "LTP", 5: "HE", 29: "HE v2",
};
const SEQUENCE_PARAMETERS = 7;

/** Codec and picture as the container says, and as the codec's own header says (`coded`). */
export interface VideoEntry {
  codec: string;
  profile: string;
  width: number;
  height: number;
  coded: [number, number] | undefined;
  aspect: Ratio;
  cleanAperture: boolean;
}

export interface AudioEntry {
  codec: string;
  profile: string;
  channels: number;
  rate: number;
}

/** The first entry of a video track's `stsd`. */
export function videoEntry(description: Cut): VideoEntry {
  const [kind, entry] = firstEntry(description);
  const width = entry.number(24, 2);
  const height = entry.number(26, 2);
  const boxes = new Map<string, Cut>();
  for (const [name, content] of children(entry.after(78)))
    if (!boxes.has(name)) boxes.set(name, content);
  let codec = known(VIDEO, kind);
  const stream = boxes.get("esds");
  if (kind === "mp4v" && stream) codec = OBJECTS[objects(stream)[0]] ?? codec;
  const config = boxes.get("avcC");
  const picture = codec === "h264" && config ? avcPicture(config) : undefined;
  return {
    codec,
    profile: picture ? (H264_PROFILES[picture.profile] ?? String(picture.profile)) : "",
    width,
    height,
    coded: picture ? [picture.width, picture.height] : undefined,
    aspect: pixelAspect(boxes.get("pasp"), picture),
    cleanAperture: boxes.has("clap"),
  };
}

/** The first entry of an audio track's `stsd`. */
export function audioEntry(description: Cut): AudioEntry {
  const [kind, entry] = firstEntry(description);
  const version = entry.number(8, 2);
  const channels = entry.number(16, 2);
  const rate = entry.number(24, 2);
  let codec = known(AUDIO, kind);
  let profile = "";
  const extra = version === 1 ? 16 : version === 2 ? 36 : 0; // QuickTime's longer entries
  if (kind === "mp4a") {
    const stream = streamDescription(entry.after(28 + extra));
    if (stream) {
      const [indication, objectType] = objects(stream);
      codec = OBJECTS[indication] ?? codec;
      profile = codec === "aac" ? (AAC_PROFILES[objectType] ?? "") : "";
    }
  }
  return { codec, profile, channels, rate };
}

function known(table: Record<string, string>, kind: string): string {
  return Object.hasOwn(table, kind) ? (table[kind] ?? "") : kind.trim().toLowerCase();
}

function firstEntry(description: Cut): [string, Cut] {
  if (description.number(4, 4) < 1) throw new BoxFault("broken", description.start);
  for (const entry of children(description.after(8))) return entry;
  throw new BoxFault("broken", description.start);
}

function streamDescription(rest: Cut): Cut | undefined {
  const stream = child(rest, "esds");
  const wave = child(rest, "wave");
  return stream ?? child(wave, "esds");
}

/** Object type indication, and the audio object type of the decoder's own description. */
function objects(stream: Cut): [number, number] {
  let [tag, at, length] = descriptor(stream, 4);
  if (tag !== 3) return [0, 0];
  const flags = stream.number(at + 2, 1);
  at += 3 + (flags & 0x80 ? 2 : 0);
  if (flags & 0x40) at += 1 + stream.number(at, 1);
  if (flags & 0x20) at += 2;
  [tag, at, length] = descriptor(stream, at);
  if (tag !== 4) return [0, 0];
  const indication = stream.number(at, 1);
  if (length < 15) return [indication, 0];
  const [inner, start, rest] = descriptor(stream, at + 13);
  return [indication, inner === 5 && rest >= 1 ? stream.number(start, 1) >> 3 : 0];
}

/** Tag, where the content starts, its length (7 bits a byte, at most four bytes). */
function descriptor(stream: Cut, at: number): [number, number, number] {
  const tag = stream.number(at, 1);
  let length = 0;
  for (let step = 1; step < 5; step++) {
    const byte = stream.number(at + step, 1);
    length = (length << 7) | (byte & 0x7f);
    if (byte < 0x80) return [tag, at + step + 1, length];
  }
  throw new BoxFault("broken", stream.start + at);
}

function avcPicture(config: Cut): Picture | undefined {
  if ((config.number(5, 1) & 0x1f) < 1) return undefined;
  const unit = config.slice(8, config.number(6, 2)).data;
  if (((unit[0] ?? 0) & 0x1f) !== SEQUENCE_PARAMETERS) return undefined;
  try {
    return readParameters(unit);
  } catch (fault) {
    if (fault instanceof BadParameters) throw new BoxFault("broken", config.start + 8);
    throw fault;
  }
}

/** The container's word goes first, as in players; without any, pixels are square. */
function pixelAspect(pasp: Cut | undefined, picture: Picture | undefined): Ratio {
  if (pasp) {
    const across = pasp.number(0, 4);
    const down = pasp.number(4, 4);
    if (across && down) return reduce(across, down);
  }
  return picture?.aspect ?? [1, 1];
}
