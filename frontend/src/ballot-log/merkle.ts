/** Hashes and paths of RFC 6962. */

import { type Bytes, join } from "./bytes";

export async function sha256(data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

export const leafHash = (leaf: Bytes): Promise<Bytes> => sha256(join(new Uint8Array([0]), leaf));

const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> =>
  sha256(join(new Uint8Array([1]), left, right));

/** The root that a path leads to from a leaf's hash; null: the path does not fit the place. */
export async function rootByPath(
  leaf: Bytes,
  place: { index: number; size: number },
  path: Bytes[],
): Promise<Bytes | null> {
  if (!(place.index >= 0 && place.index < place.size)) return null;
  let reached = leaf;
  let index = place.index;
  let last = place.size - 1;
  let used = 0;
  while (last > 0) {
    if (index % 2 === 1 || index !== last) {
      const beside = path[used++];
      if (beside === undefined) return null;
      reached = index % 2 === 1 ? await nodeHash(beside, reached) : await nodeHash(reached, beside);
    }
    // Not `>> 1`: that would end at 2^31.
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  return used === path.length ? reached : null;
}
