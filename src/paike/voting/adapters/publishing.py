"""From the database to the files of the logs. The database is first, always: the files follow what
is committed, and what they lack after a crash is read from it again.

The other way round there is nothing to mend. Files, or a witness, that know a later head than the
database come from ballots the database has lost: it was restored from an old backup. Going on would
publish a second history under the same name, so nothing is started.
"""

import fcntl
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paike.kernel.text import Text
from paike.voting.actions.sequencing import Sequenced
from paike.voting.adapters import ed25519
from paike.voting.adapters.durable_folder import Disk, DurableFolder
from paike.voting.adapters.log_files import Damaged, LogFiles
from paike.voting.models import BallotLog
from paike.voting.queries import log_entries
from paike.voting.rules.ballot_log import checkpoints, merkle, notes
from paike.voting.rules.ballot_log.checkpoints import Checkpoint

PIECE = 4096  # entries read from the database at a time


class Refused(Exception):
    """A log may not go on; `text` says why and what to do. `log` is the one."""

    def __init__(self, log: BallotLog, why: str, text: Text) -> None:
        super().__init__(f"{log.origin}: {why}")
        self.log, self.text = log, text


class Behind(Refused):
    """The database has lost what was published."""

    def __init__(self, log: BallotLog, published: int) -> None:
        text = Text(
            zh=f"选票日志 {log.origin} 已公布 {published} 条，数据库里只有 {log.size} 条："
            "数据库是用旧备份恢复的。已停止启动，没有改动任何文件。请恢复更新的备份；"
            "没有更新的备份时，按 docs/operate/ballot-log.md“数据库回到了过去”处理。",
            en=f"{published} entries of the ballot log {log.origin} were published, the database "
            f"has {log.size}: it was restored from an old backup. Nothing was started or changed. "
            "Restore a newer backup; where there is none, follow “The database went back in time” "
            "in docs/operate/ballot-log.md.",
        )
        super().__init__(log, f"{published} published, {log.size} in the database", text)


class Forked(Refused):
    """The database tells another history than the one that was published."""

    def __init__(self, log: BallotLog, published: int) -> None:
        text = Text(
            zh=f"选票日志 {log.origin} 已公布的前 {published} 条与数据库不一致：数据库曾用旧备份恢复，"
            "之后又收了选票，或者日志文件被改动。已停止启动，没有改动任何文件。"
            "请按 docs/operate/ballot-log.md“数据库回到了过去”处理。",
            en=f"The first {published} entries of the ballot log {log.origin} as published differ "
            "from the database: it was restored from an old backup and then took ballots, or the "
            "files were changed. Nothing was started or changed. Follow “The database went back in "
            "time” in docs/operate/ballot-log.md.",
        )
        super().__init__(log, f"other entries among the first {published}", text)


class Unconfirmed(Refused):
    """Nothing here tells how far the log was published: it comes out of a backup, or its files are
    gone. A newer history may be known elsewhere."""

    def __init__(self, log: BallotLog) -> None:
        slug = log.campaign.slug
        text = Text(
            zh=f"选票日志 {log.origin} 来自备份，或者它的文件不见了：这里无从知道它公布到了第几条。"
            "已停止启动，没有改动任何文件。请在别处找到最新的检查点（原来的数据目录、公开网址或其镜像、"
            "见证人手中），然后运行 paike log confirm --campaign "
            f"{slug} --checkpoint 文件。详见 docs/operate/ballot-log.md“恢复之后”。",
            en=f"The ballot log {log.origin} comes out of a backup, or its files are gone: nothing "
            "here tells how far it was published. Nothing was started or changed. Find the newest "
            "checkpoint elsewhere (the old data folder, the public address or a mirror of it, a "
            f"witness), then run `paike log confirm --campaign {slug} --checkpoint FILE`. See “After "
            "a restore” in docs/operate/ballot-log.md.",
        )
        super().__init__(log, "how far it was published is not known here", text)


class NotItsHead(Exception):
    """What was handed in is no checkpoint of this log."""

    def __init__(self, log: BallotLog) -> None:
        super().__init__(log.origin)
        self.text = Text(
            zh=f"这不是选票日志 {log.origin} 签名的检查点文件。检查点在该日志公开网址下，文件名为 checkpoint。",
            en=f"This is no checkpoint signed by the ballot log {log.origin}. It is the file "
            "`checkpoint` at the log's public address.",
        )


