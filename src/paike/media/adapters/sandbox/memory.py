"""Memory that was freed is kept for the next picture. Left to itself, glibc hands every large block
back to the system, which clears it page by page before it gives it out again: a twentieth of the
work of an inspection."""

import contextlib
import ctypes

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # of glibc's mallopt
LARGE = 1 << 30


def keep() -> None:
    """From now on, in this process and those it forks. Without glibc nothing happens."""
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(MMAP_THRESHOLD, LARGE)
        mallopt(TRIM_THRESHOLD, LARGE)
