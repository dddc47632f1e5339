"""A witness keeps the last head of a log it has seen, and signs a new one only when that continues
it. Whoever trusts one witness knows that everybody is shown the same log."""

import base64
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from paike_verify import consistency, ed25519, forms, log, notes
from paike_verify.files import Files, Source
from paike_verify.findings import Finding, Report
from paike_verify.forms import BadForm
from paike_verify.notes import WITNESS, Checkpoint, Key, Malformed

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


SEED = 32  # bytes


class Refused(Exception):
    """Why nothing is signed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class State:
    """What a witness keeps: its key, and the last head of each log by origin."""

    folder: Path

    @property
    def key(self) -> Key:
        """Raises Refused."""
        name, seed = self._secret()
        return Key(name, WITNESS, ed25519.public_key(seed))

    def last(self, origin: str, *, log_key: Key) -> Checkpoint | None:
        """What was signed last; None: nothing yet. Raises Refused where a signature on it does not
        hold, ours or the log's: from a damaged memory would follow that the log is at fault."""
        path = self._place(origin)
        if not path.exists():
            return None
        try:
            note = notes.parse(path.read_bytes().decode())
            head = notes.checkpoint(note)
        except (Malformed, UnicodeDecodeError) as fault:
            raise _damaged(path) from fault
        holds = notes.cosignatures(note, self.key) and notes.is_signed(note, log_key)
        if head.origin != origin or not holds:
            raise _damaged(path)
        return head

    def keep(self, origin: str, note: str) -> None:
        """The new head lasts before anybody sees our signature."""
        _replace(self._place(origin), note.encode(), 0o644)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One look at a time: two that know the same last head could sign two histories. The lock is
        the system's, which takes it back when the program dies. Raises Refused."""
        with (self.folder / "look.lock").open("ab") as file:
            try:
                _lock(file.fileno())
            except OSError as fault:
                raise Refused(
                    f"没有签名。这个见证正在做另一次核对，或文件夹 {self.folder} 无法加锁（{fault.strerror}）。"
                    "请等它结束后再核对。",
                    f"Not signed. This witness is looking already, or the folder {self.folder} can't be "
                    f"locked ({fault.strerror}). Wait until that has ended and look again.",
                ) from fault
            yield

    def sign(self, message: bytes) -> bytes:
        return ed25519.sign(self._secret()[1], message)

    def _place(self, origin: str) -> Path:
        name = base64.urlsafe_b64encode(origin.encode()).decode().rstrip("=")
        return self.folder / f"{name}.checkpoint"

    def _secret(self) -> tuple[str, bytes]:
        path = self.folder / "witness.key"
        try:
            kept = forms.load(path.read_bytes())
            name, seed = kept["name"], bytes.fromhex(kept["seed"])
            key = str(Key(name, WITNESS, ed25519.public_key(seed)))
        except FileNotFoundError as fault:
            raise Refused(
                f"{self.folder} 里没有见证密钥，请先运行 witness-new。",
                f"There is no witness's key in {self.folder}: run `witness-new` first.",
            ) from fault
        except (BadForm, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise _damaged(path) from fault
        if len(seed) != SEED or kept.get("key", key) != key:
            raise _damaged(path)
        return name, seed


def new(folder: Path, name: str) -> State:
    """Make a witness. Raises Refused where there is one."""
    if not name or "+" in name or name.split() != [name]:
        raise Refused("名称不能含空格或加号。", "A name has no spaces and no plus sign.")
    if (folder / "witness.key").exists():
        raise Refused(f"{folder} 里已有见证。", f"There is a witness in {folder} already.")
    folder.mkdir(parents=True, exist_ok=True)
    seed = secrets.token_bytes(SEED)
    key = Key(name, WITNESS, ed25519.public_key(seed))
    # The key stands there too, so that a damaged seed is noticed before anything is signed with it.
    body = json.dumps({"name": name, "seed": seed.hex(), "key": str(key)})
    _replace(folder / "witness.key", body.encode(), 0o600)
    return State(folder)


def look(state: State, source: Source, *, key: Key, now: int) -> str:
    """Compare a log with what was seen before and sign its head; returns the signed checkpoint.
    Raises Refused, files.Unreadable."""
    own = state.key
    with state.alone():
        return _look(state, own, source, key=key, now=now)


def _look(state: State, own: Key, source: Source, *, key: Key, now: int) -> str:
    report = Report()
    head, note = log.head_of(source, report, key=key)
    if not report.clean:
        raise _refusal(report.findings[0])
    last = state.last(head.origin, log_key=key)
    seen = last or Checkpoint(head.origin, 0, consistency.root_at(Files(source, 0), 0) or b"")
    if not consistency.check(seen, head, Files(source, head.size), report):
        raise _refusal(report.findings[0])
    stamp = now.to_bytes(8, "big")
    signature = own.id + stamp + state.sign(notes.cosigned(note.text, now))
    others = "".join(
        _line(name, number + data) for name, number, data in note.signatures if name != own.name
    )
    signed = f"{note.text}\n{others}{_line(own.name, signature)}"
    state.keep(head.origin, signed)
    return signed


def _damaged(path: Path) -> Refused:
    """A file of the witness's own."""
    return Refused(
        f"没有签名。见证自己的文件 {path} 已损坏，或不是这个见证的。请从备份恢复它，或在新文件夹里另建一个见证。"
        "这不说明日志有问题。",
        f"Not signed. The witness's own file {path} is damaged or another witness's. Restore it from a "
        "copy, or make a new witness in a new folder. It does not mean that the log is at fault.",
    )


def _refusal(first: Finding) -> Refused:
    """A history that was rewritten is news; a copy that is old or damaged may be so on this stick
    alone."""
    if first.code == "shrunk":
        return Refused(
            f"没有签名。{first.zh}这份拷贝比您看过的旧，请取一份新的；网站上的日志若一直如此，请告知主办方和其他见证。",
            f"Not signed. {first.en} This copy is older than what you have already seen: get a newer "
            "one. If the log on its own site stays so, tell the organiser and the other witnesses.",
        )
    if first.code == "forked":
        return Refused(
            f"拒绝签名！{first.zh}请保留两份检查点，并告知其他见证和媒体。",
            f"Not signed! {first.en} Keep both checkpoints and tell the other witnesses and the press.",
        )
    return Refused(
        f"没有签名。{first.zh}请重新取得日志，再核对一次；仍然如此，请告知主办方和其他见证。",
        f"Not signed. {first.en} Get the log again and look once more; if it stays so, tell the "
        "organiser and the other witnesses.",
    )


def _line(name: str, data: bytes) -> str:
    return f"— {name} {base64.b64encode(data).decode()}\n"


def _replace(path: Path, data: bytes, mode: int) -> None:
    """Replace a file as a whole, so that it lasts."""
    partial = path.with_name(path.name + ".new")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
