"""Films graded for high dynamic range, converted for real: every patch of known light is held against
what ITU-R BT.2446-1, method A, makes of it, worked out here patch by patch."""

import io
import math

import av
import numpy
import pytest
from numpy.typing import NDArray

from paike.kernel import clock
from paike.media import tasks
from paike.media.actions import conversions, inspections
from paike.objects import ports as objects
from tests.factories import accounts, graded, media, phone

pytestmark = pytest.mark.django_db
NEAR = 3.0  # of 255: eight bits, two codecs and a table of 64 steps stand between
WHITE = graded.GREYS.index(203)


def _reference(red: float, green: float, blue: float) -> tuple[float, ...]:
    """One patch in cd/m2 (BT.2020) as a BT.709 signal of 0 to 255."""
    r, g, b = (min(max(one / 1000, 0.0), 1.0) ** (1 / 2.4) for one in (red, green, blue))
    y = 0.2627 * r + 0.6780 * g + 0.0593 * b
    if y == 0:
        return (0.0, 0.0, 0.0)
    rho_hdr, rho_sdr = 1 + 32 * 0.1 ** (1 / 2.4), 1 + 32 * 0.01 ** (1 / 2.4)
    p = math.log(1 + (rho_hdr - 1) * y) / math.log(rho_hdr)
    if p <= 0.7399:
        c = 1.0770 * p
    elif p < 0.9909:
        c = -1.1510 * p * p + 2.7811 * p - 0.6302
    else:
        c = 0.5 * p + 0.5
    y_sdr = (rho_sdr**c - 1) / (rho_sdr - 1)
    f = y_sdr / (1.1 * y)
    cb, cr = f * (b - y) / 1.8814, f * (r - y) / 1.4746
    y_tmo = y_sdr - max(0.1 * cr, 0.0)
    out = (y_tmo + 1.4746 * cr, y_tmo - 0.16455 * cb - 0.57135 * cr, y_tmo + 1.8814 * cb)
    r, g, b = (min(max(one, 0.0), 1.0) ** 2.4 for one in out)
    light = (
        1.6605 * r - 0.5876 * g - 0.0728 * b,
        -0.1246 * r + 1.1329 * g - 0.0083 * b,
        -0.0182 * r - 0.1006 * g + 1.1187 * b,
    )
    return tuple(255 * min(max(one, 0.0), 1.0) ** (1 / 2.4) for one in light)


def _converted(content: bytes) -> bytes:
    film = media.sealed_object(content=content)
    inspection = inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    conversion = conversions.request(inspection=inspection, by=accounts.account(), now=clock.now())
    tasks.convert(conversion_id=str(conversion.pk))
    conversion.refresh_from_db()
    assert (conversion.fault, conversion.facts["hdr"]) == ("", True)
    return objects.store().open_read(conversion.key).read()


def _patches(content: bytes) -> NDArray[numpy.float64]:
    """What a player shows in the middle of each patch, by the colours that the file states; the
    matrix is worked out here, not by a converter."""
    with av.open(io.BytesIO(content), "r") as film:
        frame = list(film.decode(video=0))[5]
    assert (frame.width, frame.height, frame.format.name) == (720, 576, "yuv420p")
    assert (frame.colorspace, frame.color_primaries, frame.color_trc) == (5, 1, 1)
    planes = frame.to_ndarray()
    luma = planes[:576].astype(float)
    blue, red = (
        part.reshape(288, 360).astype(float) for part in numpy.split(planes[576:], 2, axis=0)
    )
    found = []
    for row in range(graded.DOWN):
        for column in range(graded.ACROSS):
            y, x = round(576 * (row + 0.5) / 4), round(720 * (column + 0.5) / 6)
            level = (luma[y - 20 : y + 20, x - 20 : x + 20].mean() - 16) / 219
            b, r = (
                (part[y // 2 - 10 : y // 2 + 10, x // 2 - 10 : x // 2 + 10].mean() - 128) / 224
                for part in (blue, red)
            )
            found.append(
                (level + 1.402 * r, level - 0.344136 * b - 0.714136 * r, level + 1.772 * b)
            )
    return numpy.clip(numpy.array(found), 0.0, 1.0) * 255


@pytest.mark.parametrize("transfer", [phone.PQ, phone.HLG], ids=["PQ", "HLG"])
def test_every_patch_comes_out_as_the_standard_says(transfer: int) -> None:
    made = _patches(_converted(graded.film(transfer)))
    wanted = numpy.array([_reference(*patch) for patch in graded.patches()])
    apart = numpy.abs(made - wanted).max(axis=1)
    assert apart.max() <= NEAR, [
        (number, patch.round(1), wish.round(1))
        for number, (patch, wish) in enumerate(zip(made, wanted, strict=True))
        if apart[number] > NEAR
    ]
    greys = made[: len(graded.GREYS)].mean(axis=1)
    assert (numpy.diff(greys) > 0).all()  # no two lights become one
    assert 160 < greys[WHITE] < 195  # white paper is neither grey nor burnt out


def test_both_ways_of_coding_the_same_light_look_the_same() -> None:
    pq, hlg = (_patches(_converted(graded.film(one))) for one in (phone.PQ, phone.HLG))
    assert numpy.abs(pq - hlg).max() <= NEAR
