"""Adds to package-lock.json the optional packages for other systems than the one that made it.

    python tools/complete_npm_lock.py frontend/package-lock.json

A registry mirror may lack them; npm then leaves them out, and `npm ci` refuses the lock everywhere.
Their versions are exact because the packages that want them say so; only their hashes are unknown.
"""

import json
import sys
from pathlib import Path
from typing import Any

SYSTEMS = (
    "android",
    "darwin",
    "freebsd",
    "linux",
    "netbsd",
    "openbsd",
    "openharmony",
    "sunos",
    "win32",
    "aix",
)
PROCESSORS = (
    "arm64",
    "arm",
    "x64",
    "ia32",
    "ppc64",
    "s390x",
    "riscv64",
    "loong64",
    "mips64el",
    "wasm32",
)


def complete(lock: dict[str, Any]) -> list[str]:
    """Add what is missing, in place; returns the names that were added."""
    packages: dict[str, dict[str, Any]] = lock["packages"]
    added = []
    for parent in list(packages.values()):
        for name, version in parent.get("optionalDependencies", {}).items():
            place = f"node_modules/{name}"
            if place not in packages:
                packages[place] = _entry(name, version, parent)
                added.append(name)
    lock["packages"] = dict(sorted(packages.items()))
    return added


def _entry(name: str, version: str, parent: dict[str, Any]) -> dict[str, Any]:
    words = name.rsplit("/", 1)[-1].replace("_", "-").split("-")
    entry: dict[str, Any] = {"version": version, "optional": True}
    systems = [word for word in SYSTEMS if word in words]
    processors = [word for word in PROCESSORS if word in words]
    libraries = [word for word in ("musl", "glibc") if word in words]
    if "gnu" in words:
        libraries.append("glibc")
    if "wasm32" in words:
        processors, systems = ["wasm32"], []
    entry |= {"cpu": processors} if processors else {}
    entry |= {"os": systems} if systems else {}
    entry |= {"libc": libraries} if libraries and "linux" in systems else {}
    return entry | ({"dev": True} if parent.get("dev") else {})


def main() -> None:
    """Complete the named file."""
    path = Path(sys.argv[1])
    lock = json.loads(path.read_text(encoding="utf-8"))
    added = complete(lock)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(added)} added")


if __name__ == "__main__":
    main()
