"""Which store an installation uses."""

from pathlib import Path

from paike.objects import ports
from paike.objects.adapters import local, s3


def make(url: str, *, folder: Path) -> ports.ObjectStore:
    """The bucket of `url`, or the folder when the address is empty. Raises ValueError."""
    return s3.Bucket(url) if url else local.LocalStore(folder)
