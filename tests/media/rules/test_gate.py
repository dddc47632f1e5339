"""The gate's verdicts on the shared set of films; the browser is held to the same file."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paike.campaigns.rules.rulebook import FilmRules
from paike.media.rules import gate, texts
from paike.media.rules.boxes import FileReader
from paike.media.rules.report import Outcome, Report
from tests.fixtures.films import make

pytestmark = pytest.mark.rules

FILMS = Path(make.__file__).parent
SHARED = json.loads((FILMS / "expected.json").read_text(encoding="utf-8"))
NOTICE = FilmRules.model_validate(SHARED["limits"]["notice"])
GOOD = (FILMS / "good.mp4").read_bytes()


def _judge(content: bytes) -> Report:
    return gate.judge(FileReader(io.BytesIO(content)), NOTICE)


@pytest.mark.parametrize(
    "case", SHARED["cases"], ids=lambda case: f"{case['film']}+{case['pad']}-{case['call']}"
)
def test_the_shared_set(case: dict[str, Any]) -> None:
    reader = make.Padded((FILMS / case["film"]).read_bytes(), case["pad"])
    said = make.judged(reader, case["call"])
    assert said == {key: case[key] for key in said}


def test_the_set_holds_every_film() -> None:
    made = {path.name for path in FILMS.iterdir() if path.suffix not in (".py", ".json")}
    assert made - {"__pycache__"} == set(make.films()) == {case["film"] for case in SHARED["cases"]}


def test_a_film_too_long_is_told_by_how_much() -> None:
    (line,) = (
        v for v in _judge((FILMS / "long-92.4.mp4").read_bytes()).verdicts if v.rule == "duration"
    )
    assert line.advice.zh == "时长 92.4 秒，超出 2.4 秒。请剪短后重新上传，已填写的内容都在。"
    assert (line.value, line.unit, line.limit.zh) == ("92.4", "s", "不超过 90 秒")


def test_every_case_has_both_languages_and_every_refusal_says_what_to_do() -> None:
    for code, case in texts.book()["cases"].items():
        assert code.split(".")[0] in texts.book()["names"]
        for part in ("measured", "limit"):
            assert case[part]["zh"]
            assert case[part]["en"]
        if case["outcome"] != "pass":
            assert len(case["advice"]["zh"]) > 10
            assert len(case["advice"]["en"]) > 10


def test_words_of_a_file_are_never_read_as_places() -> None:
    line = texts.verdict("codec.wrong", found="{limit}{0}", limit="H.264")
    assert "{0}" in line.measured.zh


def test_a_report_survives_its_json() -> None:
    report = _judge(GOOD)
    assert Report.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_a_film_cut_anywhere_never_passes() -> None:
    for length in range(0, len(GOOD), max(len(GOOD) // 200, 1)):
        assert _judge(GOOD[:length]).outcome is Outcome.REFUSE


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    at=st.integers(0, len(GOOD) - 1),
    value=st.binary(min_size=1, max_size=8),
)
def test_any_damage_gives_a_report_never_an_exception(at: int, value: bytes) -> None:
    _judge(GOOD[:at] + value + GOOD[at + len(value) :])


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_give_a_report(content: bytes) -> None:
    assert _judge(make.FTYP + content).outcome is Outcome.REFUSE
    assert _judge(content).outcome is Outcome.REFUSE
