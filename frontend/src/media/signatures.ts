/** What a file is when it is not an MP4, by its first bytes.
 * The twin of `paike/media/rules/signatures.py`. */

// biome-ignore format: a table reads better in lines
const SIGNATURES: [number, string, string][] = [
  [8, "AVI ", "AVI"], [8, "WAVE", "WAV"], [8, "WEBP", "WebP"],
  [0, "\x1a\x45\xdf\xa3", "MKV / WebM"], [0, "\x00\x00\x01\xba", "MPEG-PS / VOB"],
  [0, "\x00\x00\x01\xb3", "MPEG"], [0, "FLV\x01", "FLV"],
  [0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMV"], [0, ".RMF", "RMVB"], [0, "OggS", "Ogg"],
  [0, "ID3", "MP3"], [0, "#EXTM3U", "M3U8"], [0, "ffconcat", "concat"],
  [0, "\xff\xd8\xff", "JPEG"], [0, "\x89PNG", "PNG"], [0, "GIF8", "GIF"], [0, "%PDF", "PDF"],
  [0, "PK\x03\x04", "ZIP"], [0, "Rar!", "RAR"], [0, "7z\xbc\xaf", "7z"],
];
const TRANSPORT_PACKET = 188;

/** The format's name, or an empty text when it is none of those known. */
export function formatOf(first: Uint8Array): string {
  const text = Array.from(first, (byte) => String.fromCharCode(byte)).join("");
  for (const [offset, mark, name] of SIGNATURES) if (text.startsWith(mark, offset)) return name;
  return text[0] === "G" && text[TRANSPORT_PACKET] === "G" ? "MPEG-TS" : "";
}
