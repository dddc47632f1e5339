"""Watches whether anybody opens a file or calls a server that nobody has a reason to."""

import ctypes
import os
import socket
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

IN_OPEN, IN_ACCESS = 0x20, 0x1
IN_NONBLOCK = 0o4000


@dataclass
class Watch:
    """`canary`: the file, `port`: of the server; `opened` and `called` count."""

    canary: str
    port: int
    _inotify: int
    called: int = 0
    _opened: int = field(default=0)

    def opened(self) -> int:
        """How often the canary has been opened or read so far."""
        while True:
            try:
                content = os.read(self._inotify, 65536)
            except BlockingIOError:
                return self._opened
            at = 0
            while at < len(content):
                self._opened += 1
                at += 16 + struct.unpack_from("I", content, at + 12)[0]


@contextmanager
def watching() -> Iterator[Watch]:
    """A canary and a server for as long as the block lasts."""
    library = ctypes.CDLL(None, use_errno=True)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        canary = Path(folder) / "canary.mp4"
        canary.write_bytes(b"canary" * 1000)
        handle = library.inotify_init1(IN_NONBLOCK)
        if library.inotify_add_watch(handle, str(canary).encode(), IN_OPEN | IN_ACCESS) < 0:
            raise OSError(ctypes.get_errno(), f"can't watch {canary}")
        watch = Watch(str(canary), server.getsockname()[1], handle)
        threading.Thread(target=_serve, args=(server, watch), daemon=True).start()
        try:
            yield watch
        finally:
            server.shutdown(socket.SHUT_RDWR)
            os.close(handle)


def _serve(server: socket.socket, watch: Watch) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        watch.called += 1
        caller.close()
