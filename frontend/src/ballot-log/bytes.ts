/** Bytes and the texts they are written in. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;

/** Standard base64, padded, in the one text that the data have; null where it is not exactly that. */
export function base64(text: string): Bytes | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const letters = atob(text);
  if (btoa(letters) !== text) return null; // the last letter has bits that say nothing: they are 0
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** Base64 for addresses, unpadded. */
export function base64url(text: string): Bytes | null {
  const standard = text.replaceAll("-", "+").replaceAll("_", "/");
  return /^[\w-]*$/.test(text) ? base64(standard + "=".repeat(-standard.length & 3)) : null;
}

export function join(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
