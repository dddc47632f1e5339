"""What is left out of a film harms no picture that is looked at: films of several encoders' settings,
decoded with and without."""

import io

import av
import numpy
import pytest
from numpy.typing import NDArray

from paike.media.adapters.sandbox import decoding
from paike.media.adapters.sandbox.packets import Packets, Skip
from paike.media.adapters.sandbox.probes.timing import Clocks

Settings = dict[str, str]
PLAIN: list[Settings] = [
    {"preset": "veryfast", "bf": "3"},
    {"preset": "ultrafast", "bf": "2"},
    {"preset": "medium", "bf": "0"},
    {"preset": "slow", "bf": "3", "b-pyramid": "strict"},
    {"preset": "medium", "refs": "1", "bf": "3"},
    {"preset": "medium", "bf": "3", "b-pyramid": "none"},
]
CROSSED: list[Settings] = [
    {"preset": "medium", "bf": "3"},
    {"preset": "slower", "bf": "3"},
    {"preset": "fast", "bf": "3", "x264-params": "open-gop=1"},
]


def film(settings: Settings) -> io.BytesIO:
    """Coloured noise that drifts, and changes: two seconds and a half."""
    chance = numpy.random.default_rng(3)
    ground = chance.integers(0, 255, (16, 24, 3)).repeat(12, 0).repeat(12, 1).astype(numpy.uint8)
    target = io.BytesIO()
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=25, options=settings | {"threads": "1"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 160, 128, "yuv420p"
        for number in range(64):
            part = ground[number // 2 : number // 2 + 128, number : number + 160]
            spoilt = numpy.clip(part + chance.normal(0, 4, part.shape), 0, 255)
            picture = numpy.ascontiguousarray(spoilt.astype(numpy.uint8))
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return target


def skip(source: io.BytesIO) -> Skip:
    packets = Packets(Clocks())
    with decoding.open_film(source) as opened:
        packets.note_all(opened)
    assert len(packets.found) == 64
    return packets.skip


def pictures(source: io.BytesIO, left_out: Skip | None) -> dict[int, NDArray[numpy.uint8]]:
    with decoding.open_film(source) as opened:
        stream = opened.streams.video[0]
        if left_out is not None:
            stream.codec_context.skip_frame = left_out
        frames = list(opened.decode(stream))
        return {
            one.pts: one.to_ndarray().astype(numpy.uint8) for one in frames if one.pts is not None
        }


@pytest.mark.parametrize("settings", [*PLAIN, *CROSSED], ids=str)
def test_what_is_left_out_harms_no_other_picture(settings: Settings) -> None:
    source = film(settings)
    whole, few = pictures(source, None), pictures(source, skip(source))
    assert all(numpy.array_equal(whole[at], picture) for at, picture in few.items())


@pytest.mark.parametrize("settings", PLAIN[:2], ids=str)
def test_pictures_between_are_left_out_where_no_other_refers_to_them(settings: Settings) -> None:
    source = film(settings)
    assert skip(source) == "BIDIR"
    assert len(pictures(source, "BIDIR")) < 32


@pytest.mark.parametrize("settings", CROSSED, ids=str)
def test_pictures_between_stay_where_others_refer_to_them(settings: Settings) -> None:
    source = film(settings)
    assert skip(source) == "NONREF"
    whole, few = pictures(source, None), pictures(source, "BIDIR")  # and it would do harm
    assert not all(numpy.array_equal(whole[at], picture) for at, picture in few.items())


def test_pictures_too_far_apart_are_too_few() -> None:
    settings = {"preset": "veryfast", "bf": "8", "b_strategy": "0"}
    assert skip(film(settings)) == "NONREF"
