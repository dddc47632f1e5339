"""What witnesses signed of a log: which entries, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from paike_verify import consistency, notes
from paike_verify.files import Files
from paike_verify.findings import Report
from paike_verify.notes import Checkpoint, Key, Malformed, Note

WITNESSED = "checkpoint.witnessed"


@dataclass(frozen=True)
class Signed:
    """A witness's signature on the first `size` entries; `at` in seconds since 1970."""

    name: str
    size: int
    at: int


def check(
    note: Note,
    head: Checkpoint,
    files: Files,
    report: Report,
    *,
    key: Key,
    witnesses: Sequence[Key] = (),
    since: float | None = None,
) -> list[Signed]:
    """Each witness has signed this head, or an earlier one that this head continues, and not before
    `since`. Returns what they signed."""
    earlier, seen = _published(files, report)
    continues = seen is not None and consistency.check(seen, head, files, report)
    if seen is not None and not continues:
        report.fault(
            "witnessed",
            f"不能证明 checkpoint 接续 {WITNESSED}（原因见前）。",
            f"checkpoint was not shown to continue {WITNESSED}, for the reason given before.",
            path=WITNESSED,
        )
    if earlier is not None and not notes.is_signed(earlier, key):
        report.fault(
            "signature",
            f"{WITNESSED} 上没有本日志的有效签名。",
            f"{WITNESSED} has no valid signature of this log.",
            path=WITNESSED,
        )
    found = []
    for witness in witnesses:
        newest = _by(witness, note, head)
        signed = newest or _by(witness, earlier, seen)
        if signed is None:
            report.fault(
                "witness",
                f"没有见证 {witness.name} 签过名的检查点（{WITNESSED}）。",
                f"No checkpoint has a valid signature of the witness {witness.name} ({WITNESSED}).",
                path=WITNESSED,
            )
        elif newest or continues:
            found.append(signed)
            _tell(signed, head, report, since=since)
    return found


def must_reach(signed: Sequence[Signed], index: int, report: Report, *, zh: str, en: str) -> None:
    """The entry at `index`, called `zh` and `en`, is among what each witness signed: of what comes
    behind that, others may have been shown something else."""
    for each in signed:
        if each.size <= index:
            report.fault(
                "witness-early",
                f"见证 {each.name} 只签到第 {each.size} 条，没有签到{zh}（条目 {index}）："
                "其后的内容，别人看到的可能不同。请向见证索取更新的签名。",
                f"The witness {each.name} signed the first {each.size} entries only, not {en} (entry "
                f"{index}): others may be shown something else behind them. Ask for a newer "
                "signature.",
                index=index,
            )


def _by(witness: Key, note: Note | None, head: Checkpoint | None) -> Signed | None:
    times = notes.cosignatures(note, witness) if note is not None else []
    return Signed(witness.name, head.size, max(times)) if times and head is not None else None


def _tell(signed: Signed, head: Checkpoint, report: Report, *, since: float | None) -> None:
    at = _moment(signed.at)
    report.note(
        f"见证 {signed.name} 于 {at} 签到第 {signed.size} 条（日志现有 {head.size} 条）。",
        f"The witness {signed.name} signed the first {signed.size} entries at {at} (there are "
        f"{head.size} now).",
    )
    if since is not None and signed.at < since:
        report.fault(
            "witness-old",
            f"见证 {signed.name} 的签名（{at}）早于 --max-age 所要求的 {_moment(since)}。",
            f"The signature of the witness {signed.name} ({at}) is from before {_moment(since)}, "
            "which --max-age asks for.",
        )


def _moment(at: float) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):  # a witness may sign any number
        return f"{at} s"


def _published(files: Files, report: Report) -> tuple[Note | None, Checkpoint | None]:
    """The head that witnesses signed. It is held against the log whoever they are: the log's own
    signature stands on it as well."""
    data = files.source.read(WITNESSED)
    if data is None:
        return None, None
    try:
        note = notes.parse(data.decode())
        return note, notes.checkpoint(note)
    except (Malformed, UnicodeDecodeError):
        report.fault(
            "witnessed",
            f"{WITNESSED} 格式不对：文件损坏，或不是检查点。",
            f"{WITNESSED} is malformed: the file is damaged, or it is no checkpoint.",
            path=WITNESSED,
        )
        return None, None
