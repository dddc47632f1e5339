"""A voter's receipt."""

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Any

from paike_verify import consistency, forms, merkle, notes, witnessed
from paike_verify.files import WIDTH, Files, Source
from paike_verify.findings import Report
from paike_verify.forms import BALLOT, BadForm
from paike_verify.log import head_of
from paike_verify.notes import Key, Malformed

TEXTS = ("origin", "vkey", "code", "entry", "salt", "voter")


class NoReceipt(Exception):
    """A file that is no receipt."""


def read(data: bytes) -> dict[str, Any]:
    """A receipt file. Raises NoReceipt."""
    try:
        value = forms.load(data)
    except BadForm as fault:
        raise NoReceipt from fault
    whole = isinstance(value, dict) and value.get("format") == "paike-receipt-1"
    if not whole or not all(isinstance(value.get(name), str) for name in TEXTS):
        raise NoReceipt
    promise, proof = value.get("promise"), value.get("proof", 0)
    if not isinstance(promise, dict) or not isinstance(promise.get("path"), list):
        raise NoReceipt
    if type(promise.get("index")) is not int or type(promise.get("size")) is not int:
        raise NoReceipt
    if proof is not None and not isinstance(proof, str):
        raise NoReceipt
    return dict(value)


def check(
    receipt: dict[str, Any],
    report: Report,
    *,
    key: Key | None = None,
    log: Source | None = None,
    witnesses: Sequence[Key] = (),
) -> int | None:
    """Check a receipt, and that it is in `log` as the `witnesses` signed it; returns the ballot's
    index in the log where that is proven. None without a fault: it was promised and no more."""
    own = _key(receipt, report)
    if key is None:
        report.note(
            "公钥取自回执本身，请与网站公布的公钥核对。",
            "The key was taken from the receipt itself. Compare it with the one the site publishes.",
        )
    elif own is not None and own != key:
        report.fault(
            "key", "回执上的公钥不是所给的公钥。", "The receipt's key is not the one given."
        )
    key = key or own
    _commitment(receipt, report)
    if key is None:
        return None
    _promise(receipt, key, report)
    index = _proof(receipt, key, report)
    if log is not None:
        index = _in_log(receipt, key, index, log, report, witnesses)
    elif index is not None:
        report.note(
            "证明是回执自带的：它说明选票在日志密钥签过名的一份日志里。那是不是公开给所有人的日志，请用 --log 核对。",
            "The proof came with the receipt: it shows that the ballot is in a log that the log's key "
            "signed. Whether that is the one everybody is shown, --log checks.",
        )
    return index


def _key(receipt: dict[str, Any], report: Report) -> Key | None:
    try:
        key = notes.parse_key(receipt["vkey"])
    except Malformed:
        key = None
    if key is None or key.name != receipt["origin"]:
        report.fault(
            "key", "公钥格式不对或不属于这份日志。", "The key is malformed or another log's."
        )
        return None
    return key


def _commitment(receipt: dict[str, Any], report: Report) -> None:
    found = BALLOT.fullmatch(receipt["entry"].encode())
    if found is None:
        report.fault("form", "回执中的选票不合格式。", "The receipt's ballot is malformed.")
        return
    salt, voter = _base64url(receipt["salt"]), _base64url(receipt["voter"])
    if hashlib.sha256(salt + voter).digest() != _base64url(found[1].decode()) or len(salt) != 16:
        report.fault(
            "commitment",
            "选票与回执对不上：是另一张选票，或被改动过。",
            "Ballot and receipt don't match: it is another ballot, or it was changed.",
        )


def _promise(receipt: dict[str, Any], key: Key, report: Report) -> None:
    promise = receipt["promise"]
    try:
        note = notes.parse(str(promise["note"]))
        if type(promise["index"]) is not int or type(promise["size"]) is not int:
            raise Malformed("index, size")
        leaf = merkle.leaf_hash(receipt["entry"].encode())
        root = merkle.included(leaf, promise["index"], promise["size"], _path(promise["path"]))
        expected = f"paike-promise/v1\n{receipt['origin']}\n{_base64(root)}\n"
        holds = root is not None and note.text == expected and notes.is_signed(note, key)
    except (Malformed, KeyError, TypeError):
        holds = False
    if not holds:
        report.fault(
            "promise",
            "收票时的签名承诺无效。",
            "The promise signed when the ballot was taken does not hold.",
        )


def _proof(receipt: dict[str, Any], key: Key, report: Report) -> int | None:
    proof = receipt.get("proof")
    if proof is None:
        report.note(
            "回执里还没有日志证明。",
            "The receipt holds no proof from the log yet.",
        )
        return None
    try:
        index, path, text = parse_proof(str(proof))
        note = notes.parse(text)
        head = notes.checkpoint(note)
        leaf = merkle.leaf_hash(receipt["entry"].encode())
        reached = merkle.included(leaf, index, head.size, path)
        if head.origin == receipt["origin"] and reached == head.root and notes.is_signed(note, key):
            return index
    except Malformed:
        pass
    report.fault(
        "proof",
        "日志证明无效：不能证明选票在日志中。",
        "The proof does not hold: it doesn't show that the ballot is in the log.",
    )
    return None


def parse_proof(proof: str) -> tuple[int, list[bytes], str]:
    """Index, path and checkpoint of a tlog-proof. Raises Malformed."""
    head, gap, checkpoint = proof.partition("\n\n")
    first, *lines = head.split("\n")
    if lines and lines[0].startswith("extra "):
        lines.pop(0)
    place = re.fullmatch(r"index (0|[1-9][0-9]{0,17})", lines[0]) if lines else None
    if first != "c2sp.org/tlog-proof@v1" or not gap or place is None:
        raise Malformed(head)
    return int(place[1]), _path(lines[1:]), checkpoint


def _in_log(
    receipt: dict[str, Any],
    key: Key,
    index: int | None,
    log: Source,
    report: Report,
    witnesses: Sequence[Key],
) -> int | None:
    """Whether the log as it is now holds the ballot, in the tree that its head signs: what lies in a
    tile alone may have been laid there for whoever asks."""
    head, note = head_of(log, report, key=key)
    files, leaf = Files(log, head.size), merkle.leaf_hash(receipt["entry"].encode())
    if not consistency.fits(files, head, report):
        return None
    signed = (
        witnessed.check(note, head, files, report, key=key, witnesses=witnesses)
        if witnesses
        else []
    )
    unsure = False
    for number in range(-(-head.size // WIDTH)) if index is None else [index // WIDTH]:
        if number * WIDTH >= head.size:
            break
        if not consistency.is_vouched(files, 0, number, report):
            unsure = True  # a file is damaged: nobody can say what stood there
            continue
        hashes = files.tile(0, number) or []
        if leaf in hashes and index in (None, number * WIDTH + hashes.index(leaf)):
            found = number * WIDTH + hashes.index(leaf)
            witnessed.must_reach(signed, found, report, zh="这张选票", en="this ballot")
            return found
    if not unsure:
        report.fault(
            "not-in-log", "日志里没有这张选票。", "This ballot is not in the log.", index=index
        )
    return None


def _path(lines: Sequence[object]) -> list[bytes]:
    path = [notes.unbase64(str(line)) for line in lines]
    if any(len(each) != merkle.HASH for each in path):
        raise Malformed("path")
    return path


def _base64(data: bytes | None) -> str:
    return base64.b64encode(data or b"").decode()


def _base64url(text: str) -> bytes:
    """The data of a text, which is the only one that they have; nothing where it is none."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
    return data if base64.urlsafe_b64encode(data).decode().rstrip("=") == text else b""
