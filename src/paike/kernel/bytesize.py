"""Sizes as people write them: 50 MB in a notice means 50 x 1024 x 1024 bytes on their screens."""

import re

UNITS = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}


def parse(text: str) -> int:
    """Bytes in a size such as `50 MB`. Raises ValueError for anything else."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)\s*", text, flags=re.IGNORECASE)
    if match is None:
        raise ValueError(f"“{text}” is not a size; write for example “50 MB”.")
    return int(float(match[1]) * UNITS[match[2].upper()])


def show(size: int) -> str:
    """A size for people, with one decimal: `52.4 MB`."""
    for unit in ("GB", "MB", "KB"):
        if size >= UNITS[unit]:
            return f"{size / UNITS[unit]:.1f} {unit}"
    return f"{size} B"
