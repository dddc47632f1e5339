/** SHA-256 of a short ASCII text, at once: WebCrypto answers one call at a time by promise, which is
 * twenty times slower for a puzzle. */

const K = new Uint32Array(64);
const H = new Uint32Array(8);

/** The constants are the first bits of square and cube roots of primes. */
for (let number = 2, found = 0; found < 64; number++) {
  let isPrime = true;
  for (let factor = 2; factor * factor <= number; factor++) {
    if (number % factor === 0) isPrime = false;
  }
  if (!isPrime) continue;
  if (found < 8) H[found] = fraction(number ** (1 / 2));
  K[found++] = fraction(number ** (1 / 3));
}

function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

const words = new Uint32Array(64);
const rotated = (value: number, by: number) => (value >>> by) | (value << (32 - by));
const at = (array: Uint32Array, index: number) => array[index] as number;

/** 64 hexadecimal digits. `text`: ASCII only. */
export function sha256(text: string): string {
  const state = H.slice();
  const blocks = Math.ceil((text.length + 9) / 64);
  for (let block = 0; block < blocks; block++) {
    words.fill(0, 0, 16);
    for (let index = 0; index < 64; index++) {
      const place = block * 64 + index;
      if (place > text.length) break;
      const byte = place === text.length ? 0x80 : text.charCodeAt(place);
      words[index >> 2] = at(words, index >> 2) | (byte << (24 - 8 * (index & 3)));
    }
    if (block === blocks - 1) words[15] = text.length * 8;
    compress(state);
  }
  return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
}

function compress(state: Uint32Array): void {
  for (let i = 16; i < 64; i++) {
    const early = at(words, i - 15);
    const late = at(words, i - 2);
    const s0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const s1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    words[i] = at(words, i - 16) + s0 + at(words, i - 7) + s1;
  }
  let [a, b, c, d, e, f, g, h] = [...state] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + at(words, i)) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    state[index] = at(state, index) + value;
  });
}
