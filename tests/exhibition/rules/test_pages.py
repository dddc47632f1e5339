import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.exhibition.rules import pages, terms
from paike.exhibition.rules.pages import Section, Work
from paike.kernel.text import Text

pytestmark = pytest.mark.rules


def work(number: int) -> Work:
    return Work(id=f"{number:032x}", title="《灯》", synopsis="", credit="", theme=Text("", ""))


@given(st.integers(0, 60))
def test_list_pages_hold_every_work_once_in_order(count: int) -> None:
    section = Section("third", Text("三等奖", "Third"), [work(n) for n in range(count)])
    parts = pages.list_pages(section)
    assert [one for part in parts for one in part.works] == list(section.works)
    assert all(len(part.works) <= pages.PER_PAGE for part in parts)
    assert [part.number for part in parts] == list(range(1, parts[0].of + 1))


@pytest.mark.parametrize(
    ("path", "seen_from", "link"),
    [
        ("assets/style.css", "index.html", "assets/style.css"),
        ("assets/style.css", "en/works/a.html", "../../assets/style.css"),
        ("en/index.html", "index.html", "en/index.html"),
        ("works/a.html", "works/b.html", "a.html"),
    ],
)
def test_links_are_relative(path: str, seen_from: str, link: str) -> None:
    assert pages.relative(path, seen_from=seen_from) == link


def test_the_twin_of_a_twin_is_the_page() -> None:
    assert pages.twin("works/a.html") == "en/works/a.html"
    assert pages.twin(pages.twin("works/a.html")) == "works/a.html"


@given(st.integers(0, 10**6), st.booleans())
def test_nginx_tells_before_from_after(distance: int, after: bool) -> None:
    expires = datetime(2022, 1, 1, tzinfo=UTC)
    moment = expires + timedelta(seconds=distance if after else -distance - 1)
    matched = re.fullmatch(terms.seconds_from(expires), str(int(moment.timestamp())))
    assert bool(matched) is after


def test_last_day() -> None:
    last = terms.last_day(datetime(2022, 1, 1, tzinfo=UTC))
    assert last == Text("2021年12月31日", "31 December 2021")
