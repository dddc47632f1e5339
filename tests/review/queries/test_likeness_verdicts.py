"""What the report of a version says of earlier works."""

from datetime import timedelta

import pytest

from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.actions import signatures
from paike.media.adapters import comparing
from paike.media.rules.report import Verdict
from paike.review.actions import likeness_cases
from paike.review.models import LikenessCase, LikenessOutcome
from paike.review.queries import likeness_verdicts
from tests.factories import entries, review
from tests.media.rules.resemblance.test_resemblance import _film, _noisy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_index() -> None:
    comparing.forget()


def _signed(entry: Entry, seed: int) -> None:
    assert entry.film is not None
    film = _noisy(_film(seed, 60), 2)
    signatures.store(film_id=entry.film.pk, signature=film, now=clock.now())
    found = comparing.compare(entry.film.pk)
    assert found is not None
    signatures.record(film_id=entry.film.pk, found=found, now=clock.now())


def _said(entry: Entry) -> Verdict | None:
    return likeness_verdicts.of(entry.versions.latest("number"))


def _code(entry: Entry) -> str:
    said = _said(entry)
    return said.code if said else ""


def test_the_later_work_is_warned_and_neither_is_named() -> None:
    first = entries.cleared()
    copy = entries.cleared(campaign=first.campaign, now=entries.NOW + timedelta(hours=1))
    assert _code(copy) == ""  # not compared yet
    _signed(copy, 1)
    assert _code(copy) == "likeness.ok"  # the first film was not signed yet
    _signed(first, 1)
    assert _code(first) == "likeness.ok"
    said = _said(copy)
    assert said is not None
    assert said.code == "likeness.whole"
    assert float(said.value) > 55
    told = str(said.to_json())
    assert first.versions.get().composed_title not in told
    assert str(first.pk) not in told


def test_what_was_let_stay_and_what_left_warns_no_more() -> None:
    first = entries.cleared()
    copy = entries.cleared(campaign=first.campaign, now=entries.NOW + timedelta(hours=1))
    third = entries.cleared(campaign=first.campaign, now=entries.NOW + timedelta(hours=2))
    _signed(first, 1)
    _signed(copy, 1)
    organiser = review.organiser()
    case = LikenessCase.objects.get()
    likeness_cases.decide(case_id=case.pk, outcome=LikenessOutcome.ALLOWED, out=None,
                          reason="公共素材", by=organiser, now=clock.now())  # fmt: skip
    assert _code(copy) == "likeness.judged"
    _signed(third, 1)
    assert _code(third) == "likeness.whole"
    assert _code(copy) == "likeness.judged"


def test_a_work_is_no_copy_of_its_own_versions() -> None:
    entry = entries.cleared()
    _signed(entry, 1)
    entries.version(entries.fresh(entry))
    assert _code(entry) == "likeness.ok"


def test_a_call_may_not_want_it() -> None:
    entry = entries.cleared()
    _signed(entry, 1)
    inspection = entry.versions.get().inspection
    inspection.limits["checks"]["likeness"]["on"] = False
    inspection.save()
    assert _code(entry) == ""
