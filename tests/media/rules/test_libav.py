"""Old builds of FFmpeg are refused by their version."""

import pytest

from paike.media.rules import libav

pytestmark = pytest.mark.rules


@pytest.mark.parametrize("text", ["8.1.2", "8.1.3", "n8.1.2", "9.0", "8.1.2-1ubuntu3", "10.0.1"])
def test_a_build_without_known_faults_is_taken(text: str) -> None:
    assert libav.faults(text) == []


@pytest.mark.parametrize("text", ["8.1", "8.1.1", "8.0.1", "7.1.4-0+deb13u1", "5.1.9", "n4.4"])
def test_an_older_one_is_refused_and_told_why(text: str) -> None:
    assert any("CVE-2026-8461" in why for why in libav.faults(text))


def test_what_the_mp4_reader_had_is_named_too() -> None:
    assert any("the MP4 reader" in why for why in libav.faults("8.0.3"))
    assert not any("the MP4 reader" in why for why in libav.faults("8.1"))


@pytest.mark.parametrize("text", ["", "git-2026-01-01-abcdef", "N-118000-g3b5a", "8", "8.1.2.3"])
def test_what_is_no_release_is_refused(text: str) -> None:
    assert "no known release" in libav.faults(text)[0]
