"""Personal details of works that won nothing go in time; the winners' stay."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from paike.audit.models import Record
from paike.awards.actions import retention
from paike.awards.models import Award
from paike.awards.rules import retention as rules
from paike.campaigns.queries import campaigns
from paike.entries.actions import erasures
from paike.entries.models import PERSONAL, Entry
from tests.awards.actions.test_results import SHORT, Race
from tests.factories import entries, jobs, race

pytestmark = pytest.mark.django_db


def fill(*works: Entry) -> None:
    for work in works:
        work.real_name, work.phone = "王小明", "+8613800138000"
        work.save(update_fields=["real_name", "phone"])


def is_empty(work: Entry) -> bool:
    row = Entry.objects.get(pk=work.pk)
    return {getattr(row, field) for field in PERSONAL} == {None}


def test_the_fields_that_are_searched_are_those_that_are_emptied() -> None:
    assert set(PERSONAL) == set(erasures.SEALED)


def test_losers_are_emptied_after_the_time_and_winners_are_not() -> None:
    held = Race(ladder=SHORT)
    held.close()
    fill(*held.works)
    draft = entries.draft(campaign=held.call)
    published = held.publish().published_at
    due = rules.due(published_at=published, call_ends=published)
    assert retention.erase(campaign_id=held.call.pk, now=due - timedelta(seconds=1)) == 0
    assert not any(is_empty(work) for work in held.works)

    winners = set(Award.objects.values_list("entry_id", flat=True))
    assert 0 < len(winners) < len(held.works)
    lost = [work for work in held.works if work.pk not in winners]
    assert retention.erase(campaign_id=held.call.pk, now=due) == len(lost) + 1
    assert [work.pk for work in held.works if not is_empty(work)] == [
        work.pk for work in held.works if work.pk in winners
    ]
    assert is_empty(draft)
    records = Record.objects.filter(act="personal-data.erased")
    assert {one.entry_id for one in records} == {work.pk for work in (*lost, draft)}
    assert not records.exclude(actor=None).exists()

    assert retention.erase(campaign_id=held.call.pk, now=due) == 0
    assert records.count() == len(lost) + 1


def test_a_revoked_award_keeps_nothing() -> None:
    held = Race(ladder=SHORT)
    held.close()
    fill(*held.works)
    published = held.publish().published_at
    award = Award.objects.order_by("rank")[0]
    award.revoked_at, award.revoked_why = published, "抄袭"
    award.save()
    due = rules.due(published_at=published, call_ends=published)
    retention.erase(campaign_id=held.call.pk, now=due)
    assert is_empty(award.entry)


def test_other_calls_are_left_alone_and_a_call_without_result_ends_with_its_stages() -> None:
    call, other = race.campaign(), race.campaign(slug="another-call")
    mine, theirs = entries.draft(campaign=call), entries.draft(campaign=other)
    last = max(stage.end for stage in campaigns.rulebook_of(call).stages)
    assert retention.erase(campaign_id=call.pk, now=last + rules.KEPT_AFTER) == 1
    assert is_empty(mine)
    assert not is_empty(theirs)


def test_every_night_a_job_does_it() -> None:
    call = race.campaign()
    work = entries.draft(campaign=call)
    last = max(stage.end for stage in campaigns.rulebook_of(call).stages)
    for moment, gone in ((last, False), (last + rules.KEPT_AFTER + timedelta(hours=1), True)):
        with jobs.at(moment):
            app.tasks["awards.forget"](timestamp=0)
        assert is_empty(work) is gone
