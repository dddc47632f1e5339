/** The gate before the first byte is sent: the same verdicts as the server's, from the boxes alone.
 * The server decides; this only spares people a useless upload.
 *
 *     const report = await judge(file, limits);
 *     if (report.outcome === "refuse") show(report.verdicts);
 *
 * The twin of `paike/media/rules/gate.py`; both are held to `tests/fixtures/films/expected.json`. */

import { BoxFault, type Source } from "./boxes.ts";
import { type Film, longest, readFilm, type Track } from "./film.ts";
import type { VideoEntry } from "./sample-entries.ts";
import {
  codecName,
  containerName,
  isForm,
  isReadable,
  type Outcome,
  type Verdict,
  verdict,
} from "./texts.ts";

export type { Outcome, Verdict } from "./texts.ts";

/** The call's film rules, as the server writes them into the page. */
export interface FilmLimits {
  containers: string[];
  video_codecs: string[];
  audio_codecs: string[];
  frame_sizes: string[];
  pixel_aspects: string[];
  duration_min: string;
  duration_max: string;
  size_max: number;
  short_side_min?: number | null;
  conversion?: { on: boolean; size_max: number };
}

/** All verdicts, in the order in which people read them, and what was measured. */
export interface Report {
  outcome: Outcome;
  verdicts: Verdict[];
  facts: Record<string, string | number | boolean>;
}

const MB = 1024 * 1024;
const HIDDEN_MS = 500n;
const MOST_PIXELS = 4096 * 2304; // whatever a call allows: more would only tire the decoder
const ANY = "-";

/** Every verdict that can be given without playing the film. Throws only when the file can't be read
 * from the disk. */
export async function judge(source: Source, limits: FilmLimits): Promise<Report> {
  try {
    const film = await readFilm(source);
    return report(verdicts(film, limits), factsOf(film));
  } catch (fault) {
    if (!(fault instanceof BoxFault)) throw fault;
    return report([unreadable(fault, limits), size(source.size, limits)], { bytes: source.size });
  }
}

function report(found: Verdict[], facts: Report["facts"]): Report {
  const has = (outcome: Outcome) => found.some((line) => line.outcome === outcome);
  return {
    outcome: has("refuse") ? "refuse" : has("warn") ? "warn" : "pass",
    verdicts: found,
    facts,
  };
}

/** Whether nothing but the film's form was refused, and the server can mend all of it. The twin of
 * `convertible` in `paike/media/rules/conforming.py`. */
export function convertible(found: Report, limits: FilmLimits): boolean {
  const { facts } = found;
  const refusals = found.verdicts.filter((line) => line.outcome === "refuse");
  const makes =
    limits.containers.includes("mp4") &&
    limits.video_codecs.includes("h264") &&
    limits.audio_codecs.includes("aac");
  if (!makes || !limits.conversion?.on || refusals.length === 0) return false;
  return (
    isReadable("codec.wrong", facts.video_codec) &&
    (facts.audio_codec === undefined || isReadable("sound.wrong", facts.audio_codec)) &&
    Number(facts.width) * Number(facts.height) <= MOST_PIXELS &&
    Number(facts.bytes) <= limits.conversion.size_max &&
    refusals.every((line) => isForm(line.code, line.value))
  );
}

function factsOf(film: Film): Report["facts"] {
  const video = film.tracks.find((track) => track.kind === "video");
  const audio = film.tracks.find((track) => track.kind === "audio")?.audio;
  return {
    bytes: film.size,
    container: film.container,
    duration_ms: Number(film.shownMs),
    faststart: film.faststart,
    fragmented: film.fragmented,
    tracks: film.tracks.length,
    ...(video?.video && {
      video_codec: video.video.codec,
      video_profile: video.video.profile,
      width: coded(video.video)[0],
      height: coded(video.video)[1],
      pixel_aspect: video.video.aspect.join(":"),
      clean_aperture: video.video.cleanAperture,
      rotation: video.rotation,
    }),
    ...(audio && {
      audio_codec: audio.codec,
      audio_profile: audio.profile,
      channels: audio.channels,
      sample_rate: audio.rate,
    }),
  };
}

function verdicts(film: Film, limits: FilmLimits): Verdict[] {
  const video = film.tracks.find((track) => track.kind === "video" && track.video);
  return [
    container(film, limits),
    size(film.size, limits),
    integrity(film),
    ...(video?.video
      ? [
          codec(video.video, limits),
          frame(video.video, limits),
          pixels(video.video, limits),
          rotation(video.rotation, limits),
        ]
      : [verdict("codec.no-video", { limit: codecs(limits.video_codecs) })]),
    duration(film.shownMs, limits),
    sound(film, limits),
    structure(film),
    verdict(film.faststart ? "faststart.ok" : "faststart.late", {}),
  ];
}

function unreadable(fault: BoxFault, limits: FilmLimits): Verdict {
  const limit = containers(limits);
  switch (fault.code) {
    case "empty":
      return verdict("container.empty", { limit });
    case "not-mp4": {
      const code = fault.found ? "container.wrong" : "container.unknown";
      return verdict(code, { found: fault.found, limit }, fault.found);
    }
    case "no-index":
    case "cut":
      return verdict("integrity.no-index", {});
    case "broken":
      return verdict("container.broken", { offset: fault.offset, limit });
  }
}

function container(film: Film, limits: FilmLimits): Verdict {
  const code = limits.containers.includes(film.container) ? "container.ok" : "container.wrong";
  const found = containerName(film.container);
  return verdict(code, { found, limit: containers(limits) }, film.container);
}

