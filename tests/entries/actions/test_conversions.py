"""Who may have a film converted, and what becomes of it."""

import pytest

from paike.accounts.models import Account
from paike.audit.models import Record
from paike.campaigns.models import Campaign
from paike.entries.actions import conversions
from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.actions import conversions as media_conversions
from paike.media.models import Conversion, Inspection
from paike.notify.models import Message
from tests.factories import accounts, campaigns, jobs, media
from tests.factories import entries as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Campaign:
    return campaigns.campaign(now=clock.now())


def _converted(call: Campaign) -> tuple[Entry, Conversion]:
    """A draft whose film was converted and waits for its author."""
    entry = factory.draft(campaign=call)
    film = media.sealed_object(owner=entry.owner, subject_id=entry.pk)
    Entry.objects.filter(pk=entry.pk).update(film=film)
    return factory.fresh(entry), media.conversion(film=film, by=entry.owner)


def _approve(entry: Entry, conversion: Conversion, by: Account) -> Entry:
    return conversions.approve(entry=entry, conversion=conversion, by=by, now=clock.now())


def test_taken_it_is_the_forms_film_and_goes_to_the_gate(call: Campaign) -> None:
    entry, conversion = _converted(call)
    original = entry.film_id
    taken = _approve(entry, conversion, entry.owner)
    conversion.refresh_from_db()
    assert taken.film_id == conversion.copy_id != original
    assert Inspection.objects.filter(film=conversion.copy).count() == 1
    assert jobs.waiting("media.inspect")
    acts = set(Record.objects.values_list("act", flat=True))
    assert {"conversion.approved", "film.attached"} <= acts
    again = _approve(factory.fresh(entry), conversion, entry.owner)  # a second click
    assert again.film_id == taken.film_id
    assert Inspection.objects.filter(film=conversion.copy).count() == 1


def test_nobody_else_decides(call: Campaign) -> None:
    entry, conversion = _converted(call)
    with pytest.raises(conversions.NotNow):
        _approve(entry, conversion, accounts.account())


def test_not_once_the_form_has_another_film(call: Campaign) -> None:
    entry, conversion = _converted(call)
    other = media.sealed_object(owner=entry.owner, subject_id=entry.pk)
    Entry.objects.filter(pk=entry.pk).update(film=other)
    with pytest.raises(conversions.NotNow):
        _approve(factory.fresh(entry), conversion, entry.owner)


def test_not_once_the_work_was_submitted(call: Campaign) -> None:
    entry = factory.submitted(campaign=call)
    assert entry.film is not None
    conversion = media.conversion(film=entry.film, by=entry.owner)
    with pytest.raises(conversions.NotNow):
        _approve(entry, conversion, entry.owner)


def test_refused_the_form_keeps_its_film(call: Campaign) -> None:
    entry, conversion = _converted(call)
    before = entry.film_id
    conversions.refuse(entry=entry, conversion=conversion, by=entry.owner, now=clock.now())
    assert factory.fresh(entry).film_id == before
    conversion.refresh_from_db()
    assert conversion.refused_at is not None


def test_the_author_is_told_when_it_is_made_or_can_not_be(call: Campaign) -> None:
    entry, conversion = _converted(call)
    Conversion.objects.filter(pk=conversion.pk).update(finished_at=None, attempts=1)
    media_conversions.stumble(
        conversion_id=conversion.pk, fault="JobFault: damaged", again=False, now=clock.now()
    )
    letter = Message.objects.get(recipient=entry.owner, kind="film.converted")
    assert "没有转换成功" in letter.subject
