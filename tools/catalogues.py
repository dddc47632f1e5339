"""Compile .po to .mo with the standard library alone: an installation needs no Babel."""

import ast
import struct
from pathlib import Path

MAGIC = 0x950412DE
Entries = dict[str, str]


def compile_file(source: Path, target: Path) -> None:
    """Write the .mo of a .po as `tools.messages extract` writes it; untranslated and fuzzy
    messages are left out."""
    target.write_bytes(packed(read(source.read_text(encoding="utf-8"))))


def read(text: str) -> Entries:
    """Key to text, both as .mo files hold them: context and id divided by EOT, plurals by NUL."""
    found: Entries = {}
    for block in text.split("\n\n"):
        fields = _fields(block)
        if fields is None:
            continue
        key = fields["msgid"]
        if "msgid_plural" in fields:
            key += "\0" + fields["msgid_plural"]
        if "msgctxt" in fields:
            key = fields["msgctxt"] + "\4" + key
        strings = [value for name, value in fields.items() if name.startswith("msgstr")]
        if all(strings):
            found[key] = "\0".join(strings)
    return found


def _fields(block: str) -> dict[str, str] | None:
    """The fields of one message; None for a fuzzy or an obsolete one."""
    fields: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("#,") and "fuzzy" in line:
            return None
        if not line or line.startswith("#"):
            continue
        if line.startswith("msg"):
            name, line = line.split(" ", 1)
            fields[name] = ""
        fields[name] += ast.literal_eval(line)
    return fields or None


def packed(entries: Entries) -> bytes:
    """The bytes of a .mo file: header, two tables of lengths and offsets, then the strings."""
    pairs = sorted((key.encode(), text.encode()) for key, text in entries.items())
    start = 28 + 16 * len(pairs)
    keys = _table([key for key, _text in pairs], start)
    after = start + sum(len(key) + 1 for key, _text in pairs)
    texts = _table([text for _key, text in pairs], after)
    header = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    strings = b"".join(key + b"\0" for key, _text in pairs)
    return header + keys + texts + strings + b"".join(text + b"\0" for _key, text in pairs)


def _table(strings: list[bytes], offset: int) -> bytes:
    rows = b""
    for one in strings:
        rows += struct.pack("<2I", len(one), offset)
        offset += len(one) + 1
    return rows
