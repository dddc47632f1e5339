"""What happens to files: a bit turns over, the end is lost, a piece is lost, doubled, or changes
places with another; and what the verifier says of it, as people and programs are told."""

import json
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from paike_verify import cli

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}.* [a-z]{2,}")
Act = Callable[[st.DrawFn, bytes], bytes]


def flip(draw: st.DrawFn, data: bytes) -> bytes:
    """One bit."""
    at = draw(st.integers(0, len(data) - 1))
    return data[:at] + bytes([data[at] ^ 1 << draw(st.integers(0, 7))]) + data[at + 1 :]


def truncate(draw: st.DrawFn, data: bytes) -> bytes:
    """The end is lost; all of it, sometimes."""
    return data[: draw(st.integers(0, len(data) - 1))]


def delete(draw: st.DrawFn, data: bytes) -> bytes:
    """A piece is lost."""
    first, end = _piece(draw, data)
    return data[:first] + data[end:]


def duplicate(draw: st.DrawFn, data: bytes) -> bytes:
    """A piece stands there twice."""
    first, end = _piece(draw, data)
    return data[:end] + data[first:end] + data[end:]


def reorder(draw: st.DrawFn, data: bytes) -> bytes:
    """Two pieces beside each other change places."""
    first, end = _piece(draw, data, least=2)
    middle = draw(st.integers(first + 1, end - 1))
    return data[:first] + data[middle:end] + data[first:middle] + data[end:]


ACTS: tuple[Act, ...] = (flip, truncate, delete, duplicate, reorder)


@st.composite
def damaged(draw: st.DrawFn, data: bytes, act: Act) -> bytes:
    """`data` after `act`, and not what they were."""
    return draw(st.composite(lambda d: act(d, data))().filter(lambda now: now != data))


def _piece(draw: st.DrawFn, data: bytes, *, least: int = 1) -> tuple[int, int]:
    """Begin and end of a piece: bytes, a hash of a tile, or a line."""
    hashes = [(at, at + 32 * least) for at in range(0, len(data) - 32 * least + 1, 32)]
    breaks = [0, *(found.end() for found in re.finditer(rb"\n", data))]
    lines = list(zip(breaks, breaks[least:], strict=False))
    choice = draw(st.sampled_from(["bytes", "hash", "line"]))
    if choice == "hash" and hashes:
        return draw(st.sampled_from(hashes))
    if choice == "line" and lines:
        return draw(st.sampled_from(lines))
    first = draw(st.integers(0, len(data) - least))
    return first, draw(st.integers(first + least, len(data)))


def is_signed_as_before(before: bytes, now: bytes) -> bool:
    """Whether a note is the same but for the order of its signatures and ones by nobody known: a
    piece of a line may make a new one. Such are passed over, as the format has it."""
    (text, _, known), (other, _, found) = before.rpartition(b"\n\n"), now.rpartition(b"\n\n")
    lines = set(known.splitlines())
    signers = {_signer(line) for line in lines}
    more = set(found.splitlines()) - lines
    return (
        text == other and lines <= set(found.splitlines()) and not signers & set(map(_signer, more))
    )


def _signer(line: bytes) -> tuple[bytes, bytes]:
    """Name and number of the key, the latter in as many letters as hold it."""
    _, name, signature = line.split(b" ")
    return name, signature[:6]


@dataclass(frozen=True)
class Said:
    """What a command says: exit code, findings, and each sentence in both languages."""

    code: int
    findings: list[dict[str, Any]]
    sentences: list[tuple[str, str]]

    @property
    def text(self) -> str:
        return "\n".join(f"{zh}\n{en}" for zh, en in self.sentences)

    @property
    def codes(self) -> set[str]:
        return {finding["code"] for finding in self.findings}

    def names(self, path: str) -> bool:
        """Whether a file is named in both languages."""
        return any(path in zh and path in en for zh, en in self.sentences)

    def names_entry(self, first: int, end: int) -> bool:
        """Whether an entry between two indexes is named."""
        return any(first <= finding.get("index", -1) < end for finding in self.findings)

    def is_clear(self) -> bool:
        """Something was said, and all of it in Chinese and in English."""
        return bool(self.sentences) and all(
            CHINESE.search(zh) and ENGLISH.search(en) for zh, en in self.sentences
        )


def run(*arguments: Path | str) -> Said:
    """A command in this process: a traceback is a failed test."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = cli.main([*map(str, arguments), "--json"])
        except SystemExit as wrong_usage:
            code = int(str(wrong_usage.code))
    if code == 2:  # both in one line, as argparse has it
        zh, _, en = err.getvalue().splitlines()[-1].partition(" / ")
        return Said(code, [], [(zh, en)])
    answer = json.loads(out.getvalue())
    said = [*answer["findings"], *answer["notes"]]
    if "error" in answer:  # it could not begin
        said.append(answer["error"])
    return Said(code, answer["findings"], [(each["zh"], each["en"]) for each in said])
