"""A list of units as a spreadsheet saves it: bytes in, rows out, and what can't be read by line.

Taken: UTF-8 with or without byte order mark, GBK/GB18030, Excel's “Unicode text” (UTF-16 with
mark); commas, semicolons or tabs; headers in Chinese or English, in any order.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from paike.kernel.text import Text

MOST_ROWS = 100_000
COLUMNS: dict[str, tuple[str, ...]] = {
    "parent": ("上级代码", "上级单位代码", "parent", "parent code"),
    "code": ("代码", "单位代码", "code"),
    "name": ("名称", "单位名称", "name"),
    "short_name": ("简称", "单位简称", "short name"),
    "level": ("级别", "层级", "level"),
    "name_en": ("英文名称", "english name", "name en"),
}
REQUIRED = ("parent", "code", "name", "level")
LEVELS: dict[str, tuple[str, ...]] = {
    "national": ("全国", "national"),
    "body": ("推荐单位", "省级", "省", "body"),
    "city": ("市级", "市", "地市", "地市级", "city"),
    "district": ("县区级", "区县级", "县级", "区级", "区县", "县区", "区", "县", "district"),
    "grassroots": ("基层", "基层单位", "基层工会", "grassroots", "grass roots"),
}
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
_HEADERS = {word: column for column, words in COLUMNS.items() for word in words}
_LEVEL_WORDS = {word: level for level, words in LEVELS.items() for word in words}


@dataclass(frozen=True)
class Row:
    """A unit as the list names it. `line` is the line of the file, from 1."""

    line: int
    parent: str
    code: str
    name: str
    short_name: str
    level: str
    name_en: str = ""


@dataclass(frozen=True)
class RowFault:
    """What is wrong in one line, and what to do about it."""

    line: int
    column: Text
    wrong: Text
    todo: Text


@dataclass(frozen=True)
class Listing:
    """`unread`: the codes of the rows with faults; "" stands for one whose code is itself wrong."""

    rows: tuple[Row, ...]
    faults: tuple[RowFault, ...]
    unread: frozenset[str] = frozenset()


_NAMES: dict[str, Text] = {
    "parent": Text("上级代码", "parent"),
    "code": Text("代码", "code"),
    "name": Text("名称", "name"),
    "short_name": Text("简称", "short name"),
    "level": Text("级别", "level"),
    "name_en": Text("英文名称", "English name"),
}
_FILE = Text("文件", "file")


def column(name: str) -> Text:
    """A column's header in both languages."""
    return _NAMES[name]


def read(data: bytes) -> Listing:
    """All rows that can be read and a fault for every one that can't."""
    text = _decode(data)
    if text is None:
        return _refused(
            1,
            Text("看不懂文件的编码。", "The encoding of the file is not known."),
            Text("请在 Excel 中另存为“CSV UTF-8”后再上传。", "Save it as “CSV UTF-8” in Excel."),
        )
    lines = list(_cells(text))
    if not lines:
        return _refused(
            1,
            Text("文件是空的。", "The file is empty."),
            Text(
                "第一行写列名，从第二行起每行一个单位。",
                "Name the columns in line 1, then a unit a line.",
            ),
        )
    first, header = lines[0]
    places = _places(header)
    missing = [name for name in REQUIRED if name not in places]
    if missing:
        zh = "、".join(_NAMES[name].zh for name in missing)
        en = ", ".join(_NAMES[name].en for name in missing)
        return _refused(
            first,
            Text(f"缺少这些列：{zh}。", f"Columns are missing: {en}."),
            Text("列名应为：上级代码、代码、名称、简称、级别。",
                 "The columns are: parent, code, name, short name, level."),
        )  # fmt: skip
    if len(lines) > MOST_ROWS:
        return _refused(
            first,
            Text(f"超过 {MOST_ROWS} 行。", f"There are more than {MOST_ROWS} rows."),
            Text("请分成几个文件上传。", "Split the file."),
        )
    return _listing(lines[1:], places)


