"""FFmpeg is told that the machine has one processor. Where it may choose for itself (as when it works
out how to bring high dynamic range down) it would start threads, which the jail refuses."""

import ctypes
import ctypes.util
from pathlib import Path

import av


def tell_ffmpeg() -> None:
    """Before the jail closes. Without the library by itself (PyAV built otherwise) nothing is told,
    and only films of high dynamic range can't be converted."""
    beside = Path(av.__file__).parents[1] / "av.libs"
    found = sorted(beside.glob("libavutil*.so*"))
    name = str(found[0]) if found else ctypes.util.find_library("avutil")
    if name:
        ctypes.CDLL(name).av_cpu_force_count(1)
