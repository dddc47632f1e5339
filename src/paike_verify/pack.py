"""This package as one file that Python 3.11 or newer runs: `python3 paike-verify.pyz`. An older one is
told so. The same source gives the same bytes."""

import io
import sys
import zipfile
from pathlib import Path

SHEBANG = b"#!/usr/bin/env python3\n"
NO_TIME = (1980, 1, 1, 0, 0, 0)


def packed() -> bytes:
    """The bytes of the single file."""
    data = io.BytesIO()
    folder = Path(__file__).parent
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "__main__.py", (folder / "__main__.py").read_bytes())
        for path in sorted(folder.glob("*.py")):
            _add(archive, f"paike_verify/{path.name}", path.read_bytes())
    return SHEBANG + data.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    about = zipfile.ZipInfo(name, NO_TIME)
    about.external_attr = 0o644 << 16
    archive.writestr(about, content, zipfile.ZIP_DEFLATED)


def main() -> int:
    """python -m paike_verify.pack FILE"""
    if len(sys.argv) != 2:
        print("python -m paike_verify.pack FILE", file=sys.stderr)
        return 2
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed())
    target.chmod(0o755)
    return 0


if __name__ == "__main__":
    sys.exit(main())
