"""A draft of captions from readings, by example and by property."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.media.rules import captions, transcripts
from paike.media.rules.captions import Cue, Row

pytestmark = pytest.mark.rules


def _read(*lines: tuple[int, int, str], speech: tuple[tuple[int, int], ...] = ()) -> dict[str, Any]:
    return {
        "subtitles": [{"start": s, "end": e, "text": t, "sure": 90} for s, e, t in lines],
        "speech": [{"start": s, "end": e} for s, e in speech],
    }


def test_a_row_per_subtitle_in_their_order() -> None:
    rows = transcripts.draft(_read((7000, 9000, "师傅"), (4000, 6500, "今天")))
    assert rows == (Row("0:04.0", "0:06.5", "今天"), Row("0:07.0", "0:09.0", "师傅"))


def test_words_that_were_lost_for_a_moment_are_one_row() -> None:
    rows = transcripts.draft(_read((4000, 5000, "今天"), (5200, 6000, "今天")))
    assert rows == (Row("0:04.0", "0:06.0", "今天"),)


def test_speech_without_words_is_an_empty_row_to_fill() -> None:
    rows = transcripts.draft(_read((4000, 6000, "今天"), speech=((4000, 6000), (8000, 10_000))))
    assert rows == (Row("0:04.0", "0:06.0", "今天"), Row("0:08.0", "0:10.0", ""))


def test_nothing_read_is_an_empty_draft() -> None:
    assert transcripts.draft({}) == ()


LINES = st.tuples(st.integers(0, 80_000), st.integers(1, 9000), st.sampled_from("一二三四"))


@given(st.lists(LINES, min_size=1, max_size=30))
def test_a_draft_can_always_be_published(lines: list[tuple[int, int, str]]) -> None:
    rows = transcripts.draft(_read(*((start, start + long, words) for start, long, words in lines)))
    apart = [row for row in rows if row.start != row.end]  # closer than a tenth of a second
    cues = captions.from_rows(apart)
    assert all(early.start <= late.start for early, late in pairwise(cues))
    assert captions.read(captions.write(cues).encode()) == cues


def test_captions_become_rows_and_captions_again() -> None:
    cues = (Cue(1000, 2500, ("你好", "世界")), Cue(61_000, 63_000, ("再见",)))
    assert captions.from_rows(transcripts.rows_of(cues)) == cues


def test_a_faulty_row_is_named_by_its_place() -> None:
    rows = [Row("0:01.0", "0:02.0", "好"), Row("x", "0:03", "坏"), Row("0:09", "0:04", "反")]
    with pytest.raises(captions.Unreadable) as caught:
        captions.from_rows(rows, film_ms=60_000)
    assert "第 2 行" in caught.value.text.zh
    assert "第 3 行" in caught.value.text.zh


def test_the_words_alone_can_be_searched() -> None:
    text = captions.write((Cue(0, 900, ("a < b", "灯")),))
    assert captions.plain(text) == "a < b\n灯"
