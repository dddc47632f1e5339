"""A unit declares its people's hour, never afterwards."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from paike.orgs.models import Organisation
from paike.voting.actions import mobilisation_windows
from paike.voting.models import MobilisationWindow
from paike.voting.queries import mobilisation_windows as declared
from tests.factories import orgs, race
from tests.factories import stuffed as ballots

pytestmark = pytest.mark.django_db
NOW = race.NOW
HOUR = timedelta(hours=1)


def declare(**changes: object) -> MobilisationWindow:
    unit = orgs.unit()
    vote = ballots.vote(works=5, unit=unit, slug=f"call-{uuid4().hex[:12]}")
    values: dict[str, object] = {
        "entry": vote.works[0],
        "unit": unit,
        "start": NOW + HOUR,
        "end": NOW + 2 * HOUR,
        "reason": "下班时贴海报",
        "by": orgs.clerk(unit),
        "now": NOW,
    }
    return mobilisation_windows.declare(**(values | changes))  # type: ignore[arg-type]


def test_a_clerk_declares_for_a_work_of_the_unit() -> None:
    made = declare()
    assert list(declared.of_campaign(made.campaign_id)) == [made]


def test_what_is_past_of_a_window_that_goes_on_is_cut_off() -> None:
    assert declare(start=NOW - HOUR).start == NOW


def test_never_after_the_fact() -> None:
    with pytest.raises(mobilisation_windows.NotPossible):
        declare(start=NOW - 2 * HOUR, end=NOW - HOUR)
    made = declare()
    with pytest.raises(IntegrityError), transaction.atomic():
        MobilisationWindow.objects.create(
            campaign=made.campaign, entry=made.entry, unit=made.unit, start=NOW - HOUR, end=NOW,
            reason="x", declared_by=made.declared_by, declared_at=NOW,
        )  # fmt: skip


def test_not_by_a_stranger_and_not_for_a_work_of_others() -> None:
    other = orgs.unit(parent=orgs.body("BJ"))
    with pytest.raises(mobilisation_windows.NotAllowed):
        declare(by=orgs.clerk(other))
    with pytest.raises(mobilisation_windows.NotAllowed):
        declare(unit=other, by=orgs.clerk(other))


def test_not_without_a_reason_and_not_longer_than_a_shift() -> None:
    with pytest.raises(mobilisation_windows.ReasonMissing):
        declare(reason=" ")
    with pytest.raises(mobilisation_windows.NotPossible):
        declare(end=NOW + 15 * HOUR)


def test_a_works_windows_never_cover_more_than_a_quarter_of_the_vote() -> None:
    """Whichever of its units declares them, and however many; what overlaps is counted once."""
    body = orgs.body()
    unit = orgs.unit(parent=body)
    vote = ballots.vote(works=5, unit=unit, now=NOW)
    clerks = {each: orgs.clerk(each) for each in (unit, body)}
    quarter = (vote.closes - vote.opens) / 4

    def declare_for(by: Organisation, start: datetime, length: timedelta) -> None:
        mobilisation_windows.declare(
            entry=vote.works[0], unit=by, start=start, end=start + length, reason="海报",
            by=clerks[by], now=vote.opens,
        )  # fmt: skip

    whole, rest = divmod(quarter, 12 * HOUR)
    for place in range(whole):
        for by in clerks:
            declare_for(by, vote.opens + place * 24 * HOUR, 12 * HOUR)
    later = vote.opens + whole * 24 * HOUR
    for by in clerks:
        with pytest.raises(mobilisation_windows.NotPossible) as caught:
            declare_for(by, later, rest + HOUR)
        assert "四分之一" in caught.value.text.zh
    declare_for(unit, later, rest)
    mobilisation_windows.declare(
        entry=vote.works[1], unit=unit, start=later, end=later + 12 * HOUR, reason="海报",
        by=clerks[unit], now=vote.opens,
    )  # fmt: skip
