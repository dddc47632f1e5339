"""Taking the bytes of one PATCH: what arrived is kept, whatever happens to the connection."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import IO, Any

from paike.kernel.text import Text
from paike.uploads.actions import parts
from paike.uploads.queries import parts as part_queries
from paike.web.tus import answers, headers

InThread = Callable[..., Awaitable[Any]]

PIECE = 512 * 1024  # bytes gathered before a thread writes them
LISTEN = 0.5  # seconds between looks at whether somebody claims the upload
SILENCE = 1.0  # a writer this long without bytes steps aside for a newcomer
GIVE_UP = 60.0  # and without a newcomer after this
IN_MEMORY = 2 * 1024**2  # a checked chunk waits here, above that on the disk

TOO_LONG = Text(
    "发送的数据超过了文件大小，已拒绝。请刷新页面后继续。",
    "More bytes came than the file has; they were refused. Reload the page and go on.",
)
MISMATCH = Text(
    "这一段数据在传输中出错，已丢弃，正在重传。",
    "This part was damaged on its way, dropped, and is sent again.",
)


class Gone(Exception):
    """The client went away, or its silence gave way to a newcomer."""


async def take(
    receive: answers.Receive,
    writer: parts.Writer,
    *,
    room: int,
    checksum: headers.Checksum | None,
    in_thread: InThread,
) -> None:
    """Read the body into the part file, at most `room` bytes, and keep it.

    Raises Gone (what arrived without a checksum is kept), parts.DiskFull, and answers.Refusal for
    a body that is too long or does not fit its checksum: of such a chunk nothing stays.
    """
    start = writer.offset
    sink = _Checked(writer, checksum) if checksum else _Direct(writer)
    try:
        await _pour(receive, writer, sink, room=room, in_thread=in_thread)
    except answers.Refusal:
        await in_thread(writer.cut, start)
        raise
    except BaseException:
        await in_thread(sink.abandon)
        raise
    await in_thread(sink.finish)


async def _pour(
    receive: answers.Receive,
    writer: parts.Writer,
    sink: "_Direct | _Checked",
    *,
    room: int,
    in_thread: InThread,
) -> None:
    held, arrived = bytearray(), 0
    try:
        async for data in _pieces(receive, writer):
            arrived += len(data)
            if arrived > room:
                raise answers.refusal(413, "too-long", TOO_LONG, close=True)
            held += data
            if len(held) >= PIECE:
                piece, held = bytes(held), bytearray()
                await in_thread(sink.add, piece)
    except Gone:
        await in_thread(sink.add, bytes(held))
        raise
    await in_thread(sink.add, bytes(held))


async def _pieces(receive: answers.Receive, writer: parts.Writer) -> AsyncIterator[bytes]:
    """The body as it comes. Raises Gone."""
    last = time.monotonic()
    waiting: asyncio.Task[answers.Message] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(receive())
            done, _ = await asyncio.wait({waiting}, timeout=LISTEN)
            if not done:
                silent = time.monotonic() - last
                if silent > GIVE_UP or (silent > SILENCE and writer.is_claimed()):
                    raise Gone
                continue
            message, waiting, last = waiting.result(), None, time.monotonic()
            if message["type"] == "http.disconnect":
                raise Gone
            if message.get("body"):
                yield message["body"]
            if not message.get("more_body", False):
                return
    finally:
        if waiting is not None:
            waiting.cancel()


class _Direct:
    """Bytes go to the part file as they come."""

    def __init__(self, writer: parts.Writer) -> None:
        self._writer = writer

    def add(self, data: bytes) -> None:
        if data:
            self._writer.append(data)

    def finish(self) -> None:
        self._writer.keep()

    abandon = finish


class _Checked:
    """Bytes wait until their checksum is known to fit, so that no crash can leave unchecked bytes
    in the part file."""

    def __init__(self, writer: parts.Writer, checksum: headers.Checksum) -> None:
        self._writer = writer
        self._checksum = checksum
        self._hasher = headers.ALGORITHMS[checksum.algorithm]()
        self._waiting: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed below
            max_size=IN_MEMORY, dir=str(part_queries.folder())
        )

    def add(self, data: bytes) -> None:
        self._hasher.update(data)
        try:
            self._waiting.write(data)
        except OSError as fault:
            if fault.errno in parts.FULL:
                raise parts.DiskFull from fault
            raise

    def finish(self) -> None:
        start = self._writer.offset
        with self._waiting:
            if not self._checksum.fits(self._hasher):
                raise answers.refusal(answers.CHECKSUM_MISMATCH, "checksum", MISMATCH)
            self._waiting.seek(0)
            try:
                while data := self._waiting.read(PIECE):
                    self._writer.append(data)
                self._writer.keep()
            except parts.DiskFull:
                self._writer.cut(start)
                raise

    def abandon(self) -> None:
        self._waiting.close()
