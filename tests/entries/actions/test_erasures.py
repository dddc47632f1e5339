"""What is left in this room and below it when an entrant has closed the account."""

import pytest

from paike.accounts.actions import persons
from paike.entries.actions import entries as drafts
from paike.entries.actions import erasures, withdrawals
from paike.entries.models import Entry
from paike.media.models import Inspection, Rendition
from paike.objects import ports as objects
from paike.uploads.actions import cleaning
from paike.uploads.models import Upload
from paike.uploads.queries import parts
from tests.factories import accounts, entries, jobs, media, uploads
from tests.factories.entries import NOW

pytestmark = pytest.mark.django_db


def test_closing_the_account_empties_the_personal_fields_of_its_entries_only() -> None:
    person = accounts.account()
    mine = entries.submitted(owner=person)
    other = entries.draft(campaign=mine.campaign)
    persons.close(account=person, now=NOW)
    left = Entry.objects.get(pk=mine.pk)
    assert {getattr(left, name) for name in erasures.SEALED} == {None}
    assert (left.title, left.credit, left.film_id) == (mine.title, mine.credit, mine.film_id)
    kept = Entry.objects.get(pk=other.pk)
    assert kept.real_name is not None
    assert kept.real_name.open() == "王小明"
    assert kept.credit == "王小明"


def test_of_a_draft_nothing_stays_also_in_its_history() -> None:
    person = accounts.account()
    draft = entries.draft(owner=person, workplace="第一钢铁厂")
    drafts.save_draft(entry=draft, by=person, changes={"credit": "王小明与家人"}, now=NOW)
    withdrawals.withdraw(entry=draft, by=person, reason="我是王小明", now=NOW)
    assert erasures.HISTORY._default_manager.filter(pgh_obj_id=draft.pk).exists()
    persons.close(account=person, now=NOW)
    left = Entry.objects.get(pk=draft.pk)
    assert {getattr(left, name) for name in erasures.WORDS} == {""}
    assert left.withdrawal.reason == ""
    assert not erasures.HISTORY._default_manager.filter(pgh_obj_id=draft.pk).exists()


def test_films_that_were_never_submitted_are_removed_with_their_copies() -> None:
    person = accounts.account()
    film = media.sealed_object(content=b"a face", owner=person)
    copy = media.rendition(film=film, content=b"the same face")
    media.inspection(film=film)
    draft = entries.draft(owner=person, film=film)
    submitted = entries.submitted(owner=person, film=media.sealed_object(owner=person))
    persons.close(account=person, now=NOW)
    jobs.run("media.remove")
    jobs.run("media.remove")  # killed and run again: nothing to do is no fault
    for key in (film.key, copy.key):
        with pytest.raises(objects.NoSuchObject):
            objects.store().stat(key)
    assert Entry.objects.get(pk=draft.pk).film is None
    assert not Rendition.objects.filter(film=film).exists()
    assert not Inspection.objects.filter(film=film).exists()
    assert submitted.film is not None
    assert objects.store().stat(submitted.film.key) > 0


def test_an_upload_under_way_is_removed() -> None:
    person = accounts.account()
    upload = uploads.upload(owner=person, content=b"half a film")
    Upload.objects.filter(pk=upload.pk).update(fingerprint="11-abc")
    persons.close(account=person, now=NOW)
    cleaning.remove_abandoned(now=NOW)
    assert parts.received(upload.pk) == 0
    left = Upload.objects.get(pk=upload.pk)
    assert (left.fingerprint, left.ended_why) == ("", "expired")
