from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paike.audit.models import Record
from paike.entries import access, events, ports
from paike.entries.actions import disqualifications, withdrawals
from paike.entries.actions import entries as drafts
from paike.entries.queries import entries
from paike.entries.rules.standing import Standing
from paike.kernel import events as kernel_events
from tests.factories import accounts, campaigns, orgs
from tests.factories import entries as factory
from tests.factories.entries import NOW

pytestmark = pytest.mark.django_db


def test_a_new_draft_knows_what_the_account_knows() -> None:
    person = accounts.account(phone="+8613812345678", real_name="王小明")
    unit = orgs.unit()
    entry = drafts.begin(campaign=campaigns.campaign(now=NOW), owner=person, unit=unit, now=NOW)
    assert drafts.text_of(entry, "phone") == "+8613812345678"
    assert drafts.text_of(entry, "real_name") == "王小明"
    assert entry.route == "recommended"
    assert entries.preview_title(entry) == orgs.body().short_name


def test_no_draft_is_begun_outside_the_collecting_stage() -> None:
    call = campaigns.campaign(now=NOW)
    with pytest.raises(drafts.Closed):
        drafts.begin(campaign=call, owner=accounts.account(), now=NOW + timedelta(days=300))


def test_drafts_are_not_begun_without_end() -> None:
    call, person = campaigns.campaign(now=NOW), accounts.account()
    for _ in range(drafts.DRAFTS_MAX):
        drafts.begin(campaign=call, owner=person, now=NOW)
    with pytest.raises(drafts.TooManyDrafts):
        drafts.begin(campaign=call, owner=person, now=NOW)


def test_what_is_typed_is_saved_field_by_field() -> None:
    entry = factory.draft()
    changes = {"title": "新的名字", "subject_name": "赵师傅", "unit": str(orgs.body("BJ").pk)}
    drafts.save_draft(entry=entry, by=entry.owner, changes=changes, now=NOW)
    again = factory.fresh(entry)
    assert {field: drafts.text_of(again, field) for field in changes} == changes


def test_a_text_that_does_not_fit_is_told_and_the_rest_is_saved() -> None:
    entry = factory.draft(title="旧名")
    saved = drafts.save_draft(
        entry=entry,
        by=entry.owner,
        changes={"title": "长" * 41, "credit": "新署名", "unit": str(uuid4()), "route": "x"},
        now=NOW,
    )
    assert {fault.field for fault in saved.faults} == {"title", "unit", "route"}
    again = factory.fresh(entry)
    assert (again.title, again.credit) == ("旧名", "新署名")


def test_two_tabs_last_write_of_a_field_wins_and_is_told() -> None:
    entry = factory.draft()
    first = drafts.save_draft(entry=entry, by=entry.owner, changes={"title": "甲"}, now=NOW, seen=0)
    quiet = drafts.save_draft(
        entry=entry, by=entry.owner, changes={"credit": "乙"}, now=NOW, seen=0
    )
    told = drafts.save_draft(entry=entry, by=entry.owner, changes={"title": "丙"}, now=NOW, seen=0)
    assert (first.overwritten, quiet.overwritten, told.overwritten) == ((), (), ("title",))
    assert factory.fresh(entry).title == "丙"


def test_a_submitted_form_and_another_persons_form_are_locked() -> None:
    entry = factory.submitted()
    with pytest.raises(drafts.Locked):
        drafts.save_draft(entry=entry, by=entry.owner, changes={"title": "晚"}, now=NOW)
    with pytest.raises(drafts.Locked):
        drafts.save_draft(
            entry=factory.draft(), by=accounts.account(), changes={"title": "别人"}, now=NOW
        )


def test_personal_data_is_ciphertext_in_the_database() -> None:
    entry = factory.draft(real_name="王小明独一无二")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM entries_entry WHERE id = %s", [entry.pk])
        row = cursor.fetchone()
    raw = b"".join(
        bytes(each) if isinstance(each, memoryview) else str(each).encode() for each in row
    )
    assert "王小明独一无二".encode() not in raw
    assert b"13800138000" not in raw


