"""Pictures for the demo's films: working places drawn in flat layers that move past each other.

A scene is a handful of wide transparent layers, drawn once; a frame is the layers pasted at offsets
that depend on time. Everything follows from the seed: the same film comes out on every machine.
"""

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 720, 576  # coded size; shown at 768 x 576, so circles are drawn 15/16 as wide
SQUASH = 15 / 16
MARGIN = 260  # how far a layer reaches beyond the frame

Colour = tuple[int, int, int]

# Each palette: sky above, sky below, far, middle, near, light.
PALETTES: tuple[tuple[Colour, Colour, Colour, Colour, Colour, Colour], ...] = (
    ((36, 52, 88), (240, 158, 104), (110, 94, 122), (62, 62, 92), (28, 32, 52), (255, 214, 150)),
    (
        (150, 196, 216),
        (246, 236, 214),
        (150, 178, 180),
        (92, 128, 132),
        (44, 74, 80),
        (255, 248, 220),
    ),
    ((18, 26, 48), (58, 72, 112), (44, 54, 88), (30, 38, 66), (14, 18, 34), (255, 206, 120)),
    (
        (224, 182, 128),
        (252, 232, 190),
        (206, 158, 110),
        (156, 104, 74),
        (88, 54, 44),
        (255, 250, 230),
    ),
    ((120, 40, 36), (232, 130, 70), (140, 62, 54), (92, 38, 40), (48, 20, 26), (255, 224, 160)),
    (
        (172, 190, 206),
        (232, 238, 240),
        (184, 198, 208),
        (130, 150, 166),
        (72, 90, 108),
        (255, 255, 255),
    ),
    (
        (64, 110, 104),
        (206, 220, 170),
        (112, 150, 120),
        (68, 108, 88),
        (30, 60, 54),
        (255, 240, 180),
    ),
    ((88, 82, 128), (242, 190, 186), (150, 124, 154), (98, 84, 122), (48, 42, 74), (255, 226, 206)),
)


@dataclass
class Scene:
    """Layers from far to near, each with how many pixels it moves in a second, and what falls or
    flies in front of them."""

    sky: Image.Image
    layers: list[tuple[Image.Image, int, float]]  # picture, its top row, pixels a second
    light: Colour
    air: str = ""  # "", "sparks", "snow", "rain", "dust", "lights"
    specks: list[tuple[float, float, float]] = field(default_factory=list)

    def frame(self, seconds: float) -> Image.Image:
        """The picture at a time: an RGB image of the coded size."""
        picture = self.sky.copy()
        for layer, top, speed in self.layers:
            shift = round(MARGIN / 2 + speed * seconds)
            shift = max(0, min(layer.width - WIDTH, shift))
            part = layer.crop((shift, 0, shift + WIDTH, layer.height))
            picture.paste(part, (0, top), part)
        if self.air:
            _draw_air(picture, self, seconds)
        return picture


Draw = Callable[[ImageDraw.ImageDraw, random.Random, Colour, Colour], None]


def make(kind: str, seed: int) -> Scene:
    """The scene of a kind of work (a key of KINDS), varied by the seed."""
    chance = random.Random(f"{kind}-{seed}")
    above, below, far, middle, near, light = PALETTES[chance.randrange(len(PALETTES))]
    sky = _sky(chance, above, below, light)
    drawers, air = KINDS[kind]
    layers = []
    for number, draw in enumerate(drawers):
        colour = (far, middle, near)[min(2, number + 3 - len(drawers))]
        image = Image.new("RGBA", (WIDTH + 2 * MARGIN, HEIGHT), (0, 0, 0, 0))
        draw(ImageDraw.Draw(image), chance, colour, light)
        top = (image.getbbox() or (0, 0, 0, 0))[1]  # only what is drawn is moved
        lower = image.crop((0, top, image.width, HEIGHT))
        layers.append((lower, top, (5.0, 11.0, 20.0)[min(2, number + 3 - len(drawers))]))
    specks = [(chance.random(), chance.random(), chance.random()) for _ in range(70)]
    return Scene(sky=sky, layers=layers, light=light, air=air, specks=specks)


