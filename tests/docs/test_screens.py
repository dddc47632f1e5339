"""docs/screens shows every page of the design's list, and nothing else."""

import pytest

from tests.e2e import screens

pytestmark = pytest.mark.rules


def test_every_page_is_photographed_in_both_sizes_and_languages() -> None:
    there = {path.name for path in screens.FOLDER.glob("*.png")}
    assert there == set(screens.names())


def test_the_page_that_shows_them_names_every_picture() -> None:
    assert (screens.FOLDER / "README.md").read_text(encoding="utf-8") == screens.readme()


def test_pictures_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in screens.FOLDER.glob("*.png")}
    assert {name: size for name, size in sizes.items() if size > screens.LARGEST} == {}
