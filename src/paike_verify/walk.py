"""Every hash of a log, from the signed root down to each entry.

A tile is held to the hash above it, the topmost ones to the checkpoint's root. So when something
does not fit, it is known which file is wrong and what should stand there; entries that are not
those of the tile are named one by one: changed, dropped, doubled or moved.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from paike_verify import merkle
from paike_verify.files import WIDTH, Bundle, Files, tile_path
from paike_verify.findings import Report

Hashes = Sequence[bytes | None]  # None: nothing vouches for it
MOST_MISSING = 1000  # files; behind a size that is made up there is no end of them
LONGEST = 64 * WIDTH  # entries that are compared together, so that one shifted by a drop is known


class TooMuchMissing(Exception):
    """There is no use in looking on."""


class Walk:
    """One walk over a log of a size and a root. `whole`: it came to the end."""

    def __init__(self, files: Files, root: bytes, report: Report) -> None:
        self._files, self._report = files, report
        self._absent, self.whole = 0, False
        self._edges: list[Hashes] = self._right_edge(root)
        # Entries that do not fit, in a row: where it begins, hashes of the tiles, of the entries.
        self._bad: tuple[int, list[bytes | None], list[bytes]] = (0, [], [])

    def entries(self, readable: int) -> Iterator[tuple[int, bytes]]:
        """The first `readable` entries with their indexes, while everything is compared."""
        try:
            yield from self._entries(readable)
            self.whole = True
        except TooMuchMissing:
            self._report.fault(
                "gave-up",
                f"已缺少 {MOST_MISSING} 个文件，不再往下核对。请重新取得整份日志。",
                f"{MOST_MISSING} files are missing: the rest is not looked at. Get the whole log again.",
            )
        self._settle()

    def _entries(self, readable: int) -> Iterator[tuple[int, bytes]]:
        for number, hashes in self._tiles(0):
            first = number * WIDTH
            width = min(len(hashes), readable - first)
            if width <= 0:
                continue
            bundle = self._files.bundle(number, width)
            if bundle is None or len(bundle.entries) < width or bundle.surplus:
                self._report_bundle(number, first, width, bundle)
            entries = bundle.entries if bundle else []
            self._compare(
                first, hashes[: len(entries)], [merkle.leaf_hash(each) for each in entries]
            )
            yield from enumerate(entries, first)

    def _right_edge(self, root: bytes) -> list[Hashes]:
        """The tiles at the right edge, which are not full, by level."""
        edges: list[Sequence[bytes]] = []
        unknown: dict[int, int] = {}  # level -> hashes of a tile that can't be made again
        size, level = self._files.size, 0
        while size:
            row: list[bytes] | None = []
            if size % WIDTH:
                row = self._files.tile(level, size // WIDTH)
            if row is None:
                self._missing(level, size // WIDTH)
                row = self._from_below(level, size // WIDTH, size % WIDTH)
            if row is None:
                unknown[level] = size % WIDTH
            edges.append(row or [])
            size, level = size // WIDTH, level + 1
        if unknown:  # it is missing, that was said; nothing leads to the root without it
            return [
                [None] * unknown[level] if level in unknown else row
                for level, row in enumerate(edges)
            ]
        if merkle.edge_root(edges) != root and not self._mend_edge(edges, root):
            self._name_root(edges)
        return list(edges)

    def _name_root(self, edges: Sequence[Sequence[bytes]]) -> None:
        """Name the tiles that nothing below them confirms: entries may not be readable yet."""
        places = [(level, self._files.size >> 8 * level + 8) for level in range(len(edges))]
        unsure = [
            tile_path(level, index, len(row))
            for (level, index), row in zip(places, edges, strict=True)
            if row and self._from_below(level, index, len(row)) != row
        ]
        names = ", ".join(unsure) or "tile/"
        self._report.fault(
            "root",
            f"checkpoint 的根与日志的哈希不符：{names} 被改过，或检查点属于另一份日志。",
            f"The root of checkpoint does not follow from the log's hashes: {names} was changed, or "
            "the checkpoint belongs to another log.",
            path=unsure[0] if unsure else "checkpoint",
        )

    def _mend_edge(self, edges: list[Sequence[bytes]], root: bytes) -> bool:
        """Whether one tile of the edge is wrong and what lies below it says what is right."""
        for level, row in enumerate(edges):
            index = (self._files.size >> 8 * level) // WIDTH
            right = self._from_below(level, index, len(row)) if row else None
            if right and merkle.edge_root([*edges[:level], right, *edges[level + 1 :]]) == root:
                self._name_tile(level, index, row, right)
                edges[level] = right
                return True
        return False

    def _tiles(self, level: int) -> Iterator[tuple[int, Hashes]]:
        """The tiles of a level, each with the hashes that should stand in it."""
        if level >= len(self._edges):
            return
        number = 0
        for _, above in self._tiles(level + 1):
            for expected in above:
                yield number, self._full_tile(level, number, expected)
                number += 1
        if self._edges[level]:
            yield number, self._edges[level]

    def _full_tile(self, level: int, index: int, expected: bytes | None) -> Hashes:
        found = self._files.tile(level, index)
        if found is not None and (expected is None or merkle.root(found) == expected):
            return found
        right = self._from_below(level, index, WIDTH)
        mended = right is not None and merkle.root(right) == expected
        if found is None:
            self._missing(level, index)
        elif mended and right is not None:
            self._name_tile(level, index, found, right)
        else:
            path = tile_path(level, index)
            self._report.fault(
                "tile",
                f"{path} 与上层哈希不符。",
                f"{path} does not fit the hash above it.",
                path=path,
            )
        if mended and right is not None:
            return right
        return found if found is not None else [None] * WIDTH

    def _from_below(self, level: int, index: int, width: int) -> list[bytes] | None:
        """What a tile should hold by what lies below it: tiles, or entries."""
        if level == 0:
            bundle = self._files.bundle(index, width)
            if bundle is None or len(bundle.entries) < width:
                return None
            return [merkle.leaf_hash(each) for each in bundle.entries]
        found = []
        for number in range(index * WIDTH, index * WIDTH + width):
            below = self._files.tile(level - 1, number)
            if below is None:
                return None
            found.append(merkle.root(below))
        return found

    def _name_tile(self, level: int, index: int, found: Hashes, right: Sequence[bytes]) -> None:
        path = tile_path(level, index, len(found))
        places = [
            at for at, (one, other) in enumerate(zip(found, right, strict=False)) if one != other
        ]
        each = WIDTH**level
        for at in places:
            first = (index * WIDTH + at) * each
            last = first + each - 1
            entries = str(first) if first == last else f"{first}-{last}"
            self._report.fault(
                "tile",
                f"{path} 中第 {at} 个哈希被改过（条目 {entries}）。",
                f"Hash {at} in {path} was changed (entries {entries}).",
                index=first,
                path=path,
            )

    def _missing(self, level: int, index: int) -> None:
        path = tile_path(level, index, self._files.width(level, index))
        if self._files.is_there(level, index):
            self._report.fault(
                "length",
                f"{path} 长度不对：文件被截断，或多出内容。",
                f"{path} has the wrong length: it was cut off, or something was added.",
                path=path,
            )
            return
        self._report.fault("missing", f"缺少 {path}。", f"{path} is missing.", path=path)
        self._count_missing()

    def _count_missing(self) -> None:
        self._absent += 1
        if self._absent >= MOST_MISSING:
            raise TooMuchMissing

    def _report_bundle(self, number: int, first: int, width: int, bundle: Bundle | None) -> None:
        path = tile_path("entries", number, width)
        if bundle is None:
            # Entries that are not public yet are not there: then entries-to says so.
            held_back = self._files.source.read("entries-to") is not None
            amiss = ("有误", "is wrong") if held_back else ("缺失", "is")
            self._report.fault(
                "missing",
                f"缺少 {path}（条目 {first}-{first + width - 1}），或 entries-to {amiss[0]}。",
                f"{path} is missing (entries {first}-{first + width - 1}), or entries-to {amiss[1]}.",
                index=first,
                path=path,
            )
            self._count_missing()
            return
        if bundle.surplus:
            self._report.fault(
                "surplus",
                f"{path} 末尾多出 {bundle.surplus} 字节。",
                f"{path} has {bundle.surplus} bytes too many at its end.",
                path=path,
            )
            return
        at = first + len(bundle.entries)
        self._report.fault(
            "cut-off",
            f"{path} 不完整：从条目 {at} 起缺失。",
            f"{path} is cut off: entries from {at} on are missing.",
            index=at,
            path=path,
        )

    def _compare(self, first: int, expected: Hashes, found: list[bytes]) -> None:
        if list(expected) == found:
            self._settle()
            return
        begin, wanted, present = self._bad
        if not wanted:
            begin = first
        elif begin + len(wanted) != first or len(wanted) >= LONGEST:
            self._settle()
            begin, wanted, present = first, [], []
        self._bad = (begin, [*wanted, *expected], [*present, *found])

    def _settle(self) -> None:
        """Name what is wrong in a run of entries that do not fit."""
        first, expected, found = self._bad
        self._bad = (0, [], [])
        if not expected:
            return
        places = {each: first + at for at, each in enumerate(expected) if each is not None}
        dropped = self._name_absent(first, expected, found, places)
        doubled = self._name_doubled(found, places)
        if not dropped and not doubled:
            self._name_moved(first, expected, found, places)

    def _name_absent(
        self, first: int, expected: Hashes, found: list[bytes], places: dict[bytes, int]
    ) -> bool:
        """Entries that are nowhere: changed in their place, or dropped. Whether any was dropped."""
        present, dropped = set(found), False
        for at, (wanted, got) in enumerate(zip(expected, found, strict=False)):
            if wanted is None or wanted in present:
                continue
            index = first + at
            if got not in places:
                self._report.fault(
                    "changed",
                    f"条目 {index} 被改过：内容与它的哈希不符。",
                    f"Entry {index} was changed: it is not the one of its hash.",
                    index=index,
                )
                continue
            dropped = True
            self._report.fault(
                "dropped", f"条目 {index} 被删去。", f"Entry {index} was dropped.", index=index
            )
        return dropped

    def _name_doubled(self, found: list[bytes], places: dict[bytes, int]) -> bool:
        doubled = {got: n for got, n in Counter(found).items() if n > 1 and got in places}
        for got, number in doubled.items():
            self._report.fault(
                "doubled",
                f"条目 {places[got]} 出现了 {number} 次。",
                f"Entry {places[got]} stands there {number} times.",
                index=places[got],
            )
        return bool(doubled)

    def _name_moved(
        self, first: int, expected: Hashes, found: list[bytes], places: dict[bytes, int]
    ) -> None:
        for at, (wanted, got) in enumerate(zip(expected, found, strict=False)):
            origin = places.get(got)
            if wanted is not None and wanted != got and origin is not None:
                self._report.fault(
                    "moved",
                    f"条目 {origin} 被移到第 {first + at} 位。",
                    f"Entry {origin} stands in place {first + at}.",
                    index=origin,
                )
