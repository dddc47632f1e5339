"""Every check has all its parts: folder, words in both languages, switch, page, test."""

from pathlib import Path

import pytest

from paike.campaigns.rules.rulebook import FilmChecks
from paike.media.rules.checks import check, register
from paike.media.rules.report import Outcome

pytestmark = pytest.mark.rules
NAMES = [one.name for one in register.CHECKS]
ROOT = Path(__file__).parents[4]
HEADINGS = ("**Finds**", "**Measured.**", "**Warns**", "**Source.**", "**Does not see**")


def test_folders_and_register_say_the_same() -> None:
    folders = {path.parent.name for path in check.HERE.glob("*/judging.py")}
    assert folders == set(NAMES)
    assert len(NAMES) == len(set(NAMES))


def test_every_check_has_a_switch_and_every_switch_a_check() -> None:
    assert list(FilmChecks.model_fields) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_its_words_are_complete_and_never_refuse(name: str) -> None:
    book = check.words(name)
    assert set(book) == {"name", "cases"}
    assert all(book["name"][language] for language in ("zh", "en"))
    for case in book["cases"].values():
        assert case["outcome"] in (Outcome.PASS, Outcome.WARN)
        for part in ("measured", "limit", *(["advice"] if case["outcome"] == "warn" else [])):
            assert case[part]["zh"], part
            assert case[part]["en"], part


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_page_and_a_test(name: str) -> None:
    page = (ROOT / "docs" / "checks" / f"{name}.md").read_text(encoding="utf-8")
    assert [part for part in HEADINGS if part not in page] == []
    assert f"film.checks.{name}" in page
    assert Path(__file__).with_name(f"test_{name}.py").is_file()
    assert f"({name}.md)" in (ROOT / "docs" / "checks" / "README.md").read_text(encoding="utf-8")


def test_a_switched_off_check_says_nothing() -> None:
    limits = FilmChecks.model_validate({name: {"on": False} for name in NAMES})
    from tests.media.rules.checks import looks

    assert list(register.judge(looks.film(10), limits)) == []