def test_withdrawing_tells_the_rooms_above_once() -> None:
    said: list[events.EntryWithdrawn] = []
    kernel_events.listen(events.EntryWithdrawn, said.append)
    entry = factory.cleared()
    withdrawals.withdraw(entry=entry, by=entry.owner, reason="家人不同意", now=NOW)
    withdrawals.withdraw(entry=entry, by=entry.owner, reason="家人不同意", now=NOW)
    assert [each.entry_id for each in said] == [entry.pk]
    assert entries.standing_of(factory.fresh(entry)) is Standing.WITHDRAWN
    assert "家人" not in str(Record.objects.get(act="entry.withdrawn").details)


def test_a_shortlisted_work_is_not_withdrawn_by_its_entrant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = factory.cleared()
    monkeypatch.setattr(ports, "_shortlisted", lambda entry_id: entry_id == entry.pk)
    with pytest.raises(withdrawals.AlreadyShortlisted):
        withdrawals.withdraw(entry=entry, by=entry.owner, now=NOW)


def test_only_the_owner_withdraws() -> None:
    with pytest.raises(withdrawals.NotPossible):
        withdrawals.withdraw(entry=factory.cleared(), by=accounts.account(), now=NOW)


def test_disqualifying_needs_an_organiser_and_a_reason_and_is_final() -> None:
    entry, organiser = factory.cleared(), orgs.organiser()
    with pytest.raises(disqualifications.NotAllowed):
        disqualifications.disqualify(entry=entry, by=orgs.clerk(), reason="抄袭", now=NOW)
    with pytest.raises(disqualifications.ReasonMissing):
        disqualifications.disqualify(entry=entry, by=organiser, reason=" ", now=NOW)
    disqualifications.disqualify(entry=entry, by=organiser, reason="抄袭", now=NOW)
    again = factory.fresh(entry)
    assert entries.standing_of(again) is Standing.DISQUALIFIED
    assert not access.may_edit(entry.owner, again)
    with pytest.raises(withdrawals.NotPossible):
        withdrawals.withdraw(entry=again, by=entry.owner, now=NOW)


def test_who_sees_an_entry_and_its_personal_data() -> None:
    unit, district, city, body = orgs.branch()
    entry = factory.cleared(unit=unit)
    allowed = [
        entry.owner,
        orgs.organiser(),
        orgs.editor(),
        *map(orgs.clerk, (unit, district, city, body)),
    ]
    refused = [accounts.account(), orgs.clerk(orgs.body("BJ")), orgs.clerk(orgs.unit(parent=city))]
    for person in allowed:
        assert access.may_see(person, entry)
        assert access.may_see_personal_data(person, entry)
    for person in refused:
        assert not access.may_see(person, entry)
        assert not access.may_see_personal_data(person, entry)


def test_a_draft_is_its_owners_alone() -> None:
    unit = orgs.unit()
    entry = factory.draft(unit=unit)
    assert access.may_see(entry.owner, entry)
    for person in (orgs.organiser(), orgs.clerk(unit)):
        assert not access.may_see(person, entry)
        assert not access.may_see_personal_data(person, entry)


def test_individual_works_belong_to_the_undertakers_desk() -> None:
    orgs.tree()
    entry = factory.cleared(route="individual", workplace="深圳地铁")
    assert entries.title_of(entry).startswith("深圳地铁《")
    assert access.may_see(orgs.clerk(orgs.body("UNDERTAKER")), entry)
    assert not access.may_see(orgs.clerk(orgs.body("GD")), entry)


def test_a_list_costs_the_same_for_one_and_for_three() -> None:
    person, call = accounts.account(), campaigns.campaign(now=NOW)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            for entry in entries.of_owner(owner_id=person.pk):
                entries.standing_of(entry)
                entries.title_of(entry)
        return len(caught)

    factory.cleared(owner=person, campaign=call)
    one = cost()
    factory.refused(owner=person, campaign=call)
    factory.submitted(owner=person, campaign=call)
    assert cost() == one
