"""The layers of the demo's scenes: each draws one wide strip of a working place."""

import itertools
import math
import random
from collections.abc import Callable

from PIL import ImageDraw

WIDTH, HEIGHT = 720, 576  # coded size; shown at 768 x 576, so circles are drawn 15/16 as wide
SQUASH = 15 / 16
MARGIN = 260  # how far a layer reaches beyond the frame
FULL = WIDTH + 2 * MARGIN

Colour = tuple[int, int, int]
Draw = Callable[[ImageDraw.ImageDraw, random.Random, Colour, Colour], None]


def mix(colour: Colour, other: Colour, part: float) -> Colour:
    mixed = [round(a + (b - a) * part) for a, b in zip(colour, other, strict=True)]
    return (mixed[0], mixed[1], mixed[2])


def round_at(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius * SQUASH, y - radius, x + radius * SQUASH, y + radius)


def hills(base: float, swing: float) -> Draw:
    def draw(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
        a, b = chance.uniform(0.004, 0.009), chance.uniform(0.012, 0.02)
        start = chance.random() * 9
        top = [
            (x, HEIGHT * base - swing * (math.sin(x * a + start) + 0.4 * math.sin(x * b)))
            for x in range(0, FULL + 8, 8)
        ]
        d.polygon([*top, (FULL, HEIGHT), (0, HEIGHT)], fill=colour)

    return draw


def factory(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
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
                    d.rectangle((left, top, left + 12, top + 16), fill=mix(colour, light, 0.55))
        x += wide + chance.randint(10, 50)
    d.rectangle((0, HEIGHT * 0.9, FULL, HEIGHT), fill=colour)


def cranes(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    for x in range(chance.randint(0, 200), FULL, chance.randint(190, 340)):
        foot, top = x + chance.randint(-30, 30), HEIGHT * chance.uniform(0.12, 0.42)
        d.line((foot, HEIGHT, foot, top), fill=colour, width=9)
        reach = chance.choice((-1, 1)) * chance.randint(130, 190)
        d.line((foot - reach * 0.35, top + 14, foot + reach, top + 14), fill=colour, width=7)
        d.line((foot, top - 34, foot + reach * 0.9, top + 12), fill=colour, width=2)
        d.line((foot, top - 34, foot - reach * 0.3, top + 12), fill=colour, width=2)
        d.line((foot, top - 34, foot, top), fill=colour, width=6)
        hook = foot + reach * chance.uniform(0.5, 0.9)
        d.line((hook, top + 14, hook, top + 120), fill=colour, width=2)
        d.rectangle((hook - 16, top + 120, hook + 16, top + 136), fill=mix(colour, light, 0.4))
    for x in range(0, FULL, 150):
        tall = chance.randint(60, 260)
        d.rectangle((x, HEIGHT - tall, x + 104, HEIGHT), fill=colour)


def pylons(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
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


def rails(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    ground = HEIGHT * 0.78
    d.rectangle((0, ground, FULL, HEIGHT), fill=colour)
    for y in (ground + 40, ground + 74):
        d.line((0, y, FULL, y), fill=mix(colour, light, 0.5), width=4)
    for sleeper in range(0, FULL, 34):
        plank = (sleeper, ground + 30, sleeper - 20, ground + 88)
        d.line(plank, fill=mix(colour, light, 0.18), width=7)
    x, colour2 = 160.0, mix(colour, light, 0.28)
    for car in range(7):
        d.rounded_rectangle((x, ground - 76, x + 150, ground + 30), 12, fill=colour2)
        for window in range(4):
            left = x + 14 + window * 33
            d.rounded_rectangle((left, ground - 58, left + 22, ground - 30), 4, fill=light)
        for wheel in (30, 120):
            d.ellipse(round_at(x + wheel, ground + 34, 13), fill=mix(colour, (0, 0, 0), 0.4))
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


def figures(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
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
    d.ellipse(round_at(x, head, 21 * s), fill=mix(colour, light, 0.22))
    if helmet:
        shell = mix(light, (214, 150, 40), 0.55)
        d.pieslice((x - 25 * s, head - 28 * s, x + 25 * s, head + 20 * s), 180, 360, fill=shell)
        d.rounded_rectangle((x - 30 * s, head - 7 * s, x + 30 * s, head - 1 * s), 3, fill=shell)
    d.rectangle(
        (x - 30 * s, head + 66 * s, x + 30 * s, head + 74 * s), fill=mix(colour, light, 0.6)
    )


def port(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    sea = HEIGHT * 0.8
    d.rectangle((0, sea, FULL, HEIGHT), fill=mix(colour, light, 0.12))
    for _wave in range(26):
        x, y = chance.randint(0, FULL), sea + chance.randint(12, 100)
        d.line((x, y, x + chance.randint(30, 90), y), fill=mix(colour, light, 0.4), width=2)
    for x in (120, 640):
        d.polygon(
            [(x, sea - 60), (x + 430, sea - 60), (x + 390, sea + 20), (x + 50, sea + 20)],
            fill=colour,
        )
        for row in range(3):
            for col in range(9):
                box = chance.choice(
                    (light, mix(colour, (200, 70, 50), 0.7), mix(colour, light, 0.4))
                )
                left, top = x + 40 + col * 34, sea - 84 - row * 24
                d.rectangle((left, top, left + 31, top + 22), fill=box)
        d.rectangle((x + 356, sea - 150, x + 404, sea - 60), fill=mix(colour, light, 0.7))


def field(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    top = HEIGHT * 0.72
    d.rectangle((0, top, FULL, HEIGHT), fill=colour)
    for row in range(9):
        y = top + 8 + row * row * 2.2
        d.line((0, y, FULL, y + 6), fill=mix(colour, light, 0.16 + row * 0.02), width=2 + row // 2)
    for _ in range(520):
        x, y = chance.randint(0, FULL), top + chance.random() ** 0.7 * (HEIGHT - top)
        d.line(
            (x, y, x + chance.randint(-5, 5), y - chance.randint(10, 26)),
            fill=mix(colour, light, chance.uniform(0.1, 0.5)),
            width=2,
        )


def city(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    x = -10
    while x < FULL:
        wide, tall = chance.randint(44, 92), chance.randint(120, 330)
        d.rectangle((x, HEIGHT - tall, x + wide, HEIGHT), fill=colour)
        for row in range(tall // 22):
            for col in range(wide // 15):
                if chance.random() < 0.34:
                    left, top = x + 6 + col * 15, HEIGHT - tall + 10 + row * 22
                    d.rectangle((left, top, left + 7, top + 11), fill=mix(colour, light, 0.72))
        x += wide + chance.randint(2, 16)


def road(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    ground = HEIGHT * 0.84
    d.rectangle((0, ground, FULL, HEIGHT), fill=colour)
    for dash in range(0, FULL, 90):
        d.rectangle((dash, ground + 44, dash + 46, ground + 49), fill=mix(colour, light, 0.7))
    for lamp in range(30, FULL, 190):
        d.line((lamp, ground, lamp, ground - 150), fill=colour, width=5)
        d.line((lamp, ground - 150, lamp + 34, ground - 158), fill=colour, width=4)
        d.ellipse(round_at(lamp + 38, ground - 156, 6), fill=light)
    x = 470.0
    body = mix(colour, light, 0.34)
    d.rounded_rectangle(
        (x, ground - 92, x + 92, ground - 20), 8, fill=mix((190, 60, 44), colour, 0.2)
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
        d.ellipse(round_at(x + wheel, ground - 14, 20), fill=mix(colour, (0, 0, 0), 0.5))
        d.ellipse(round_at(x + wheel, ground - 14, 8), fill=body)
    _person(d, x + 70, ground - 20, 0.5, mix(colour, (20, 20, 30), 0.4), light, helmet=True, arm=1)


def room(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    """Indoors: a wall with windows, wide or narrow, high or low, a bench in front of it."""
    wall = mix(colour, light, 0.12)
    pier, window = chance.randint(40, 150), chance.randint(90, 330)
    head, sill = chance.randint(30, 170), HEIGHT * chance.uniform(0.48, 0.7)
    for x in range(-chance.randint(0, 200), FULL, pier + window):
        right = x + pier + window
        d.rectangle((x, 0, x + pier, HEIGHT), fill=wall)
        d.rectangle((x, 0, right, head), fill=wall)
        d.rectangle((x, sill, right, HEIGHT), fill=wall)
        d.line((right - window / 2, head, right - window / 2, sill), fill=wall, width=6)
        d.line((x + pier, (head + sill) / 2, right, (head + sill) / 2), fill=wall, width=6)


def bench(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
    top = HEIGHT * 0.76
    d.rectangle((0, top, FULL, top + 18), fill=mix(colour, light, 0.2))
    d.rectangle((0, top + 18, FULL, HEIGHT), fill=colour)
    x = 20
    while x < FULL:
        kind, wide = chance.randrange(4), chance.randint(30, 74)
        shade = mix(colour, light, chance.uniform(0.25, 0.6))
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
    place, size = chance.randint(260, 540), chance.uniform(0.75, 1.25)
    _person(d, place, top + 70, size, mix(colour, (10, 10, 16), 0.35), light, helmet=False, arm=-1)


def mountain(d: ImageDraw.ImageDraw, chance: random.Random, colour: Colour, light: Colour) -> None:
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
            fill=mix(colour, light, 0.75),
        )
        x += round(wide * 0.62)
