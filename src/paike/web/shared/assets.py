"""What the front-end build left in `static/built`: hashed file names and icons."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

BUILT = Path(__file__).parent.parent / "static" / "built"


class NotBuilt(Exception):
    """The front end was not built: `npm ci && npm run build` in frontend/."""


class Unknown(Exception):
    """There is no such module or icon in the build."""


@dataclass(frozen=True)
class Files:
    """The files of one entry module, below /static/built/."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


def files(name: str) -> Files:
    """The files for `main`, `pages/<name>` or `styles/<name>`. Raises NotBuilt or Unknown."""
    manifest = _json("manifest.json")
    key = next((k for k in (f"src/{name}.ts", f"src/{name}.css") if k in manifest), None)
    if key is None:
        raise Unknown(f"No frontend/src/{name}.ts in the build.")
    entry = manifest[key]
    if entry["file"].endswith(".css"):
        return Files(scripts=(), styles=(entry["file"],), preloads=())
    chunks = _imports(manifest, key)
    styles = [css for k in (*chunks, key) for css in manifest[k].get("css", ())]
    return Files(
        scripts=(entry["file"],),
        styles=tuple(dict.fromkeys(styles)),
        preloads=tuple(manifest[k]["file"] for k in chunks),
    )


def icon(name: str) -> str:
    """What stands inside the <svg> of a Lucide icon. Raises NotBuilt or Unknown."""
    drawn = _json("icons.json").get(name)
    if drawn is None:
        raise Unknown(f"Lucide has no icon “{name}”.")
    return str(drawn)


def _imports(manifest: dict[str, Any], key: str) -> list[str]:
    found: list[str] = []
    for imported in manifest[key].get("imports", ()):
        for chunk in (*_imports(manifest, imported), imported):
            if chunk not in found:
                found.append(chunk)
    return found


def _json(name: str) -> dict[str, Any]:
    path = BUILT / name
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise NotBuilt(str(path)) from None


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
