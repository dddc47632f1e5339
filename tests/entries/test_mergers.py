"""The same work by two units goes on as one."""

import pytest

from paike.entries.actions import disqualifications, mergers
from paike.entries.events import EntryMerged
from paike.entries.models import Merger
from paike.entries.queries import entries as found
from paike.entries.queries import mergers as queries
from paike.entries.rules import titles
from paike.kernel import clock, events
from tests.factories import campaigns, entries, orgs

pytestmark = pytest.mark.django_db
OTHER = {'slug = "party-stories-2021"': 'slug = "party-stories-2022"'}


def test_credits_go_with_the_work_by_way_of_a_third() -> None:
    first = entries.cleared()
    second, third = (entries.cleared(campaign=first.campaign) for _ in range(2))
    organiser = orgs.organiser()
    heard: list[EntryMerged] = []
    events.listen(EntryMerged, heard.append)
    try:
        for entry, into in ((third, second), (second, first)):
            mergers.merge(entry=entry, into=into, by=organiser, reason="同一部", now=clock.now())
    finally:
        events._listeners[EntryMerged].remove(heard.append)
    assert [(one.entry_id, one.into_id) for one in heard] == [
        (third.pk, second.pk),
        (second.pk, first.pk),
    ]
    named = [one.unit.name for one in (third, second) if one.unit]
    expected = titles.credited("王小明", list(dict.fromkeys(named)))
    assert queries.credited({first.pk: "王小明"}) == {first.pk: expected}
    assert queries.also_from([third.pk]) == {}
    assert list(found.in_the_call(campaign_id=first.campaign_id)) == [first]
    again = mergers.merge(entry=second, into=first, by=organiser, reason="同一部", now=clock.now())
    assert again == Merger.objects.get(entry=second)


def test_what_cannot_be_merged() -> None:
    first, second = entries.cleared(), entries.cleared()
    organiser, now = orgs.organiser(), clock.now()
    with pytest.raises(mergers.NotAllowed):
        mergers.merge(entry=second, into=first, by=first.owner, reason="x", now=now)
    with pytest.raises(mergers.ReasonMissing):
        mergers.merge(entry=second, into=first, by=organiser, reason=" ", now=now)
    with pytest.raises(mergers.NotInTheCall):
        mergers.merge(entry=first, into=first, by=organiser, reason="x", now=now)
    elsewhere = entries.cleared(campaign=campaigns.campaign(now=now, replace=OTHER))
    with pytest.raises(mergers.NotInTheCall):
        mergers.merge(entry=elsewhere, into=first, by=organiser, reason="x", now=now)
    disqualifications.disqualify(entry=second, by=organiser, reason="x", now=now)
    with pytest.raises(mergers.NotInTheCall):
        mergers.merge(entry=first, into=second, by=organiser, reason="x", now=now)
    assert not Merger.objects.exists()
