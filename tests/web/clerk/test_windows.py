"""A clerk whose unit has works in several votes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paike.kernel import clock
from paike.orgs.models import Organisation
from paike.voting.queries import mobilisation_windows
from tests.factories import accounts, orgs, stuffed

pytestmark = pytest.mark.django_db
OVER, RUNS, LATER = "over-call", "running-call", "later-call"


@pytest.fixture
def unit() -> Organisation:
    return orgs.unit(parent=orgs.body("GD"))


def votes(unit: Organisation, *slugs: str) -> None:
    """Calls made in this order: the last one was opened last."""
    now = clock.now()
    away = {OVER: timedelta(days=-40), RUNS: timedelta(0), LATER: timedelta(days=40)}
    for slug in slugs:
        name = {'zh = "我身边的党员故事"': f'zh = "{slug}"'}
        when = now + away.get(slug, timedelta(0))
        stuffed.vote(works=2, unit=unit, now=when, slug=slug, replace=name)


def show(unit: Organisation, **asked: str) -> str:
    browser = accounts.client(orgs.clerk(unit), strong=True)
    return _page(browser, unit, **asked)


def _page(browser: Client, unit: Organisation, **asked: str) -> str:
    return browser.get(reverse("unit-windows", args=[unit.pk]), asked).content.decode()


def _here(page: str) -> str:
    """The call that the page is about, by its mark in the switch."""
    return page.split('aria-current="page" href="')[-1].split('"')[0].partition("?call=")[2]


def test_the_vote_that_runs_comes_before_one_that_was_opened_later_and_is_over(
    unit: Organisation,
) -> None:
    votes(unit, LATER, RUNS, OVER)
    found = mobilisation_windows.calls_of_unit(unit, now=clock.now())
    assert [call.slug for call in found] == [RUNS, LATER, OVER]
    assert _here(show(unit)) == RUNS


def test_from_one_vote_one_goes_to_the_other(unit: Organisation) -> None:
    votes(unit, RUNS, "second-call", OVER)
    page = show(unit, call="second-call")
    for slug in (RUNS, "second-call", OVER):
        assert f"?call={slug}" in page
    assert _here(page) == "second-call"
    assert page.count("投票进行中") == 2


def test_one_vote_alone_has_no_switch(unit: Organisation) -> None:
    votes(unit, RUNS)
    assert "?call=" not in show(unit)


def test_nothing_is_asked_for_when_the_vote_is_over(unit: Organisation) -> None:
    votes(unit, OVER)
    page = show(unit)
    assert "现在不能再声明" in page
    assert 'name="reason"' not in page


def test_the_form_speaks_english(unit: Organisation) -> None:
    votes(unit, RUNS)
    browser = accounts.client(orgs.clerk(unit), strong=True)
    browser.cookies["paike_language"] = "en"
    page = _page(browser, unit)
    for zh, en in (
        ("开始", "Start"),
        ("缘由", "Reason (public)"),
        ("最长 12 小时", "Twelve hours"),
    ):
        assert en in page
        assert zh not in page


def test_as_many_statements_for_five_votes_as_for_two(unit: Organisation) -> None:
    browser = accounts.client(orgs.clerk(unit), strong=True)
    numbers = []
    for slugs in ((RUNS, OVER), (LATER, "second-call", "third-call")):
        votes(unit, *slugs)
        _page(browser, unit)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            _page(browser, unit)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
