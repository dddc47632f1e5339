"""Tables for Excel: xlsx, and CSV that Excel opens. No cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

Cell = str | int | float | None
FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r\n")  # some Excels read the full-width ones too


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula, with an apostrophe before it."""
    if isinstance(cell, str) and cell.lstrip(" \u3000")[:1] in FORMULA_STARTS:
        return f"'{cell}"
    return cell


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with Excel's byte order mark, without which Chinese Excel reads it as GBK."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(one) for one in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str) -> bytes:
    """One sheet with a frozen, filterable head. Texts are written as texts: what begins with `=`
    is no formula, and no address becomes a link."""
    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(made, options) as book:
        page = book.add_worksheet(sheet[:31])
        page.write_row(0, 0, head, book.add_format({"bold": True, "bottom": 1}))
        widths = [len(one) for one in head]
        last = 0
        for last, row in enumerate(rows, start=1):
            page.write_row(last, 0, row)
            widths = [
                max(width, len(str(cell or ""))) for width, cell in zip(widths, row, strict=True)
            ]
        for column, width in enumerate(widths):
            page.set_column(column, column, min(width * 1.8 + 2, 60))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(last, 1), len(head) - 1)
    return made.getvalue()
