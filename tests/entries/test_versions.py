import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from paike.accounts.models import Account
from paike.audit.models import Record
from paike.campaigns.queries import campaigns as campaign_queries
from paike.campaigns.rules import stages
from paike.entries import events
from paike.entries.actions import entries as drafts
from paike.entries.actions import films, reopenings, versions
from paike.entries.models import Declaration, Entry, Version
from paike.entries.queries import entries
from paike.entries.rules.standing import Standing
from paike.kernel import events as kernel_events
from paike.media.actions import inspections
from paike.media.events import InspectionFinished
from paike.media.rules.report import Outcome
from paike.notify.models import Message
from tests.factories import accounts, campaigns, orgs, uploads
from tests.factories import entries as factory
from tests.factories.entries import NOW

SIGNED = [text.key for text in campaigns.rules().declarations]


def submit(entry: Entry, **changes: object) -> Version:
    values = {"entry": entry, "by": entry.owner, "declarations": SIGNED, "now": NOW, **changes}
    return versions.submit(**values)  # type: ignore[arg-type]


def finish(version: Version, outcome: Outcome) -> None:
    """The gate ends, as its job would end it."""
    inspections.finish(inspection_id=version.inspection_id, report=factory.report(outcome), now=NOW)


def heard() -> list[kernel_events.Event]:
    """What the entries room says from now on."""
    said: list[kernel_events.Event] = []
    for kind in (events.ReadyForReview, events.VersionRefused):
        kernel_events.listen(kind, said.append)
    return said


@pytest.mark.django_db
def test_a_submitted_version_keeps_what_was_said_and_no_personal_data() -> None:
    unit = orgs.unit()
    entry = factory.draft(unit=unit, title="《炉前的灯》")
    version = submit(entry)
    assert version.number == 1
    assert version.composed_title == f"{orgs.body().short_name}《炉前的灯》"
    kept = str(version.snapshot)
    for secret in ("李建国", "13800138000", "wang@example.com", "第一钢铁厂炼铁车间"):
        assert secret not in kept
    signed = {each.kind: each for each in Declaration.objects.filter(version=version)}
    assert set(signed) == set(SIGNED)
    assert all(each.signed_at == NOW and len(each.text_hash) == 64 for each in signed.values())
    assert Record.objects.filter(entry_id=entry.pk, act="version.submitted").count() == 1
    assert Message.objects.filter(recipient=entry.owner, kind="entry.submitted").count() == 1


@pytest.mark.django_db
def test_a_second_click_finds_the_first_ones_version() -> None:
    entry = factory.draft()
    assert submit(entry).pk == submit(entry).pk
    assert Version.objects.count() == 1


@pytest.mark.django_db
def test_the_gate_clears_and_the_units_are_told_once() -> None:
    said = heard()
    version = submit(factory.draft())
    assert said == []
    finish(version, Outcome.WARN)
    versions.hear(inspection_id=version.inspection_id, now=NOW)
    ready = [each for each in said if isinstance(each, events.ReadyForReview)]
    assert [each.version_id for each in ready] == [version.pk]
    assert entries.standing_of(factory.fresh(version.entry)) is Standing.CLEARED


@pytest.mark.django_db
def test_a_gate_that_has_finished_before_decides_at_once() -> None:
    entry = factory.draft()
    assert entry.film is not None
    factory.inspection(entry.film, entry.campaign, outcome=Outcome.PASS)
    assert submit(entry).cleared_at == NOW


@pytest.mark.django_db
def test_a_refused_work_is_fixed_and_the_old_verdicts_stay() -> None:
    said = heard()
    entry = factory.draft()
    first = submit(entry)
    finish(first, Outcome.REFUSE)
    assert [each for each in said if isinstance(each, events.VersionRefused)]
    letter = Message.objects.get(recipient=entry.owner, kind="version.refused")
    assert "请剪短 2.4 秒" in letter.body
    with pytest.raises(versions.Incomplete) as same_film:
        submit(factory.fresh(entry))
    assert [fault.field for fault in same_film.value.faults] == ["film"]
    fixed = uploads.sealed_object(owner=entry.owner, subject_id=entry.pk)
    films.attach(film_id=fixed.pk, entry_id=entry.pk, owner_id=entry.owner_id, now=NOW)
    second = submit(factory.fresh(entry))
    assert second.number == 2
    first.refresh_from_db()
    assert first.inspection.report is not None
    assert first.refused_at == NOW
    assert second.film_id != first.film_id


