"""Whether a later state of a log continues an earlier one."""

from paike_verify import merkle
from paike_verify.files import WIDTH, Files, tile_path
from paike_verify.findings import Report
from paike_verify.notes import Checkpoint


def root_at(files: Files, size: int) -> bytes | None:
    """The root of a log's first `size` entries, from its tiles; None: a tile is missing."""
    rows: list[list[bytes]] = []
    level, left = 0, size
    while left:
        row: list[bytes] | None = []
        if left % WIDTH:
            row = files.tile(level, left // WIDTH)
        if row is None:
            return None
        rows.append(row[: left % WIDTH])
        left, level = left // WIDTH, level + 1
    return merkle.edge_root(rows)


def check(
    old: Checkpoint, new: Checkpoint, files: Files, report: Report, *, known: Files | None = None
) -> bool:
    """Whether `new`, whose files are `files`, continues `old`. `known` are the old one's files where
    they were kept: then the first entry that differs is named."""
    if old.origin != new.origin:
        report.fault(
            "origin", "两份检查点属于不同的日志。", "The checkpoints are those of two logs."
        )
        return False
    if new.size < old.size:
        report.fault(
            "shrunk",
            f"这里的日志只有 {new.size} 条，先前已有 {old.size} 条。",
            f"The log here has {new.size} entries; it had {old.size} before.",
            index=new.size,
        )
        return False
    if not fits(files, new, report):
        return False
    if [place for place in _tiles_of(old.size) if not is_vouched(files, *place, report)]:
        return False  # a damaged file is no other history
    if root_at(files, old.size) == old.root:
        return True
    index = _first_difference(known, files, old.size) if known is not None else None
    place = f"条目 {index} 起" if index is not None else f"前 {old.size} 条中"
    spot = f"from entry {index} on" if index is not None else f"among the first {old.size} entries"
    report.fault(
        "forked",
        f"日志的历史被改写：{place}与先前公布的不同。",
        f"The log's history was rewritten: {spot} it differs from what was published before.",
        index=index,
    )
    return False


def fits(files: Files, head: Checkpoint, report: Report) -> bool:
    """Whether the tiles at the right edge lead to the root of the log's head."""
    if [place for place in _tiles_of(head.size) if not _is_there(files, *place, report)]:
        return False
    if root_at(files, head.size) == head.root:
        return True
    report.fault(
        "root",
        "日志的哈希（tile/）与 checkpoint 不符：有文件损坏或被改过。",
        "The log's hashes (tile/) do not fit checkpoint: a file is damaged or was changed.",
        path="checkpoint",
    )
    return False


def is_vouched(files: Files, level: int, index: int, report: Report) -> bool:
    """Whether a tile has the hash that stands above it, and that one its own, up to the right edge,
    which `fits` has held against the root."""
    while files.width(level, index) == WIDTH:
        found, above = files.tile(level, index), files.tile(level + 1, index // WIDTH)
        if found is None or above is None:
            _is_there(files, level, index, report)
            return _is_there(files, level + 1, index // WIDTH, report) and found is not None
        if merkle.root(found) != above[index % WIDTH]:
            path = tile_path(level, index)
            report.fault(
                "tile",
                f"{path} 与上层哈希不符：文件损坏或被改过。",
                f"{path} does not fit the hash above it: the file is damaged or was changed.",
                path=path,
            )
            return False
        level, index = level + 1, index // WIDTH
    return _is_there(files, level, index, report)


def _is_there(files: Files, level: int, index: int, report: Report) -> bool:
    if files.tile(level, index) is not None:
        return True
    path = tile_path(level, index, files.width(level, index))
    report.fault(
        "missing",
        f"缺少 {path}，或它的长度不对，无法继续核对。",
        f"{path} is missing or has the wrong length, so this can't be checked further.",
        path=path,
    )
    return False


def _tiles_of(size: int) -> list[tuple[int, int]]:
    """The tiles, as level and index, that the root over `size` entries is made of."""
    found, level = [], 0
    while size:
        if size % WIDTH:
            found.append((level, size // WIDTH))
        size, level = size // WIDTH, level + 1
    return found


def _first_difference(old: Files, new: Files, size: int) -> int | None:
    for number in range(-(-size // WIDTH)):
        one, other = old.tile(0, number), new.tile(0, number)
        if one is None or other is None:
            return None
        width = min(WIDTH, size - number * WIDTH)
        for at in range(width):
            if one[at] != other[at]:
                return number * WIDTH + at
    return None
