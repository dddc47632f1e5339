/** The order of the works: another for every visit, the same while it lasts. */

/** The seed of this visit; a page without storage makes a new one each time. */
export function seedOfVisit(slug: string): number {
  const name = `paike.order.${slug}`;
  const made = crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
  try {
    const kept = Number(sessionStorage.getItem(name));
    if (kept > 0) return kept;
    sessionStorage.setItem(name, String(made));
  } catch {
    // The order then lasts as long as the page.
  }
  return made;
}

/** `names` in the order of `seed`. Every name has its own number, so that a work that joins or
 * leaves moves no other. */
export function shuffled(names: string[], seed: number): string[] {
  const place = new Map(names.map((name) => [name, mixed(name, seed)]));
  return [...names].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0) || (a < b ? -1 : 1));
}

/** FNV-1a over the name, then the finisher of MurmurHash3: 32 bits that look like chance. */
function mixed(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
