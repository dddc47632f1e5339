"""Freed memory is kept: using a large block again costs no new pages."""

import resource
import subprocess
import sys

PROGRAM = """
import resource, sys
from paike.media.adapters.sandbox import memory
if sys.argv[1] == "keep":
    memory.keep()
for _ in range(3):
    bytearray(40_000_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    bytearray(40_000_000)
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    asked = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    return int(asked.stdout)


def test_large_blocks_are_kept() -> None:
    pages = 40_000_000 // resource.getpagesize()
    assert faults("plain") > 5 * pages
    assert faults("keep") < pages
