"""PDFs by Typst. Fonts come from a package and are read once per process; a page then takes
milliseconds."""

import functools
import io
import json
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import noto_cjk_sans_otc
import segno
import typst

_one_at_a_time = Lock()


@functools.cache
def _fonts() -> typst.Fonts:
    folder = Path(noto_cjk_sans_otc.__file__).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


@functools.cache
def _compiler(source: Path) -> typst.Compiler:
    return typst.Compiler(input=source, root=source.parent, font_paths=_fonts())


def pdf(source: Path, data: Mapping[str, Any]) -> bytes:
    """The document `source` (a .typ file) with `data`, which it reads as
    `json(bytes(sys.inputs.data))`."""
    text = json.dumps(data, ensure_ascii=False)
    with _one_at_a_time:  # a compiler keeps the inputs it was given last
        made = _compiler(source).compile(sys_inputs={"data": text}, format="pdf")
    if not isinstance(made, bytes):  # several pages of pictures; never for PDF
        raise TypeError(source)
    return made


def qr_svg(address: str, *, dark: str = "#000000") -> str:
    """A QR code of `address` as SVG text, for `image(bytes(...), format: "svg")`."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", dark=dark, border=0, xmldecl=False)
    return drawn.getvalue().decode()
