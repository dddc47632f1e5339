"""Who may give a work captions, and what becomes of those before."""

import pytest

from paike.accounts.models import Account
from paike.audit.models import Record
from paike.campaigns.models import Campaign
from paike.entries.actions import captions, withdrawals
from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.actions import removals
from paike.media.models import Captions
from paike.media.queries import captions as queries
from paike.media.rules.captions import Unreadable
from tests.factories import accounts, campaigns, orgs
from tests.factories import entries as factory

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<i>炉前的灯</i>\n".encode()
OTHER = (
    "1\n00:00:01,000 --> 00:00:02,000\n徒弟\n\n2\n00:00:03,000 --> 00:00:04,000\n师傅\n".encode()
)


@pytest.fixture
def call() -> Campaign:
    return campaigns.campaign(now=clock.now())


def put(entry: Entry, *, by: Account, source: bytes = VTT) -> Captions:
    return captions.put(entry=entry, by=by, source=source, now=clock.now())


def test_an_entrant_captions_a_draft_and_changes_them(call: Campaign) -> None:
    entry = factory.draft(campaign=call)
    first = put(entry, by=entry.owner)
    assert "炉前的灯" in first.text
    second = put(entry, by=entry.owner, source=OTHER)
    assert second.cues == 2
    assert queries.of_film(second.film_id) == second
    assert queries.by_id(first.pk) is None  # its address shows nothing any more
    captions.remove(entry=entry, by=entry.owner, now=clock.now())
    assert queries.of_film(second.film_id) is None
    acts = Record.objects.filter(entry_id=entry.pk).order_by("at").values_list("act", flat=True)
    assert list(acts) == ["captions.put", "captions.put", "captions.removed"]


def test_a_refused_file_leaves_what_was_there(call: Campaign) -> None:
    entry = factory.draft(campaign=call)
    kept = put(entry, by=entry.owner)
    with pytest.raises(Unreadable):
        put(entry, by=entry.owner, source=b"%PDF-1.7")
    assert queries.of_film(kept.film_id) == kept


def test_captions_longer_than_the_film_are_refused(call: Campaign) -> None:
    entry = factory.refused(campaign=call)  # its report knows the length: 92 s
    late = b"WEBVTT\n\n01:40.000 --> 01:50.000\nx"
    with pytest.raises(Unreadable) as refused:
        put(entry, by=entry.owner, source=late)
    assert "影片只有 92.4 秒" in refused.value.text.zh


def test_submitted_works_are_captioned_by_the_editor_only(call: Campaign) -> None:
    entry = factory.cleared(campaign=call)
    for nobody in (entry.owner, accounts.account(), orgs.clerk(), orgs.organiser()):
        with pytest.raises(captions.NotNow):
            put(entry, by=nobody)
    made = put(entry, by=orgs.editor())
    assert made.film_id == entry.versions.get().film_id
    assert Record.objects.get(act="captions.put").role == "editor"


def test_drafts_are_nobody_elses_and_works_that_left_nobodys(call: Campaign) -> None:
    editor = orgs.editor()
    with pytest.raises(captions.NotNow):
        put(factory.draft(campaign=call), by=editor)
    gone = factory.cleared(campaign=call)
    withdrawals.withdraw(entry=gone, by=gone.owner, reason="", now=clock.now())
    with pytest.raises(captions.NotNow):
        put(gone, by=editor)


def test_without_a_film_there_is_nothing_to_caption(call: Campaign) -> None:
    entry = factory.draft(campaign=call)
    Entry.objects.filter(pk=entry.pk).update(film=None)
    with pytest.raises(captions.NoFilm):
        put(entry, by=entry.owner)


def test_a_film_that_goes_takes_its_captions_along(call: Campaign) -> None:
    entry = factory.draft(campaign=call)
    made = put(entry, by=entry.owner)
    removals.remove(film_id=made.film_id)
    assert not Captions.objects.exists()
