"""Heads that witnesses have signed, taken in and published beside the log's own."""

from pathlib import Path

from paike.kernel.text import Text
from paike.voting.adapters import ed25519
from paike.voting.adapters.durable_folder import Disk, DurableFolder
from paike.voting.models import BallotLog
from paike.voting.queries import log_entries
from paike.voting.rules.ballot_log import checkpoints, merkle, notes
from paike.voting.rules.ballot_log.checkpoints import Checkpoint
from paike.voting.rules.ballot_log.notes import Key, Note

COSIGNED, WITNESSED = "cosigned", "checkpoint.witnessed"
PIECE = 4096


class Unacceptable(Exception):
    """What was handed in is not published; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


def accept(text: str, *, witness: Key, folder: Path) -> Checkpoint:
    """Take in a checkpoint of one of our logs with a witness's signature; returns its head.

    `folder` holds the logs' files. Kept in `<call>/cosigned/`, where start-up looks for heads that the
    database must not lack; the furthest one is `<call>/checkpoint.witnessed`, public. Raises
    Unacceptable.
    """
    try:
        note = notes.parse(text)
        head = checkpoints.parse(note.text)
    except notes.NotANote as fault:
        raise Unacceptable(MALFORMED) from fault
    log = BallotLog.objects.filter(origin=head.origin).select_related("campaign").first()
    if log is None:
        raise Unacceptable(NOT_OURS.fill(origin=head.origin))
    own = Key(log.origin, notes.ED25519, bytes(log.public_key))
    if not notes.is_signed(note, key=own, verify=ed25519.verify):
        raise Unacceptable(NOT_SIGNED_BY_LOG)
    if not checkpoints.cosignatures(note, key=witness, verify=ed25519.verify):
        raise Unacceptable(NOT_SIGNED_BY_WITNESS.fill(name=witness.name))
    if head.size > log.size or _root(log, head.size) != head.root:
        raise Unacceptable(ANOTHER_HISTORY.fill(size=head.size))
    files = DurableFolder(Disk(folder))
    place = log.campaign.slug
    kept = f"{place}/{COSIGNED}/{witness.key_id.hex()}"
    if head.size >= _size(folder / kept):  # a file handed in late takes nothing back
        files.put(kept, _only(note, own, witness).encode())
        files.settle()
    files.put(f"{place}/{WITNESSED}", _furthest(folder / place / COSIGNED).encode())
    files.settle()
    return head


def _only(note: Note, *keys: Key) -> str:
    """The note with the signatures of these keys alone: nobody else's words are published."""
    lines = [
        notes.signature_line(one.name, one.key_id + one.data)
        for key in keys
        for one in note.by(key)
    ]
    return f"{note.text}\n{''.join(dict.fromkeys(lines))}"


def _size(path: Path) -> int:
    """How far the head in a file reaches; 0 where there is none."""
    try:
        return checkpoints.parse(notes.parse(path.read_text("utf-8")).text).size
    except (FileNotFoundError, notes.NotANote, UnicodeDecodeError):
        return 0


def _furthest(folder: Path) -> str:
    """The furthest head, with every witness who signed it."""
    known = [notes.parse(path.read_text("utf-8")) for path in sorted(folder.iterdir())]
    size = max(checkpoints.parse(one.text).size for one in known)
    chosen = [one for one in known if checkpoints.parse(one.text).size == size]
    lines = [
        notes.signature_line(one.name, one.key_id + one.data)
        for note in chosen
        for one in note.signatures
    ]
    return f"{chosen[0].text}\n{''.join(dict.fromkeys(lines))}"


def _root(log: BallotLog, size: int) -> bytes:
    """The root of the first `size` entries, from the database."""
    tree = merkle.Frontier()
    for first in range(0, size, PIECE):
        entries = log_entries.read(log.campaign_id, first=first, end=min(first + PIECE, size))
        tree.extend(merkle.leaf_hash(entry) for entry in entries)
    return tree.root()


MALFORMED = Text(
    "这不是检查点文件。请使用 paike-verify witness --out 写出的文件。",
    "This is no checkpoint. Use the file that `paike-verify witness --out` wrote.",
)
NOT_OURS = Text(
    "这里没有名为 {origin} 的选票日志。", "There is no ballot log here by the name {origin}."
)
NOT_SIGNED_BY_LOG = Text(
    "检查点上没有本日志的签名，或签名无效。", "The log's own signature is missing or does not hold."
)
NOT_SIGNED_BY_WITNESS = Text(
    "没有见证人 {name} 的有效签名。请核对 --key。",
    "There is no valid signature of the witness {name}. Check --key.",
)
ANOTHER_HISTORY = Text(
    "见证人签的前 {size} 条与数据库不一致！不要改动任何文件，请按 docs/operate/ballot-log.md 处理。",
    "The first {size} entries that the witness signed differ from the database! Change nothing and "
    "follow docs/operate/ballot-log.md.",
)
