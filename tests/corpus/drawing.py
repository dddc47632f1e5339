"""The pictures of a test film: footage, moved and spoilt as its recipe says, with words on top."""

import functools
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import noto_cjk_sans_otc
import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.corpus.footage import HEIGHT, MARGIN, WIDTH, over_and_over
from tests.corpus.recipe import Line, Recipe, Span

Picture = numpy.ndarray[tuple[int, int, int], numpy.dtype[numpy.uint8]]
BAND = 6.0  # Hz: hands shake below this


@functools.cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    weight = "Bold" if bold else "Regular"
    folder = Path(noto_cjk_sans_otc.__file__).parent
    (file,) = (
        sorted(folder.rglob(f"*SansCJK-{weight}.ttc"))[:1] or sorted(folder.rglob("*.ttc"))[:1]
    )
    return ImageFont.truetype(str(file), size, index=2)


def pictures(recipe: Recipe) -> Iterator[tuple[float, Picture]]:
    """Moment and picture (RGB, 720 x 576) of the whole film."""
    clip = over_and_over(recipe.footage)
    path = _hand(recipe)
    current = held = next(clip)
    count = round(recipe.seconds * recipe.rate)
    last: Picture | None = None
    for number in range(count):
        at = number / recipe.rate
        if not recipe.still and number % max(1, round(recipe.rate / 25)) == 0:
            current = next(clip)
        if inside(at, recipe.frozen) and last is not None:
            yield at, last
            continue
        held = current
        picture = _crop(held, path[number], recipe.pan * at)
        last = _finished(recipe, picture, at)
        yield at, last


def inside(at: float, spans: tuple[Span, ...]) -> bool:
    return any(start <= at < end for start, end in spans)


def _hand(recipe: Recipe) -> list[tuple[float, float]]:
    """Where a shaking hand points the camera: noise below 6 Hz, zero outside the shaky spans."""
    count = round(recipe.seconds * recipe.rate)
    chance = numpy.random.default_rng(len(recipe.name) * 7919 + count)
    spectrum = numpy.fft.rfft(chance.normal(size=(2, count + 64)), axis=1)
    hertz = numpy.fft.rfftfreq(count + 64, 1 / recipe.rate)
    spectrum[:, (hertz > BAND) | (hertz < 0.8)] = 0
    walk = numpy.fft.irfft(spectrum, axis=1)[:, :count]
    walk *= recipe.shake_size / max(1e-9, float(walk.std()))
    moving = [inside(n / recipe.rate, recipe.shake) for n in range(count)]
    return [
        (float(x), float(y)) if m else (0.0, 0.0) for x, y, m in zip(*walk, moving, strict=True)
    ]


def _crop(image: Picture, hand: tuple[float, float], pan: float) -> Picture:
    swing = MARGIN[0] - abs((pan + MARGIN[0]) % (4 * MARGIN[0]) - 2 * MARGIN[0]) if pan else 0.0
    x = min(2 * MARGIN[0], max(0, round(MARGIN[0] + hand[0] + swing)))
    y = min(2 * MARGIN[1], max(0, round(MARGIN[1] + hand[1])))
    return image[y : y + HEIGHT, x : x + WIDTH]


def _finished(recipe: Recipe, picture: Picture, at: float) -> Picture:
    if inside(at, recipe.black):
        return _with_words(recipe, numpy.zeros_like(picture), at)
    if inside(at, recipe.dark):
        picture = (picture * 0.2).astype(numpy.uint8)
    if inside(at, recipe.blurred):
        soft = Image.fromarray(picture).filter(ImageFilter.GaussianBlur(5))
        picture = numpy.asarray(soft)
    if inside(at, recipe.flash) and int(at * 10) % 2:
        picture = numpy.clip(picture.astype(numpy.int16) + 110, 0, 255).astype(numpy.uint8)
    if recipe.letterbox:
        picture = picture.copy()
        bar = round(HEIGHT * recipe.letterbox / 2)
        picture[:bar] = picture[-bar:] = 0
    return _with_words(recipe, picture, at)


def _with_words(recipe: Recipe, picture: Picture, at: float) -> Picture:
    lines = [line for line in recipe.subtitles if line.start <= at < line.end]
    titled = recipe.title and recipe.title_at[0] <= at < recipe.title_at[1]
    if not (lines or titled or recipe.watermark):
        return picture
    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image)
    if titled:
        _title(draw, recipe)
    for line in lines:
        _line(draw, line)
    if recipe.watermark:
        draw.text((WIDTH - 20, 40), recipe.watermark, font=font(24, bold=True), anchor="rm",
                  fill=(255, 255, 255), stroke_width=1, stroke_fill=(60, 60, 60))  # fmt: skip
    return numpy.asarray(image)


def _title(draw: ImageDraw.ImageDraw, recipe: Recipe) -> None:
    draw.text((WIDTH / 2, HEIGHT * 0.42), recipe.title, font=font(56, bold=True), anchor="mm",
              fill=(255, 250, 235), stroke_width=2, stroke_fill=(20, 20, 20))  # fmt: skip
    below = "  ".join(filter(None, [recipe.unit, *recipe.authors]))
    draw.text((WIDTH / 2, HEIGHT * 0.58), below, font=font(32), anchor="mm",
              fill=(240, 240, 240), stroke_width=2, stroke_fill=(20, 20, 20))  # fmt: skip


def _line(draw: ImageDraw.ImageDraw, line: Line) -> None:
    fill = (255, 225, 60) if line.style == "yellow" else (255, 255, 255)
    place = (WIDTH / 2, HEIGHT * line.place)
    if line.style == "boxed":
        box = draw.textbbox(place, line.text, font=font(line.size), anchor="mm")
        draw.rectangle((box[0] - 10, box[1] - 6, box[2] + 10, box[3] + 6), fill=(15, 15, 15))
    stroke = 2 if line.style in ("outlined", "yellow") else 0
    draw.text(place, line.text, font=font(line.size), anchor="mm", fill=fill,
              stroke_width=stroke, stroke_fill=(0, 0, 0))  # fmt: skip


def uneven(moments: list[float]) -> list[float]:
    """Moments at which a phone would have taken the pictures: late ones now and then."""
    found = [0.0]
    for number, (one, other) in enumerate(pairwise(moments)):
        slow = 1.8 if math.sin(number * 0.37) > 0.55 else 1.0
        found.append(found[-1] + (other - one) * slow)
    scale = moments[-1] / found[-1]
    return [moment * scale for moment in found]