function size(bytes: number, limits: FilmLimits): Verdict {
  const over = bytes - limits.size_max;
  const places = {
    size: megabytes(bytes),
    limit: megabytes(limits.size_max),
    over: megabytes(Math.max(over, 0)),
  };
  return verdict(over > 0 ? "size.too-big" : "size.ok", places, String(bytes), "B");
}

function integrity(film: Film): Verdict {
  if (film.tracks.some((track) => track.outside)) return verdict("integrity.outside", {});
  if (film.missing > 0)
    return verdict("integrity.cut", { missing: film.missing }, String(film.missing), "B");
  return verdict("integrity.ok", {}, "0", "B");
}

function codec(video: VideoEntry, limits: FilmLimits): Verdict {
  const found = `${codecName(video.codec)} ${video.profile}`.trim();
  const code = limits.video_codecs.includes(video.codec) ? "codec.ok" : "codec.wrong";
  return verdict(code, { found, limit: codecs(limits.video_codecs) }, video.codec);
}

function coded(video: VideoEntry): [number, number] {
  return video.coded ?? [video.width, video.height];
}

function frame(video: VideoEntry, limits: FilmLimits): Verdict {
  const [width, height] = coded(video);
  const least = limits.short_side_min ?? 0;
  const value = `${width}x${height}`;
  let code = "frame.ok";
  let found = `${width}×${height}`;
  if (width !== video.width || height !== video.height) {
    code = "frame.contradiction";
    found = `${video.width}×${video.height}`;
  } else if (limits.frame_sizes.length > 0 && !limits.frame_sizes.includes(value))
    code = "frame.wrong";
  else if (width * height > MOST_PIXELS) code = "frame.too-large";
  else if (Math.min(width, height) < least) code = "frame.too-small";
  const places = { found, coded: `${width}×${height}`, limit: sizes(limits), least };
  return verdict(code, places, value, "px");
}

function pixels(video: VideoEntry, limits: FilmLimits): Verdict {
  const [across, down] = video.aspect;
  const value = `${across}:${down}`;
  const extreme = across > down * 2 || down > across * 2;
  const wanted = limits.pixel_aspects;
  let code = extreme ? "pixels.extreme" : "pixels.odd";
  if (wanted.includes(value) || (wanted.length === 0 && !extreme)) code = "pixels.ok";
  const [width, height] = coded(video);
  const shown = `${Math.floor((width * across * 2 + down) / (down * 2))}×${height}`;
  return verdict(code, { found: value, shown, limit: wanted.join(" / ") || ANY }, value);
}

function rotation(degrees: number, limits: FilmLimits): Verdict {
  const quarter = limits.frame_sizes.length > 0 ? "rotation.quarter" : "rotation.turned";
  const codes: Record<number, string> = {
    0: "rotation.ok",
    90: quarter,
    180: "rotation.half",
    270: quarter,
  };
  const places = { found: degrees, limit: sizes(limits) };
  return verdict(codes[degrees] ?? "rotation.odd", places, String(degrees), "°");
}

function duration(shownMs: bigint, limits: FilmLimits): Verdict {
  const length = (shownMs + 50n) / 100n;
  const least = tenths(limits.duration_min);
  const most = tenths(limits.duration_max);
  let code = "duration.ok";
  if (length > most) code = "duration.too-long";
  else if (length < least || length === 0n) code = "duration.too-short";
  const places = {
    seconds: decimal(length),
    over: decimal(length > most ? length - most : 0n),
    least: plain(least),
    most: plain(most),
  };
  return verdict(code, places, decimal(length), "s");
}

function sound(film: Film, limits: FilmLimits): Verdict {
  const limit = codecs(limits.audio_codecs);
  const tracks = film.tracks.flatMap((track) => track.audio ?? []);
  const wrong = tracks.find((audio) => !limits.audio_codecs.includes(audio.codec));
  const audio = wrong ?? tracks[0];
  if (!audio) return verdict("sound.none", { limit });
  const code = wrong ? "sound.wrong" : "sound.ok";
  return verdict(code, { found: codecName(audio.codec), limit }, audio.codec);
}

function structure(film: Film): Verdict {
  if (film.fragmented) return verdict("structure.fragmented", {});
  const videos = film.tracks.filter((track: Track) => track.kind === "video");
  if (videos.length > 1)
    return verdict("structure.many-videos", { found: videos.length }, String(videos.length));
  const hidden = longest(videos.map((track) => track.mediaMs - track.shownMs));
  if (hidden <= HIDDEN_MS) return verdict("structure.ok", {});
  const seconds = decimal((hidden + 50n) / 100n);
  return verdict("structure.edited", { hidden: seconds }, seconds, "s");
}

function sizes(limits: FilmLimits): string {
  return limits.frame_sizes.join(" / ").replaceAll("x", "×") || ANY;
}

function containers(limits: FilmLimits): string {
  return limits.containers.map(containerName).join(" / ");
}

function codecs(keys: string[]): string {
  return keys.map(codecName).join(" / ") || ANY;
}

/** Tenths of a second in a decimal such as "90" or "90.55"; the rest is cut off. */
function tenths(seconds: string): bigint {
  const [whole = "0", part = ""] = seconds.split(".");
  return BigInt(whole) * 10n + BigInt(part.slice(0, 1) || "0");
}

function decimal(value: bigint): string {
  return `${value / 10n}.${value % 10n}`;
}

function plain(value: bigint): string {
  return decimal(value).replace(/\.0$/, "");
}

/** Tenths of a megabyte, rounded up: a file over the limit never looks as if it kept it. */
function megabytes(bytes: number): string {
  return plain(BigInt(Math.ceil((bytes * 10) / MB)));
}