def _sky(chance: random.Random, above: Colour, below: Colour, light: Colour) -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        part = min(1.0, y / (HEIGHT * 0.78))
        mixed = [round(a + (b - a) * part**1.2) for a, b in zip(above, below, strict=True)]
        column.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    sky = column.resize((WIDTH, HEIGHT))
    glow = Image.new("RGB", (WIDTH, HEIGHT))
    x, y, r = chance.randint(120, 600), chance.randint(120, 300), chance.randint(34, 60)
    draw = ImageDraw.Draw(glow)
    # A bright sky takes less glow, or the sun would be a white hole in the picture.
    share = 3 if sum(below) < 560 else 14
    dim = [c // share for c in light]
    draw.ellipse(_round(x, y, r * 3), fill=(dim[0], dim[1], dim[2]))
    glow = glow.filter(ImageFilter.GaussianBlur(40))
    sky = ImageChops.add(sky, glow)
    ImageDraw.Draw(sky).ellipse(_round(x, y, r), fill=light)
    return sky


def _round(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius * SQUASH, y - radius, x + radius * SQUASH, y + radius)


def _draw_air(picture: Image.Image, scene: Scene, seconds: float) -> None:
    draw = ImageDraw.Draw(picture)
    for a, b, c in scene.specks:
        if scene.air == "sparks":
            life = (seconds * (0.8 + c) + a) % 1.0
            angle = (b - 0.5) * 2.6
            x = 430 + math.sin(angle) * life * 260
            y = 392 - math.cos(angle) * life * 200 + life * life * 260
            size = 2.6 * (1 - life) + 0.6
            draw.ellipse((x - size, y - size, x + size, y + size), fill=scene.light)
        elif scene.air == "snow":
            x = (a * WIDTH + math.sin(seconds + c * 6) * 18) % WIDTH
            y = (b * HEIGHT + seconds * (30 + 50 * c)) % HEIGHT
            size = 1.2 + 2 * c
            draw.ellipse((x - size, y - size, x + size, y + size), fill=(250, 250, 250))
        elif scene.air == "rain":
            x = (a * WIDTH + seconds * 40) % WIDTH
            y = (b * HEIGHT + seconds * (420 + 200 * c)) % HEIGHT
            draw.line((x, y, x - 3, y + 14 + 10 * c), fill=(210, 222, 232), width=1)
        elif scene.air == "dust":
            x = (a * WIDTH + seconds * (8 + 26 * c)) % WIDTH
            y = HEIGHT * 0.45 + b * HEIGHT * 0.5 + math.sin(seconds * 0.8 + a * 9) * 8
            draw.ellipse((x - 1.4, y - 1.4, x + 1.4, y + 1.4), fill=scene.light)
        elif math.sin(seconds * (1 + 2 * c) + a * 40) > 0.2:  # "lights": windows and lamps
            x, y = a * WIDTH, HEIGHT * (0.42 + 0.42 * b)
            draw.rectangle((x, y, x + 3, y + 4), fill=scene.light)


def _mix(colour: Colour, other: Colour, part: float) -> Colour:
    mixed = [round(a + (b - a) * part) for a, b in zip(colour, other, strict=True)]
    return (mixed[0], mixed[1], mixed[2])


# --- layers -----------------------------------------------------------------------------------

FULL = WIDTH + 2 * MARGIN


def _hills(base: float, swing: float) -> Draw:
    def draw(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
        a, b = chance.uniform(0.004, 0.009), chance.uniform(0.012, 0.02)
        start = chance.random() * 9
        top = [
            (x, HEIGHT * base - swing * (math.sin(x * a + start) + 0.4 * math.sin(x * b)))
            for x in range(0, FULL + 8, 8)
        ]
        d.polygon([*top, (FULL, HEIGHT), (0, HEIGHT)], fill=colour)

    return draw


def _factory(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    x = -20.0
    while x < FULL:
        wide, tall = chance.randint(90, 200), chance.randint(90, 190)
        ground = HEIGHT * 0.9
        kind = chance.randrange(3)
        if kind == 0:  # saw-tooth roof
            teeth = max(2, wide // 46)
            step = wide / teeth
            points = [(x, ground)]
            for tooth in range(teeth):
                points += [
                    (x + tooth * step, ground - tall),
                    (x + (tooth + 1) * step, ground - tall + 34),
                ]
            d.polygon([*points, (x + wide, ground)], fill=colour)
        else:
            d.rectangle((x, ground - tall, x + wide, ground), fill=colour)
            if kind == 1:
                d.rectangle((x + 16, ground - tall - 120, x + 34, ground), fill=colour)
                d.rectangle((x + 50, ground - tall - 86, x + 64, ground), fill=colour)
        for row in range(2):
            for col in range(int(wide // 30)):
                if chance.random() < 0.5:
                    left, top = x + 10 + col * 30, ground - tall + 44 + row * 34
                    d.rectangle((left, top, left + 12, top + 16), fill=_mix(colour, light, 0.55))
        x += wide + chance.randint(10, 50)
    d.rectangle((0, HEIGHT * 0.9, FULL, HEIGHT), fill=colour)


def _cranes(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    for x in range(40, FULL, 260):
        foot, top = x + chance.randint(-30, 30), HEIGHT * chance.uniform(0.18, 0.3)
        d.line((foot, HEIGHT, foot, top), fill=colour, width=9)
        reach = chance.choice((-1, 1)) * chance.randint(130, 190)
        d.line((foot - reach * 0.35, top + 14, foot + reach, top + 14), fill=colour, width=7)
        d.line((foot, top - 34, foot + reach * 0.9, top + 12), fill=colour, width=2)
        d.line((foot, top - 34, foot - reach * 0.3, top + 12), fill=colour, width=2)
        d.line((foot, top - 34, foot, top), fill=colour, width=6)
        hook = foot + reach * chance.uniform(0.5, 0.9)
        d.line((hook, top + 14, hook, top + 120), fill=colour, width=2)
        d.rectangle((hook - 16, top + 120, hook + 16, top + 136), fill=_mix(colour, light, 0.4))
    for x in range(0, FULL, 150):
        tall = chance.randint(90, 210)
        d.rectangle((x, HEIGHT - tall, x + 104, HEIGHT), fill=colour)


def _pylons(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    tops = []
    for x in range(60, FULL, 270):
        top = HEIGHT * 0.26 + chance.randint(-12, 30)
        for side in (-1, 1):
            d.line((x + side * 34, HEIGHT * 0.86, x + side * 5, top), fill=colour, width=5)
        for step in range(7):
            y = top + (HEIGHT * 0.86 - top) * step / 7
            half = 5 + 29 * step / 7
            d.line((x - half, y, x + half, y + 30), fill=colour, width=2)
            d.line((x + half, y, x - half, y + 30), fill=colour, width=2)
        for arm in (18, 56):
            d.line((x - 58, top + arm, x + 58, top + arm), fill=colour, width=5)
        tops.append((x, top))
    for (x1, y1), (x2, y2) in itertools.pairwise(tops):
        for dx, dy in ((-58, 18), (58, 18), (-58, 56), (58, 56)):
            wire = []
            for part in range(13):
                t = part / 12
                sag = 46 * 4 * t * (1 - t)
                wire.append((x1 + dx + (x2 - x1) * t, y1 + dy + (y2 - y1) * t + sag))
            d.line(wire, fill=colour, width=2)
    d.rectangle((0, HEIGHT * 0.86, FULL, HEIGHT), fill=colour)


def _rails(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    ground = HEIGHT * 0.78
    d.rectangle((0, ground, FULL, HEIGHT), fill=colour)
    for y in (ground + 40, ground + 74):
        d.line((0, y, FULL, y), fill=_mix(colour, light, 0.5), width=4)
    for sleeper in range(0, FULL, 34):
        plank = (sleeper, ground + 30, sleeper - 20, ground + 88)
        d.line(plank, fill=_mix(colour, light, 0.18), width=7)
    x, colour2 = 160.0, _mix(colour, light, 0.28)
    for car in range(7):
        d.rounded_rectangle((x, ground - 76, x + 150, ground + 30), 12, fill=colour2)
        for window in range(4):
            left = x + 14 + window * 33
            d.rounded_rectangle((left, ground - 58, left + 22, ground - 30), 4, fill=light)
        for wheel in (30, 120):
            d.ellipse(_round(x + wheel, ground + 34, 13), fill=_mix(colour, (0, 0, 0), 0.4))
        x += 158
        if car == 6:
            d.polygon(
                [
                    (x - 8, ground - 76),
                    (x + 60, ground - 10),
                    (x + 60, ground + 30),
                    (x - 8, ground + 30),
                ],
                fill=colour2,
            )


def _figures(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    """Two or three people at work: helmets, shoulders, one arm raised or bent to the work."""
    for x in chance.sample(range(330, 820, 90), k=3):
        tall = chance.uniform(0.82, 1.1)
        _person(d, x, HEIGHT * 0.98, tall, colour, light, helmet=True, arm=chance.choice((-1, 1)))
    d.rectangle((0, HEIGHT * 0.955, FULL, HEIGHT), fill=colour)


def _person(
    d: ImageDraw.ImageDraw,
    x: float,
    foot: float,
    scale: float,
    colour: Colour,
    light: Colour,
    *,
    helmet: bool,
    arm: int,
) -> None:
    s = scale * 1.25
    head = foot - 178 * s
    d.rounded_rectangle((x - 30 * s, head + 26 * s, x + 30 * s, foot - 66 * s), 16 * s, fill=colour)
    for leg in (-1, 1):
        d.rounded_rectangle(
            (x + leg * 14 * s - 11 * s, foot - 84 * s, x + leg * 14 * s + 11 * s, foot),
            6,
            fill=colour,
        )
    d.line(
        (x + arm * 24 * s, head + 44 * s, x + arm * 62 * s, head + 76 * s),
        fill=colour,
        width=round(16 * s),
    )
    d.line(
        (x + arm * 62 * s, head + 76 * s, x + arm * 84 * s, head + 46 * s),
        fill=colour,
        width=round(13 * s),
    )
    d.ellipse(_round(x, head, 21 * s), fill=_mix(colour, light, 0.22))
    if helmet:
        shell = _mix(light, (214, 150, 40), 0.55)
        d.pieslice((x - 25 * s, head - 28 * s, x + 25 * s, head + 20 * s), 180, 360, fill=shell)
        d.rounded_rectangle((x - 30 * s, head - 7 * s, x + 30 * s, head - 1 * s), 3, fill=shell)
    d.rectangle(
        (x - 30 * s, head + 66 * s, x + 30 * s, head + 74 * s), fill=_mix(colour, light, 0.6)
    )


def _port(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    sea = HEIGHT * 0.8
    d.rectangle((0, sea, FULL, HEIGHT), fill=_mix(colour, light, 0.12))
    for _wave in range(26):
        x, y = chance.randint(0, FULL), sea + chance.randint(12, 100)
        d.line((x, y, x + chance.randint(30, 90), y), fill=_mix(colour, light, 0.4), width=2)
    for x in (120, 640):
        d.polygon(
            [(x, sea - 60), (x + 430, sea - 60), (x + 390, sea + 20), (x + 50, sea + 20)],
            fill=colour,
        )
        for row in range(3):
            for col in range(9):
                box = chance.choice(
                    (light, _mix(colour, (200, 70, 50), 0.7), _mix(colour, light, 0.4))
                )
                left, top = x + 40 + col * 34, sea - 84 - row * 24
                d.rectangle((left, top, left + 31, top + 22), fill=box)
        d.rectangle((x + 356, sea - 150, x + 404, sea - 60), fill=_mix(colour, light, 0.7))


def _field(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    top = HEIGHT * 0.72
    d.rectangle((0, top, FULL, HEIGHT), fill=colour)
    for row in range(9):
        y = top + 8 + row * row * 2.2
        d.line((0, y, FULL, y + 6), fill=_mix(colour, light, 0.16 + row * 0.02), width=2 + row // 2)
    for _ in range(520):
        x, y = chance.randint(0, FULL), top + chance.random() ** 0.7 * (HEIGHT - top)
        d.line(
            (x, y, x + chance.randint(-5, 5), y - chance.randint(10, 26)),
            fill=_mix(colour, light, chance.uniform(0.1, 0.5)),
            width=2,
        )


def _city(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    x = -10
    while x < FULL:
        wide, tall = chance.randint(44, 92), chance.randint(120, 330)
        d.rectangle((x, HEIGHT - tall, x + wide, HEIGHT), fill=colour)
        for row in range(tall // 22):
            for col in range(wide // 15):
                if chance.random() < 0.34:
                    left, top = x + 6 + col * 15, HEIGHT - tall + 10 + row * 22
                    d.rectangle((left, top, left + 7, top + 11), fill=_mix(colour, light, 0.72))
        x += wide + chance.randint(2, 16)


def _road(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    ground = HEIGHT * 0.84
    d.rectangle((0, ground, FULL, HEIGHT), fill=colour)
    for dash in range(0, FULL, 90):
        d.rectangle((dash, ground + 44, dash + 46, ground + 49), fill=_mix(colour, light, 0.7))
    for lamp in range(30, FULL, 190):
        d.line((lamp, ground, lamp, ground - 150), fill=colour, width=5)
        d.line((lamp, ground - 150, lamp + 34, ground - 158), fill=colour, width=4)
        d.ellipse(_round(lamp + 38, ground - 156, 6), fill=light)
    x = 470.0
    body = _mix(colour, light, 0.34)
    d.rounded_rectangle(
        (x, ground - 92, x + 92, ground - 20), 8, fill=_mix((190, 60, 44), colour, 0.2)
    )
    d.polygon(
        [
            (x + 92, ground - 60),
            (x + 132, ground - 60),
            (x + 156, ground - 20),
            (x + 92, ground - 20),
        ],
        fill=body,
    )
    for wheel in (28, 124):
        d.ellipse(_round(x + wheel, ground - 14, 20), fill=_mix(colour, (0, 0, 0), 0.5))
        d.ellipse(_round(x + wheel, ground - 14, 8), fill=body)
    _person(d, x + 70, ground - 20, 0.5, _mix(colour, (20, 20, 30), 0.4), light, helmet=True, arm=1)


def _room(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    """Indoors: a wall with tall windows, a bench in front of it."""
    wall = _mix(colour, light, 0.12)
    for x in range(-40, FULL, 190):
        d.rectangle((x, 0, x + 56, HEIGHT), fill=wall)
        d.rectangle((x, 0, x + 190, 96), fill=wall)
        d.rectangle((x, HEIGHT * 0.66, x + 190, HEIGHT), fill=wall)
        d.line((x + 123, 96, x + 123, HEIGHT * 0.66), fill=wall, width=6)
        d.line((x + 56, 230, x + 190, 230), fill=wall, width=6)


def _bench(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    top = HEIGHT * 0.76
    d.rectangle((0, top, FULL, top + 18), fill=_mix(colour, light, 0.2))
    d.rectangle((0, top + 18, FULL, HEIGHT), fill=colour)
    x = 20
    while x < FULL:
        kind, wide = chance.randrange(4), chance.randint(30, 74)
        shade = _mix(colour, light, chance.uniform(0.25, 0.6))
        if kind == 0:
            d.rounded_rectangle((x, top - wide, x + wide * 0.7, top), 6, fill=shade)
        elif kind == 1:
            d.polygon(
                [(x, top), (x + wide * 0.35, top - wide * 1.2), (x + wide * 0.7, top)], fill=shade
            )
        elif kind == 2:
            d.ellipse((x, top - wide * 0.7, x + wide * 0.66, top), fill=shade)
        else:
            for stick in range(4):
                d.line((x + stick * 9, top, x + stick * 9 + 5, top - wide), fill=shade, width=4)
        x += wide + chance.randint(26, 70)
    _person(d, 500, top + 70, 0.92, _mix(colour, (10, 10, 16), 0.35), light, helmet=False, arm=-1)


def _mountain(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    x = -80
    while x < FULL:
        wide, tall = chance.randint(220, 380), chance.randint(180, 330)
        peak = (x + wide / 2, HEIGHT * 0.86 - tall)
        d.polygon([(x, HEIGHT), peak, (x + wide, HEIGHT)], fill=colour)
        snow = 0.28
        d.polygon(
            [
                peak,
                (peak[0] - wide * snow / 2, peak[1] + (tall + 80) * snow),
                (peak[0] - wide * 0.03, peak[1] + (tall + 80) * snow * 0.72),
                (peak[0] + wide * 0.05, peak[1] + (tall + 80) * snow),
                (peak[0] + wide * snow / 2, peak[1] + (tall + 80) * snow),
            ],
            fill=_mix(colour, light, 0.75),
        )
        x += round(wide * 0.62)


KINDS: dict[str, tuple[tuple[Draw, ...], str]] = {
    "weld": ((_factory, _figures), "sparks"),
    "mill": ((_hills(0.7, 40), _factory, _figures), "dust"),
    "build": ((_city, _cranes, _figures), ""),
    "power": ((_hills(0.66, 60), _pylons), ""),
    "snow": ((_mountain, _pylons, _figures), "snow"),
    "rail": ((_hills(0.64, 44), _rails), ""),
    "port": ((_cranes, _port), ""),
    "farm": ((_hills(0.62, 34), _field, _figures), "dust"),
    "courier": ((_city, _road), "lights"),
    "rain": ((_city, _road), "rain"),
    "bench": ((_room, _bench), "dust"),
    "night": ((_city, _cranes), "lights"),
}
