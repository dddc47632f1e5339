/** Signed notes (C2SP signed-note with Ed25519). */

import { type Bytes, base64, join, same, utf8 } from "./bytes";
import { sha256 } from "./merkle";

export interface Key {
  name: string;
  id: Bytes;
  public: Bytes;
}

/** A verifier key `name+id+key`; null: it is none. */
export async function parseKey(text: string): Promise<Key | null> {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim());
  const data = found && base64(found[3] ?? "");
  if (!found || !data || data.length !== 33 || data[0] !== 1) return null;
  const name = found[1] ?? "";
  const id = (await sha256(join(utf8(`${name}\n`), data))).slice(0, 4);
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex === found[2] ? { name, id, public: data.slice(1) } : null;
}

/** The signed text (it ends with a newline) and those signatures that name `key`. */
export function parseNote(note: string, key: Key): { text: string; signatures: Bytes[] } | null {
  const at = note.lastIndexOf("\n\n");
  if (at < 1 || !note.endsWith("\n")) return null;
  const signatures: Bytes[] = [];
  for (const line of note.slice(at + 2, -1).split("\n")) {
    const found = /^— (\S+) (\S+)$/.exec(line);
    const data = found && base64(found[2] ?? "");
    if (!found || !data || data.length < 5) return null;
    if (found[1] === key.name && same(data.slice(0, 4), key.id)) signatures.push(data.slice(4));
  }
  return { text: note.slice(0, at + 1), signatures };
}

/** Whether this browser can check Ed25519 signatures; asked once. */
let able: Promise<boolean> | undefined;

export function canVerify(): Promise<boolean> {
  able ??= importKey(new Uint8Array(32)).then(
    () => true,
    () => false,
  );
  return able;
}

export async function isSigned(note: { text: string; signatures: Bytes[] }, key: Key) {
  const imported = await importKey(key.public);
  for (const signature of note.signatures) {
    if (await crypto.subtle.verify("Ed25519", imported, signature, utf8(note.text))) return true;
  }
  return false;
}

const importKey = (key: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
