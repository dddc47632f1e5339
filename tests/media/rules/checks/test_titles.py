"""The opening against the form."""

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks.titles import judging
from paike.media.rules.checks.titles.judging import judge
from paike.media.rules.measured import Declared, Line, Measured, Words
from paike.media.rules.report import Report

pytestmark = pytest.mark.rules

FORM = Declared(title="车间里的灯", authors=("王建国", "李秀英"), unit="沈阳第三纺织厂工会")


def film(*texts: str, declared: Declared = FORM) -> Measured:
    lines = tuple(Line(1, 2, text, 0.9, height=0.1) for text in texts)
    return Measured(seconds=9, words=Words(opening=lines), declared=declared)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("车间里的灯", "王建国"), "ok"),
        (("车间里的灯", "玉建国"), "ok"),  # a slip of the reader
        (("車間裡的燈", "沈陽第三紡織廠工會"), "ok"),  # traditional characters
        (("车 间 里 的 灯", "作者：李秀英"), "ok"),
        (("车间里的灯",), "no-author"),
        (("王建国",), "no-title"),
        ((), "none"),
    ],
)
def test_cases(texts: tuple[str, ...], code: str) -> None:
    said = judge(film(*texts), FilmChecks())
    assert said is not None
    assert said.code == f"titles.{code}"


def test_with_nothing_declared_it_tells_what_it_read() -> None:
    said = judge(film("车间里的灯", declared=Declared()), FilmChecks())
    assert said is not None
    assert (said.code, said.value) == ("titles.read", "车间里的灯")


def test_a_stored_report_is_compared_with_the_form_as_it_stands() -> None:
    measured = film("车间里的灯", "王建国", declared=Declared())
    said = judge(measured, FilmChecks())
    assert said is not None
    from paike.media.rules.checks import register

    report = Report((said,), {}, register.readings(measured))
    assert [one.code for one in judging.compared(report, FORM)] == ["titles.ok"]
    other = Declared(title="炉前的灯", authors=("张三",))
    (verdict,) = judging.compared(report, other)
    assert verdict.code == "titles.no-title"
    assert verdict.sights == said.sights