class Publisher:
    """Writes what the sequencer has committed into `folder`, one folder for each log."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self._now = now
        self._files: dict[str, LogFiles] = {}
        self._locked: IO[str] | None = None

    def look(self) -> None:
        """Compare the heads of all logs with the database and change nothing. Raises Refused; where
        the heads of a log fit, `check` may still find that what lies below them does not."""
        for log in _logs():
            self._known(log, self._new(log))

    def check(self) -> None:
        """Bring the files of all logs up to the database. Waits for another process that may still
        be writing them. Raises Refused."""
        self._lock()
        for log in _logs():
            self._catch_up(log)

    def close(self) -> None:
        """Let another process write the files."""
        if self._locked is not None:
            self._locked.close()
            self._locked = None

    def add(self, added: Sequenced) -> None:
        """Publish one turn. Raises Refused, OSError."""
        log, files = added.log, self._files.get(added.log.campaign.slug)
        if files is None or files.size != added.first:
            self._catch_up(log)
            return
        files.append(added.hashes)
        readable = log_entries.readable_to(log, now=self._now())
        if files.entries == added.first and readable == log.size:
            files.append_entries(added.entries)
        else:
            self._append_entries(files, log, readable)
        self._publish(files, log)

    def reveal(self) -> None:
        """Publish entries that the rulebook held back until now."""
        for log in BallotLog.objects.filter(campaign__slug__in=self._files).select_related(
            "campaign"
        ):
            files = self._files[log.campaign.slug]
            if self._append_entries(files, log, log_entries.readable_to(log, now=self._now())):
                self._publish(files, log)

    def rebuild(self, log: BallotLog) -> None:
        """Make all files of a log again from the database. Waits for another process that may still
        be writing them. Raises Refused."""
        self._lock()
        files = self._new(log)
        self._write_again(log, files, self._known(log, files))

    def confirm(self, log: BallotLog, note: str) -> None:
        """Let a log go on whose furthest published head a person has found: `note` is that
        checkpoint. Its files are made again. Raises NotItsHead and Refused."""
        self._lock()
        head = _own_head(log, note)
        files = self._new(log)
        self._write_again(log, files, self._heads(log, files, head))
        BallotLog.objects.filter(pk=log.pk).update(halted_at=None)

    def _catch_up(self, log: BallotLog) -> None:
        files = self._new(log)
        heads = self._known(log, files)
        try:
            head = files.published()
            if head is not None:
                files.resume(head)
            files.compare(heads)
        except Damaged:
            self._write_again(log, self._new(log), heads)
            return
        self._append_missing(files, log)
        if files.root() != _root(log):
            raise Forked(log, heads[-1].size if heads else 0)
        self._publish(files, log)

    def _known(self, log: BallotLog, files: LogFiles) -> list[Checkpoint]:
        """The heads of a log that may go on, as far as heads can tell. Raises Refused."""
        heads = self._heads(log, files)
        if log.halted_at or (log.published_at and files.published() is None):
            raise Unconfirmed(log)
        return heads

    def _heads(self, log: BallotLog, files: LogFiles, *found: Checkpoint) -> list[Checkpoint]:
        """What was published, what witnesses have signed and what was `found` elsewhere, the furthest
        last. Raises Behind where the database has less, Forked where a head is another log's."""
        head = files.published()
        known = [*([head] if head else []), *self._witnessed(log), *found]
        heads = sorted(known, key=lambda one: one.size)
        if heads and heads[-1].size > log.size:
            raise Behind(log, heads[-1].size)
        if any(one.origin != log.origin for one in heads):
            raise Forked(log, heads[-1].size)
        return heads

    def _witnessed(self, log: BallotLog) -> list[Checkpoint]:
        """Heads that witnesses have signed."""
        found = []
        for path in sorted((self.folder / log.campaign.slug).glob("cosigned/*")):
            try:
                found.append(checkpoints.parse(notes.parse(path.read_text("utf-8")).text))
            except (notes.NotANote, UnicodeDecodeError):
                continue
        return found

    def _write_again(self, log: BallotLog, files: LogFiles, heads: list[Checkpoint]) -> None:
        for head in heads:
            self._append_to(files, log, head.size)
            if files.root() != head.root:
                raise Forked(log, head.size)
        self._append_missing(files, log)
        if files.root() != _root(log):
            raise Forked(log, files.size)
        self._publish(files, log)

    def _append_missing(self, files: LogFiles, log: BallotLog) -> None:
        self._append_to(files, log, log.size)
        self._append_entries(files, log, log_entries.readable_to(log, now=self._now()))

    def _append_to(self, files: LogFiles, log: BallotLog, end: int) -> None:
        for first in range(files.size, end, PIECE):
            entries = log_entries.read(log.campaign_id, first=first, end=min(first + PIECE, end))
            files.append([merkle.leaf_hash(entry) for entry in entries])

    def _append_entries(self, files: LogFiles, log: BallotLog, end: int) -> bool:
        missing = range(files.entries, end, PIECE)
        for first in missing:
            files.append_entries(
                log_entries.read(log.campaign_id, first=first, end=min(first + PIECE, end))
            )
        return bool(missing)

    def _publish(self, files: LogFiles, log: BallotLog) -> None:
        key = bytes(log.public_key)
        assert log.private_key  # noqa: S101 - only the secret is ever emptied
        signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(log.private_key.open()))

        def sign(head: Checkpoint) -> str:
            return notes.signed(head.text, name=log.origin, public_key=key, sign=signing.sign)

        files.put_key(notes.verifier_key(log.origin, key))
        files.publish(sign, origin=log.origin)
        if log.published_at is None:
            BallotLog.objects.filter(pk=log.pk).update(published_at=self._now())
        self._files[log.campaign.slug] = files

    def _lock(self) -> None:
        if self._locked is None:
            self.folder.mkdir(exist_ok=True)
            self._locked = (self.folder / ".lock").open("w")
            fcntl.flock(self._locked, fcntl.LOCK_EX)

    def _new(self, log: BallotLog) -> LogFiles:
        return LogFiles(DurableFolder(Disk(self.folder)), log.campaign.slug)


def _logs() -> Iterable[BallotLog]:
    return BallotLog.objects.select_related("campaign").order_by("made_at")


def _own_head(log: BallotLog, text: str) -> Checkpoint:
    """The head in a note that the log itself signed. Raises NotItsHead."""
    try:
        note = notes.parse(text)
        head = checkpoints.parse(note.text)
    except notes.NotANote as fault:
        raise NotItsHead(log) from fault
    own = notes.Key(log.origin, notes.ED25519, bytes(log.public_key))
    if head.origin != log.origin or not notes.is_signed(note, key=own, verify=ed25519.verify):
        raise NotItsHead(log)
    return head


def _root(log: BallotLog) -> bytes:
    return merkle.Frontier.read(log.size, bytes(log.frontier)).root()