def _listing(lines: list[tuple[int, list[str]]], places: dict[str, int]) -> Listing:
    rows: list[Row] = []
    faults: list[RowFault] = []
    unread: set[str] = set()
    for line, cells in lines:
        row = _row(line, cells, places)
        found = list(
            _faults_of(row, cells[places["level"]] if places["level"] < len(cells) else "")
        )
        faults.extend(found)
        if not found:
            rows.append(row)
        elif row.code:
            unread.add(row.code if _CODE.fullmatch(row.code) else "")
    return Listing(tuple(rows), tuple(faults), frozenset(unread))


def _decode(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything: number of the line, and its cells without space around."""
    skipped = 0
    if text[:4].lower() == "sep=":  # Excel's own first line
        text = text[text.find("\n") + 1 :] if "\n" in text else ""
        skipped = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    start = 1
    for cells in reader:
        plain = [_plain(cell) for cell in cells]
        if any(plain):
            yield start + skipped, plain
        start = reader.line_num + 1


def _delimiter(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(
        (",", ";", "\t"), key=lambda sign: len(_places([_plain(c) for c in head.split(sign)]))
    )


def _plain(cell: str) -> str:
    """Full-width letters and digits as ordinary ones, white space once, none around."""
    folded = "".join(
        unicodedata.normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" and sign.isalnum()
        else sign
        for sign in cell
    )  # fmt: skip
    return " ".join(folded.split())


def _places(header: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = _HEADERS.get(cell.strip('"').strip().lower().replace("_", " "))
        if name is not None:
            found.setdefault(name, index)
    return found


def _row(line: int, cells: list[str], places: dict[str, int]) -> Row:
    def cell(name: str) -> str:
        index = places.get(name)
        return cells[index] if index is not None and index < len(cells) else ""

    return Row(
        line=line,
        parent=cell("parent").upper(),
        code=cell("code").upper(),
        name=cell("name"),
        short_name=cell("short_name") or cell("name"),
        level=_LEVEL_WORDS.get(cell("level").lower(), ""),
        name_en=cell("name_en"),
    )


def _faults_of(row: Row, level_as_written: str) -> Iterator[RowFault]:
    if not _CODE.fullmatch(row.code):
        yield _fault(
            row,
            "code",
            Text(f"代码“{row.code}”不对。", f"“{row.code}” is not a code."),
            Text("用大写字母、数字和连字符，至多 40 个，例如 GD-SZ-0042。",
                 "Use capital letters, digits and hyphens, at most 40, such as GD-SZ-0042."),
        )  # fmt: skip
    yield from _name_faults(row)
    if not row.level:
        yield _fault(
            row,
            "level",
            Text(f"不认识级别“{level_as_written}”。", f"“{level_as_written}” is not a level."),
            Text("可以写：推荐单位、市级、县区级、基层。",
                 "Write body, city, district or grassroots."),
        )  # fmt: skip
    if not row.parent and row.level != "national":
        yield _fault(
            row,
            "parent",
            Text("没有写上级代码。", "There is no parent."),
            Text("填写上级单位的代码，例如 GD。", "Give the code of the unit above, such as GD."),
        )


def _name_faults(row: Row) -> Iterator[RowFault]:
    one_name = row.short_name == row.name and len(row.name) <= 60  # its faults are told once
    for name, value, most in (
        ("name", row.name, 200),
        ("short_name", "" if one_name else row.short_name, 60),
        ("name_en", row.name_en, 200),
    ):
        if not value and name == "name":
            yield _fault(
                row,
                name,
                Text("名称是空的。", "The name is empty."),
                Text("填写单位全称。", "Give the unit's full name."),
            )
        elif len(value) > most:
            yield _fault(
                row,
                name,
                Text(f"有 {len(value)} 个字，太长了。", f"It has {len(value)} characters."),
                Text(f"至多 {most} 个字。", f"At most {most}; give a short name."),
            )
        elif value[:1] in ("=", "+", "-", "@") or not value.isprintable():
            yield _fault(
                row,
                name,
                Text("含有公式或看不见的字符。", "It holds a formula or invisible characters."),
                Text("只写文字，不以 = + - @ 开头。", "Plain text only; no =, +, - or @ in front."),
            )


def _fault(row: Row, name: str, wrong: Text, todo: Text) -> RowFault:
    return RowFault(row.line, _NAMES[name], wrong, todo)


def _refused(line: int, wrong: Text, todo: Text) -> Listing:
    return Listing((), (RowFault(line, _FILE, wrong, todo),))