@pytest.mark.django_db
def test_a_returned_work_may_come_again_with_the_same_film() -> None:
    entry = factory.cleared()
    version = entries.latest_version(entry)
    assert version is not None
    with pytest.raises(drafts.Locked):
        submit(entry)
    clerk = orgs.clerk()
    reopenings.reopen(version_id=version.pk, by=clerk, reason="片名与片头不符", now=NOW)
    reopenings.reopen(version_id=version.pk, by=clerk, reason="片名与片头不符", now=NOW)
    again = factory.fresh(entry)
    assert entries.standing_of(again) is Standing.REOPENED
    drafts.save_draft(entry=again, by=again.owner, changes={"title": "改过的片名"}, now=NOW)
    second = submit(factory.fresh(entry))
    assert second.number == 2
    assert second.film_id == version.film_id
    assert second.cleared_at == NOW
    assert entry.number == factory.fresh(entry).number


@pytest.mark.django_db
def test_every_fault_is_told_and_nothing_is_made() -> None:
    entry = factory.draft(title="", phone="?")
    with pytest.raises(versions.Incomplete) as told:
        submit(entry, declarations=[])
    found = [fault.field for fault in told.value.faults]
    assert found == ["title", "phone", *(f"declarations:{key}" for key in SIGNED)]
    assert factory.fresh(entry).number is None
    assert not Version.objects.exists()


@pytest.mark.django_db
def test_only_the_owner_submits() -> None:
    with pytest.raises(drafts.Locked):
        submit(factory.draft(), by=accounts.account())


@pytest.mark.django_db
def test_nothing_comes_in_after_the_stage() -> None:
    entry = factory.draft()
    window = stages.window(campaign_queries.rulebook_of(entry.campaign), "submit")
    assert window is not None
    with pytest.raises(drafts.Closed):
        submit(entry, now=window.end)
    submit(entry, now=window.end - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_film_that_arrives_after_submission_changes_nothing() -> None:
    entry = factory.submitted()
    late = uploads.sealed_object(owner=entry.owner, subject_id=entry.pk)
    attached = films.attach(film_id=late.pk, entry_id=entry.pk, owner_id=entry.owner_id, now=NOW)
    assert attached is None
    assert factory.fresh(entry).film_id == entry.film_id


@pytest.mark.django_db
def test_nobody_attaches_a_film_to_anothers_entry() -> None:
    entry = factory.draft()
    other = accounts.account()
    theirs = uploads.sealed_object(owner=other, subject_id=entry.pk)
    assert films.attach(film_id=theirs.pk, entry_id=entry.pk, owner_id=other.pk, now=NOW) is None


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_when_many_submit_at_once() -> None:
    campaign = campaigns.campaign(now=NOW)
    orgs.tree()
    made = [factory.draft(campaign=campaign) for _ in range(6)]
    broken = factory.draft(campaign=campaign, title="")
    start = threading.Barrier(len(made) + 1)

    def click(entry: Entry) -> None:
        try:
            start.wait()
            submit(entry)
        except versions.Incomplete:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[entry]) for entry in [*made, broken]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = (
        Entry.objects.filter(number__isnull=False)
        .order_by("number")
        .values_list("number", flat=True)
    )
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_version() -> None:
    entry = factory.draft()
    start = threading.Barrier(4)
    made: list[Version] = []

    def click() -> None:
        try:
            start.wait()
            made.append(submit(entry))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({version.pk for version in made}) == 1
    assert (
        Account.objects.get(pk=entry.owner_id).messages.filter(kind="entry.submitted").count() == 1
    )


@pytest.mark.django_db(transaction=True)
def test_a_version_submitted_while_the_gate_decides_is_not_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = factory.draft()
    assert entry.film is not None
    rules = campaign_queries.rulebook_of(entry.campaign).film
    inspection = inspections.request(film=entry.film, limits=rules, now=NOW)
    decided, go_on = threading.Event(), threading.Event()

    def hold(event: InspectionFinished) -> None:
        decided.set()
        go_on.wait(timeout=20)

    listeners = [*kernel_events._listeners[InspectionFinished], hold]
    monkeypatch.setitem(kernel_events._listeners, InspectionFinished, listeners)
    report = factory.report(Outcome.REFUSE)
    gate = _apart(lambda: inspections.finish(inspection_id=inspection.pk, report=report, now=NOW))
    assert decided.wait(timeout=20)  # the outcome is written, but not committed
    entrant = _apart(lambda: submit(entry))
    entrant.join(timeout=2)
    go_on.set()
    gate.join()
    entrant.join()
    assert Version.objects.get(entry=entry).refused_at is not None


def _apart(act: Callable[[], object]) -> threading.Thread:
    """Do it in a thread with a connection of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
