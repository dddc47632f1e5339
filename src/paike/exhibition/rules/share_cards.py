"""The picture that goes with a link when people pass it on: 1200 x 630, name, title, colours.

Drawn with the CJK font that a package ships, so that it looks the same on every machine.
"""

import io
from functools import lru_cache

import noto_cjk
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 84
PAPER = "#fffdfa"


@lru_cache(maxsize=64)
def draw(*, title: str, kicker: str, brand: str, accent: str, poster: bytes = b"") -> bytes:
    """PNG bytes. `poster` (any picture Pillow reads) fills the right side if given."""
    card = Image.new("RGB", SIZE, brand)
    pen = ImageDraw.Draw(card)
    width = SIZE[0] - 2 * MARGIN
    if poster:
        _place(card, poster)
        width = 520
    pen.rectangle((MARGIN, 92, MARGIN + 96, 98), fill=accent)
    size = 84 if len(title) <= 14 and not poster else 58
    top = 132
    for line in _lines(title, _font(size), width)[:4]:
        pen.text((MARGIN, top), line, font=_font(size), fill=PAPER, stroke_width=1)
        top += round(size * 1.32)
    for line in _lines(kicker, _font(32), width)[:2]:
        pen.text((MARGIN, top + 28), line, font=_font(32), fill=PAPER)
        top += 46
    out = io.BytesIO()
    # Not `optimize`: four times the work for two per cent of the size.
    card.save(out, "PNG")
    return out.getvalue()


def _place(card: Image.Image, poster: bytes) -> None:
    picture = Image.open(io.BytesIO(poster)).convert("RGB")
    picture.thumbnail((512, 470))
    card.paste(picture, (SIZE[0] - picture.width - 48, (SIZE[1] - picture.height) // 2))


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Chinese breaks anywhere, Latin words stay whole."""
    lines: list[str] = [""]
    for piece in _pieces(text):
        if lines[-1] and font.getlength(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for letter in text:
        joins = pieces and ord(letter) < 0x2E80 and ord(pieces[-1][-1]) < 0x2E80
        if joins and not pieces[-1].endswith(" "):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = noto_cjk.otc_path("sans")
    return ImageFont.truetype(str(path), size, index=2)  # 2: Simplified Chinese forms
