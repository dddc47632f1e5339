"""A whole log: its checkpoint, every hash, every entry."""

import re
from dataclasses import dataclass
from typing import Any

from paike_verify import notes, witnessed
from paike_verify.counts import Votes
from paike_verify.files import Files, Source, Unreadable
from paike_verify.findings import Report
from paike_verify.jury import Piles
from paike_verify.notes import Checkpoint, Key, Malformed, Note
from paike_verify.recount import Recount
from paike_verify.tags import Tags
from paike_verify.walk import Walk

_NUMBER = re.compile(rb"(0|[1-9][0-9]{0,17})\n")


@dataclass
class Checked:
    """What was found. `result`: the digest that the log states of the published result; `votes` and
    `piles`: the votes and opened score sheets it is computed from. `count` is None where not all
    entries can be read yet."""

    head: Checkpoint
    readable: int
    ballots: int
    result: str | None
    votes: Votes | None
    piles: Piles
    count: dict[str, Any] | None


def head_of(source: Source, report: Report, *, key: Key | None = None) -> tuple[Checkpoint, Note]:
    """The log's signed head. Raises Unreadable where there is none."""
    data = source.read("checkpoint")
    if data is None:
        raise Unreadable(
            "这里没有选票日志（缺少 checkpoint）。", "No ballot log here: no checkpoint."
        )
    try:
        note = notes.parse(data.decode())
        head = notes.checkpoint(note)
    except (Malformed, UnicodeDecodeError) as fault:
        raise Unreadable(
            "checkpoint 格式不对：文件损坏，或不是检查点。",
            "checkpoint is malformed: the file is damaged, or it is no checkpoint.",
        ) from fault
    key = key or own_key(source, report)
    if key.name != head.origin or not notes.is_signed(note, key):
        report.fault(
            "signature",
            "checkpoint 的签名无效：不是这份日志的密钥所签，或文件被改动过。",
            "The signature of checkpoint does not hold: this log's key did not make it, or the file "
            "was changed.",
            path="checkpoint",
        )
    return head, note


def check(
    source: Source,
    report: Report,
    *,
    key: Key | None = None,
    witnesses: tuple[Key, ...] = (),
    since: float | None = None,
) -> Checked:
    """Check everything there is. `since`: when the witnesses must have signed at the earliest, in
    seconds since 1970. Raises Unreadable."""
    key = key or own_key(source, report)
    head, note = head_of(source, report, key=key)
    files = Files(source, head.size)
    signed = witnessed.check(note, head, files, report, key=key, witnesses=witnesses, since=since)
    readable = _readable(files, report)
    walk = Walk(files, head.root, report)
    with Tags() as tags:
        recount = Recount(files, report, tags)
        for index, entry in walk.entries(readable):
            recount.read(index, entry)
        if readable:
            recount.finish()
    if recount.close is not None:
        witnessed.must_reach(signed, recount.close, report, zh="投票截止", en="the close")
    count = None
    if walk.whole and readable == head.size:
        recount.note_uncounted()
        count = recount.count()
    return Checked(
        head, readable, recount.ballots, recount.result, recount.votes, recount.jury.opened, count
    )


def own_key(source: Source, report: Report) -> Key:
    """The key that lies with the log. Raises Unreadable."""
    data = source.read("key.vkey")
    if data is None:
        raise Unreadable(
            "缺少 key.vkey，请用 --key 给出公钥。", "No key.vkey: give the key by --key."
        )
    report.note(
        "公钥取自日志本身；要防止整份日志被换掉，请用 --key 给出另行得到的公钥。",
        "The key was taken from the log itself. To notice that the whole log was exchanged, give the "
        "key by --key, from elsewhere.",
    )
    try:
        key = notes.parse_key(data.decode())
    except (Malformed, UnicodeDecodeError):
        key = None
    if key is None or data != f"{key}\n".encode():
        raise Unreadable(
            "key.vkey 格式不对：文件损坏，或不是公钥。",
            "key.vkey is malformed: the file is damaged, or it is no key.",
        )
    return key


def _readable(files: Files, report: Report) -> int:
    data = files.source.read("entries-to")
    if data is None:
        return files.size
    said = _NUMBER.fullmatch(data)
    if said is None:
        report.fault(
            "entries-to",
            "entries-to 不是一个数字加换行：看不出条目公布到哪里。",
            "entries-to is no number with a line break: it does not say how many entries are readable.",
            path="entries-to",
        )
        return 0
    readable = min(int(said[1]), files.size)
    if readable < files.size:
        report.note(
            f"按 entries-to，条目目前公布到第 {readable} 条（共 {files.size} 条），其余的只能核对哈希。",
            f"By entries-to {readable} of {files.size} entries are readable yet; of the rest only "
            "hashes can be checked.",
        )
    return readable
