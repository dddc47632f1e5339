"""Which words outside the usual place are subtitles."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from paike.media.adapters.sandbox.probes.elsewhere import MOST, PATIENCE, Elsewhere
from paike.media.rules.measured import Line

SIGN = Line(0, 0, "人民路便利店", 0.9, y=0.3)
SAID = ("今天我们来到车间", "老师傅第一个到岗", "机器修了二十年", "徒弟叫他活字典")


def line(at: float, text: str, y: float = 0.1) -> Line:
    return Line(at, at, text, 0.9, y=y)


def seen(*moments: tuple[float, str], sign: bool = False, whole: bool = True) -> Elsewhere:
    found = Elsewhere()
    for at, text in moments:
        lines = [line(at, text)] if whole else [line(at, text, y=0.9)]
        found.spoken(at, [*lines, replace(SIGN, start=at)] if sign else lines, whole=whole)
    return found


def test_a_sign_is_no_subtitle() -> None:
    found = seen(*((at * 4.0, text) for at, text in enumerate(SAID)), sign=True)
    assert [one.text for one in found.subtitles(())] == list(SAID)
    assert SIGN.text in {one.text for one in found.lines}


def test_what_is_said_again_is_still_a_subtitle() -> None:
    """A refrain comes back, but other words stood in between."""
    moments = [(n * 6.0, SAID[n % 4]) for n in range(9)]
    assert len(seen(*moments, whole=False).subtitles(())) == 9
    assert len(seen(*moments).subtitles(())) == 9


def test_words_of_the_opening_above_the_band_are_titles() -> None:
    found = seen((4, SAID[0]), (8, SAID[1]))
    assert [one.text for one in found.subtitles([line(1, SAID[0], y=0.4)])] == [SAID[1]]
    assert len(found.subtitles([line(4, SAID[0], y=0.9)])) == 2  # the first subtitle


def test_nobody_looks_for_ever_where_there_are_no_words() -> None:
    found = Elsewhere()
    for at in range(PATIENCE):
        assert found.worth_it
        found.spoken(at, [], whole=True)
    assert not found.worth_it


@given(st.lists(st.booleans(), max_size=40))
def test_the_dear_looks_are_few(words: list[bool]) -> None:
    found = Elsewhere()
    looked = 0
    for at, there in enumerate(words):
        if found.worth_it:
            looked += 1
            found.spoken(at, [line(at, str(at))] if there else [], whole=True)
    assert looked <= MOST
