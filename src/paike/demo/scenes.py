"""Pictures for the demo's films: working places drawn in flat layers that move past each other.

A scene is a handful of wide transparent layers, drawn once; a frame is the layers pasted at offsets
that depend on time. Everything follows from the seed: the same film comes out on every machine.
"""

import math
import random
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from paike.demo import layers
from paike.demo.layers import HEIGHT, MARGIN, WIDTH, Colour, Draw

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


def make(kind: str, seed: int) -> Scene:
    """The scene of a kind of work (a key of KINDS), varied by the seed."""
    chance = random.Random(f"{kind}-{seed}")
    above, below, far, middle, near, light = PALETTES[chance.randrange(len(PALETTES))]
    sky = _sky(chance, above, below, light)
    drawers, air = KINDS[kind]
    drawn = []
    for number, draw in enumerate(drawers):
        colour = (far, middle, near)[min(2, number + 3 - len(drawers))]
        image = Image.new("RGBA", (WIDTH + 2 * MARGIN, HEIGHT), (0, 0, 0, 0))
        draw(ImageDraw.Draw(image), chance, colour, light)
        top = (image.getbbox() or (0, 0, 0, 0))[1]  # only what is drawn is moved
        lower = image.crop((0, top, image.width, HEIGHT))
        drawn.append((lower, top, (5.0, 11.0, 20.0)[min(2, number + 3 - len(drawers))]))
    specks = [(chance.random(), chance.random(), chance.random()) for _ in range(70)]
    return Scene(sky=sky, layers=drawn, light=light, air=air, specks=specks)


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
    draw.ellipse(layers.round_at(x, y, r * 3), fill=(dim[0], dim[1], dim[2]))
    glow = glow.filter(ImageFilter.GaussianBlur(40))
    sky = ImageChops.add(sky, glow)
    ImageDraw.Draw(sky).ellipse(layers.round_at(x, y, r), fill=light)
    return sky


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


KINDS: dict[str, tuple[tuple[Draw, ...], str]] = {
    "weld": ((layers.factory, layers.figures), "sparks"),
    "mill": ((layers.hills(0.7, 40), layers.factory, layers.figures), "dust"),
    "build": ((layers.city, layers.cranes, layers.figures), ""),
    "power": ((layers.hills(0.66, 60), layers.pylons), ""),
    "snow": ((layers.mountain, layers.pylons, layers.figures), "snow"),
    "rail": ((layers.hills(0.64, 44), layers.rails), ""),
    "port": ((layers.cranes, layers.port), ""),
    "farm": ((layers.hills(0.62, 34), layers.field, layers.figures), "dust"),
    "courier": ((layers.city, layers.road), "lights"),
    "rain": ((layers.city, layers.road), "rain"),
    "bench": ((layers.room, layers.bench), "dust"),
    "night": ((layers.city, layers.cranes), "lights"),
}
