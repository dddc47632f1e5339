"""Does FFmpeg do as it is told here? Tried with small files before it sees a foreign one: a build
may ignore an option without a word."""

import io
from typing import Any

import av

from paike.media.adapters.sandbox import decoding

PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nother.mp4\n#EXT-X-ENDLIST\n"
LIST = b"ffconcat version 1.0\nfile other.mp4\n"


def foreign() -> bytes:
    """A sound film with a codec that no rulebook may name."""
    target = io.BytesIO()
    with av.open(target, "w", format="mov") as film:
        picture: Any = film.add_stream("mjpeg", rate=5)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuvj420p"
        film.mux(picture.encode(av.VideoFrame(64, 64, "yuvj420p")))
        film.mux(picture.encode())
    return target.getvalue()


def refused(odd: bytes) -> list[str]:
    """What FFmpeg should have refused and did not. `odd`: what `foreign` made before the jail
    closed."""
    tried = {"a playlist": PLAYLIST, "a list of files": LIST, "a codec off the list": odd}
    return [f"FFmpeg plays {name}" for name, content in tried.items() if _plays(content)]


def _plays(content: bytes) -> bool:
    try:
        with decoding.open_film(io.BytesIO(content)) as film:
            return any(True for _ in film.decode(video=0))
    except (av.error.FFmpegError, EOFError, ValueError, IndexError):
        return False
