"""High dynamic range brought down to what every screen shows: BT.2020 with PQ or HLG to BT.709.

The curve is method A of ITU-R BT.2446-1 (section 4), for a picture made for 1000 cd/m2 and a screen of
100 cd/m2. What is brighter than 1000 is shown as 1000: phones grade for that, and few films say more.
PQ is turned to light by SMPTE ST 2084; HLG by BT.2100 with its system gamma of 1.2. Colours that
BT.709 can't hold are cut off at its edge.

The whole map is worked out once, for a picture that holds every colour (a Hald image), and looked up
for each picture of the film.
"""

import functools
from fractions import Fraction

import av
import numpy
from av.filter import Graph
from av.filter.context import FilterContext
from numpy.typing import NDArray

PQ, HLG = 16, 18  # transfer characteristics of ITU-T H.273
HDR = {PQ: "smpte2084", HLG: "arib-std-b67"}
LEVEL = 8  # 64 steps of each colour, 512 x 512 pixels
SIDE = LEVEL**3
FORMAT = "rgb48le"
CLOCK = Fraction(1, 25)
PLAIN = "color_trc=bt709:color_primaries=bt709:colorspace=gbr:range=pc"

BRIGHT, SCREEN = 1000.0, 100.0  # cd/m2: the peak of the source, and of the screen
GAMMA = 2.4  # of that screen (BT.1886)
LUMA = numpy.array([0.2627, 0.6780, 0.0593])  # BT.2020
TO_709 = numpy.array(  # BT.2087, table 2
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
)
Values = NDArray[numpy.float64]


@functools.cache
def table(transfer: int) -> av.VideoFrame:
    """What every colour of a film with this transfer becomes, as a Hald image."""
    steps = numpy.linspace(0.0, 1.0, LEVEL**2)
    blue, green, red = numpy.meshgrid(steps, steps, steps, indexing="ij")
    shown = brought_down(numpy.stack([red, green, blue], axis=-1), transfer)
    pixels = numpy.rint(shown * 65535).astype(numpy.uint16).reshape(SIDE, SIDE, 3)
    picture = av.VideoFrame.from_ndarray(numpy.ascontiguousarray(pixels), FORMAT)
    picture.pts, picture.time_base = 0, CLOCK
    return picture


def feed(graph: Graph) -> FilterContext:
    """A way into a graph for the table, for the second input of its `haldclut`."""
    return graph.add_buffer(width=SIDE, height=SIDE, format=av.VideoFormat(FORMAT), time_base=CLOCK)


def brought_down(signal: Values, transfer: int) -> Values:
    """Signals (red, green, blue; 0 to 1) of BT.2020 as signals of BT.709."""
    light = numpy.clip(_light(signal, transfer) / BRIGHT, 0.0, 1.0)
    coded = light ** (1 / GAMMA)
    luma = coded @ LUMA
    mapped = _mapped(luma)
    scale = numpy.divide(mapped, 1.1 * luma, out=numpy.zeros_like(luma), where=luma > 0)
    blue = scale * (coded[..., 2] - luma) / 1.8814
    red = scale * (coded[..., 0] - luma) / 1.4746
    bright = mapped - numpy.maximum(0.1 * red, 0.0)
    red_out, blue_out = bright + 1.4746 * red, bright + 1.8814 * blue
    green_out = (bright - LUMA[0] * red_out - LUMA[2] * blue_out) / LUMA[1]
    shown = numpy.clip(numpy.stack([red_out, green_out, blue_out], axis=-1), 0.0, 1.0)
    found: Values = numpy.clip(shown**GAMMA @ TO_709.T, 0.0, 1.0) ** (1 / GAMMA)
    return found


def _mapped(luma: Values) -> Values:
    """Steps 1 to 3 of BT.2446-1 method A: to a perceptual scale, bent, and back."""
    high = 1 + 32 * (BRIGHT / 10_000) ** (1 / GAMMA)
    low = 1 + 32 * (SCREEN / 10_000) ** (1 / GAMMA)
    seen = numpy.log(1 + (high - 1) * luma) / numpy.log(high)
    bent = numpy.select(
        [seen <= 0.7399, seen < 0.9909],
        [1.0770 * seen, -1.1510 * seen**2 + 2.7811 * seen - 0.6302],
        0.5 * seen + 0.5,
    )
    mapped: Values = (low**bent - 1) / (low - 1)
    return mapped


def _light(signal: Values, transfer: int) -> Values:
    """cd/m2 of a screen that shows the signal as it was meant."""
    if transfer == PQ:
        root = signal ** (1 / 78.84375)
        base = numpy.maximum(root - 0.8359375, 0.0) / (18.8515625 - 18.6875 * root)
        light: Values = 10_000 * base ** (1 / 0.1593017578125)
        return light
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = numpy.where(signal <= 0.5, signal**2 / 3, (numpy.exp((signal - c) / a) + b) / 12)
    luminance = (scene @ LUMA)[..., None]
    shown: Values = BRIGHT * scene * luminance**0.2
    return shown
