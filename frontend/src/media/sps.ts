/** What an H.264 sequence parameter set says about the picture (ITU-T H.264, 7.3.2.1.1 and E.1.1).
 * The twin of `paike/media/rules/sps.py`. */

// Table E-1: sample aspect ratios by index.
// biome-ignore format: a table reads better in lines
const ASPECTS: [number, number][] = [
  [0, 1], [1, 1], [12, 11], [10, 11], [16, 11], [40, 33], [24, 11], [20, 11], [32, 11],
  [80, 33], [18, 11], [15, 11], [64, 33], [160, 99], [4, 3], [3, 2], [2, 1],
];
const EXTENDED = 255;
const WITH_CHROMA = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
const MAX_BITS = 32;

export type Ratio = [number, number];

/** The parameter set ends too early or holds impossible numbers. */
export class BadParameters extends Error {}

/** Coded size after cropping, pixel aspect when stated, profile number. */
export interface Picture {
  width: number;
  height: number;
  aspect: Ratio | undefined;
  profile: number;
}

class Bits {
  private readonly bytes: number[] = [];
  private at = 0;

  /** Emulation prevention bytes are taken out first. */
  constructor(unit: Uint8Array) {
    let zeros = 0;
    for (const byte of unit) {
      if (zeros >= 2 && byte === 3) {
        zeros = 0;
        continue;
      }
      zeros = byte === 0 ? zeros + 1 : 0;
      this.bytes.push(byte);
    }
  }

  take(count: number): number {
    let value = 0;
    for (let taken = 0; taken < count; taken++) {
      const byte = this.bytes[this.at >> 3];
      if (byte === undefined) throw new BadParameters("ends too early");
      value = value * 2 + ((byte >> (7 - (this.at & 7))) & 1);
      this.at++;
    }
    return value;
  }

  unsigned(): number {
    let zeros = 0;
    while (this.take(1) === 0) {
      zeros++;
      if (zeros > MAX_BITS) throw new BadParameters("number too long");
    }
    return 2 ** zeros - 1 + this.take(zeros);
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 ? (value + 1) / 2 : -value / 2;
  }
}

/** Read one parameter set (a NAL unit with its header byte). */
export function readParameters(unit: Uint8Array): Picture {
  const bits = new Bits(unit.subarray(1));
  const profile = bits.take(8);
  bits.take(16);
  bits.unsigned();
  const chroma = WITH_CHROMA.has(profile) ? chromaFormat(bits) : 1;
  skipOrder(bits);
  bits.unsigned();
  bits.take(1);
  const across = bits.unsigned() + 1;
  const down = bits.unsigned() + 1;
  const framesOnly = bits.take(1);
  if (!framesOnly) bits.take(1);
  bits.take(1);
  const [left, right, top, bottom] = cropping(bits);
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = (chroma === 1 ? 2 : 1) * (2 - framesOnly);
  const width = across * 16 - unitX * (left + right);
  const height = down * 16 * (2 - framesOnly) - unitY * (top + bottom);
  if (width <= 0 || height <= 0) throw new BadParameters("cropped to nothing");
  return { width, height, aspect: pixelAspect(bits), profile };
}

/** The ratio in lowest terms. */
export function reduce(across: number, down: number): Ratio {
  let [a, b] = [across, down];
  while (b) [a, b] = [b, a % b];
  return [across / (a || 1), down / (a || 1)];
}

function chromaFormat(bits: Bits): number {
  const chroma = bits.unsigned();
  if (chroma === 3) bits.take(1);
  bits.unsigned();
  bits.unsigned();
  bits.take(1);
  if (bits.take(1)) {
    for (let index = 0; index < (chroma === 3 ? 12 : 8); index++)
      if (bits.take(1)) skipScalingList(bits, index < 6 ? 16 : 64);
  }
  return chroma;
}

function skipScalingList(bits: Bits, length: number): void {
  let last = 8;
  let following = 8;
  for (let index = 0; index < length; index++) {
    if (following) following = (((last + bits.signed()) % 256) + 256) % 256;
    last = following || last;
  }
}

function skipOrder(bits: Bits): void {
  bits.unsigned();
  const kind = bits.unsigned();
  if (kind === 0) bits.unsigned();
  else if (kind === 1) {
    bits.take(1);
    bits.signed();
    bits.signed();
    const count = bits.unsigned();
    if (count > EXTENDED) throw new BadParameters("too many reference frames");
    for (let index = 0; index < count; index++) bits.signed();
  }
}

function cropping(bits: Bits): [number, number, number, number] {
  if (!bits.take(1)) return [0, 0, 0, 0];
  return [bits.unsigned(), bits.unsigned(), bits.unsigned(), bits.unsigned()];
}

function pixelAspect(bits: Bits): Ratio | undefined {
  if (!bits.take(1) || !bits.take(1)) return undefined;
  const index = bits.take(8);
  if (index === EXTENDED) {
    const across = bits.take(16);
    const down = bits.take(16);
    return across && down ? reduce(across, down) : undefined;
  }
  return index > 0 ? ASPECTS[index] : undefined;
}
