"""The one file that verifies a ballot log, for whoever wants to count again."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

NAME = "paike-verify.pyz"


@cache
def packed() -> bytes:
    """Packed by the verifier itself, in a process of its own: this program does not lean on it. The
    same source gives the same bytes, so once is enough."""
    with TemporaryDirectory(prefix="paike-verify-") as place:
        target = Path(place) / NAME
        command = [sys.executable, "-m", "paike_verify.pack", str(target)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own program
        return target.read_bytes()
