"""Golden values of the full inspection: films with known faults, each told of its own and no other.
All the films and all the figures: `python -m bench.inspection_accuracy`."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.adapters.sandbox import measuring
from paike.media.rules import text_likeness
from paike.media.rules.checks import register
from paike.media.rules.measured import Declared, Measured
from paike.media.rules.report import Outcome, Verdict
from tests.corpus import films, making, truth
from tests.corpus.recipe import Recipe

TITLE = Declared(*films.TITLES["test"])
# Several faults in one film keep the making short; which rules must warn is said by `truth`.
GOOD = films.good("test", "city", "golden")
SOUND = films.good("test", "city", "golden-sound", hum=0.02, channels="inverted", shake=((2, 14),),
                   still=True, watermark="快手号：10086")  # fmt: skip
PICTURE = films.good("test", "city", "golden-picture", black=((12.5, 16),), subtitles=(), title="",
                     letterbox=0.25, variable=True)  # fmt: skip


def measured(recipe: Recipe) -> tuple[Measured, dict[str, Verdict]]:
    with making.film(recipe).open("rb") as film:
        found = measuring.measure(film, FilmChecks(), TITLE, progress=lambda share: None)
    return found, {one.rule: one for one in register.judge(found, FilmChecks())}


@pytest.mark.parametrize("recipe", [GOOD, SOUND, PICTURE], ids=lambda recipe: recipe.name)
def test_every_fault_is_told_and_no_other(recipe: Recipe) -> None:
    found, said = measured(recipe)
    expected = truth.of(recipe)
    warned = {rule for rule, one in said.items() if one.outcome is Outcome.WARN}
    assert warned & set(expected) == {rule for rule, fault in expected.items() if fault}
    if recipe.subtitles:
        assert found.words is not None
        read = [line.text for line in found.words.subtitles]
        for line in recipe.subtitles:
            assert max(text_likeness.of(line.text, text) for text in read) >= 0.8


def test_what_was_read_and_heard_lies_where_it_was() -> None:
    found, _ = measured(GOOD)
    assert found.words is not None
    assert found.speech is not None
    assert len(found.speech) == len(GOOD.spoken)
    for one, (start, _text) in zip(found.speech, GOOD.spoken, strict=True):
        assert abs(one.start - start) < 0.4
    for line, wanted in zip(found.words.subtitles, GOOD.subtitles, strict=True):
        assert abs(line.start - wanted.start) < 0.6
        assert abs(line.end - wanted.end) < 0.6
