"""What is told of another film that shows or sounds the same."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.likeness import judging
from paike.media.rules.measured import Measured, Resembling, Stretch
from paike.media.rules.report import Confidence, Outcome, Span

pytestmark = pytest.mark.rules


def _like(kind: str, seconds: float = 20.0, **more: float | bool) -> Resembling:
    given = {"share": seconds / 80, "matching": 0.95, **more}
    return Resembling(kind, (Stretch(5.0, 5.0 + seconds),), **given)  # type: ignore[arg-type] # of one dict


def test_before_the_comparison_nothing_is_said_and_after_it_all_is_well() -> None:
    assert judging.judge(Measured(80.0), FilmChecks()) is None
    said = judging.judge(Measured(80.0, resembling=()), FilmChecks())
    assert said is not None
    assert (said.code, said.outcome) == ("likeness.ok", Outcome.PASS)


@pytest.mark.parametrize("kind", ["whole", "inside", "excerpt", "sound"])
def test_it_warns_with_seconds_share_and_places(kind: str) -> None:
    said = judging.compare((_like(kind),))
    assert said is not None
    assert (said.code, said.outcome) == (f"likeness.{kind}", Outcome.WARN)
    assert (said.value, said.unit) == ("20", "s")
    assert "25%" in said.measured.zh
    assert said.spans == (Span(5000, 25000),)
    sure = Confidence.UNSURE if kind == "sound" else Confidence.LIKELY
    assert said.confidence is sure


def test_few_matching_pictures_are_unsure() -> None:
    said = judging.compare((_like("whole", matching=0.6),))
    assert said is not None
    assert said.confidence is Confidence.UNSURE


def test_the_worst_is_told_and_what_was_let_stay_warns_no_more() -> None:
    stock = _like("excerpt", 40.0, judged=True)
    said = judging.compare((stock, _like("sound", 60.0), _like("excerpt", 18.0)))
    assert said is not None
    assert (said.code, said.value) == ("likeness.excerpt", "18")
    said = judging.compare((stock,))
    assert said is not None
    assert (said.code, said.outcome) == ("likeness.judged", Outcome.PASS)
