"""The track of small pictures: every moment of the film has one, and each is inside the picture."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import captions, storyboards

pytestmark = pytest.mark.rules
CUE = re.compile(r"(\S+) --> (\S+)\na\.jpg#xywh=(\d+),(\d+),(\d+),(\d+)")


def test_the_twelfth_picture_is_the_second_of_the_second_row() -> None:
    track = storyboards.track(address="a.jpg", width=1200, height=360, ms=60_000)
    assert track.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\na.jpg#xywh=0,0,120,90\n")
    assert "00:00:16.500 --> 00:00:18.000\na.jpg#xywh=120,90,120,90\n" in track


@given(st.integers(40, 10_000_000), st.integers(2, 320))
def test_the_cues_follow_each_other_from_start_to_end(ms: int, wide: int) -> None:
    width, height = wide * storyboards.ACROSS, 90 * storyboards.DOWN
    track = storyboards.track(address="a.jpg", width=width, height=height, ms=ms)
    found = CUE.findall(track)
    assert len(found) == storyboards.COUNT
    edges = [start for start, *_ in found] + [found[-1][1]]
    assert edges[1:] == [end for _, end, *_ in found]
    assert (edges[0], edges[-1]) == (captions.timestamp(0), captions.timestamp(ms))
    places = {tuple(map(int, part)) for _, _, *part in found}
    assert len(places) == storyboards.COUNT
    assert all(x + w <= width and y + h <= height for x, y, w, h in places)


@given(st.integers(-5, 100_000), st.integers(0, 90_000))
def test_a_moment_has_the_picture_whose_cue_it_lies_in(at: int, ms: int) -> None:
    number = storyboards.number_at(at, ms=ms)
    assert 0 <= number < storyboards.COUNT
    if 0 <= at < ms:
        assert ms * number // storyboards.COUNT <= at < ms * (number + 1) / storyboards.COUNT + 1
