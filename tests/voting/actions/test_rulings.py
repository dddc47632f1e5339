"""Two people decide, after the entrant was heard; the ladder falls by the rulebook."""

import json
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from paike.accounts.models import Account
from paike.entries.models import Disqualification
from paike.notify.models import Message
from paike.orgs.actions import staff_invitations
from paike.voting.actions import counting, detection_runs, explanations, rulings
from paike.voting.models import Act, Quarantine, Ruling, Sanction, Statement
from paike.voting.queries import ballots as ballot_queries
from paike.voting.queries import standings
from paike_verify import forms
from tests.factories import accounts, orgs, race
from tests.factories import stuffed as ballots

pytestmark = pytest.mark.django_db
NOW = race.NOW
LATER = NOW + timedelta(hours=49)
LADDER = """sanctions = [
  { offence = 1, act = "pause-work", minutes = 60 },
  { offence = 2, act = "zero-votes" },
  { offence = 3, act = "disqualify" },
]"""


class House:
    """A vote with ballots, some set aside, and two people who may decide."""

    def __init__(self, *, ladder: bool = False) -> None:
        replace = (
            {'sanctions = [{ offence = 1, act = "void-ballots" }]': LADDER} if ladder else None
        )
        self.vote = ballots.vote(works=8, replace=replace)
        self.one, self.two = orgs.organiser(), orgs.organiser()
        self.numbers = self.vote.numbers

    def set_aside(self, many: int = 3) -> Quarantine:
        at = self.vote.opens + timedelta(hours=1)
        made = [ballots.one(self.vote, self.numbers[:5], at=at) for _ in range(many)]
        return ballots.quarantine(self.vote, made)

    def propose(self, of: Quarantine, act: Act = Act.VOID, *, sanctioned: bool = False) -> Ruling:
        return rulings.propose(
            quarantine_id=of.pk, act=act, sanctioned=sanctioned, reason="同一脚本", by=self.one,
            now=LATER,
        )  # fmt: skip

    def rule(self, of: Quarantine, act: Act = Act.VOID, *, sanctioned: bool = False) -> Ruling:
        made = self.propose(of, act, sanctioned=sanctioned)
        return rulings.confirm(ruling_id=made.pk, by=self.two, now=LATER)


def test_the_second_person_is_another_one() -> None:
    house = House()
    ruling = house.propose(house.set_aside())
    with pytest.raises(rulings.SamePerson):
        rulings.confirm(ruling_id=ruling.pk, by=house.one, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(confirmed_by=house.one, confirmed_at=LATER)
    rulings.confirm(ruling_id=ruling.pk, by=house.two, now=LATER)
    assert standings.by_id(ruling.quarantine_id) is not None


def invited(by: Account | None, *, now: datetime) -> Account:
    """An organiser who came by an invitation; without `by` whoever runs the machine sent it."""
    unit = orgs.body("UNDERTAKER")
    _, token = staff_invitations.issue(organisation=unit, role="organiser", by=by, now=now)
    account = accounts.staff_account(now=now)
    staff_invitations.accept(token, account, now)
    return account


def test_nobody_confirms_whom_the_proposer_invited_nor_the_other_way_round() -> None:
    house = House()
    ruling = house.propose(house.set_aside())
    before = NOW - timedelta(days=1)
    child = invited(house.one, now=before)
    for puppet in (child, invited(child, now=before)):
        with pytest.raises(rulings.NotIndependent):
            rulings.confirm(ruling_id=ruling.pk, by=puppet, now=LATER)
    rulings.refuse(ruling_id=ruling.pk, by=child, now=LATER)
    house.one, inviter = child, house.one
    ruling = house.propose(ruling.quarantine)
    with pytest.raises(rulings.NotIndependent):
        rulings.confirm(ruling_id=ruling.pk, by=inviter, now=LATER)
    rulings.confirm(ruling_id=ruling.pk, by=house.two, now=LATER)


def test_who_became_an_organiser_afterwards_confirms_only_if_the_machine_invited() -> None:
    """Where nobody else is left, whoever runs the machine can still send somebody."""
    house = House()
    ruling = house.propose(house.set_aside())
    third = orgs.organiser()
    with pytest.raises(rulings.NotIndependent):
        rulings.confirm(ruling_id=ruling.pk, by=invited(third, now=NOW), now=LATER)
    rulings.confirm(ruling_id=ruling.pk, by=invited(None, now=LATER), now=LATER)


def test_whom_a_third_person_invited_in_time_confirms() -> None:
    house = House()
    ruling = house.propose(house.set_aside())
    second = invited(orgs.organiser(), now=NOW - timedelta(seconds=1))
    rulings.confirm(ruling_id=ruling.pk, by=second, now=LATER)


def test_only_organisers_decide_and_only_with_a_reason() -> None:
    house = House()
    quarantine = house.set_aside()
    stranger = Account.objects.create(created_at=NOW)
    for by, reason, refusal in (
        (stranger, "x", rulings.NotAllowed),
        (house.one, "  ", rulings.ReasonMissing),
    ):
        with pytest.raises(refusal):
            rulings.propose(
                quarantine_id=quarantine.pk, act=Act.VOID, sanctioned=False, reason=reason, by=by,
                now=LATER,
            )  # fmt: skip


def test_nothing_is_void_before_the_entrant_was_heard() -> None:
    house = House()
    quarantine = house.set_aside()
    void = partial(
        rulings.propose,
        quarantine_id=quarantine.pk, act=Act.VOID, sanctioned=False, reason="r", by=house.one,
    )  # fmt: skip
    with pytest.raises(rulings.TooEarly):
        void(now=NOW)
    explanations.answer(
        quarantine_id=quarantine.pk, by=quarantine.entry.owner, text="厂门口贴了海报", now=NOW
    )
    assert void(now=NOW).act == Act.VOID


def test_only_the_entrant_explains_and_not_after_the_ruling() -> None:
    house = House()
    quarantine = house.set_aside()
    with pytest.raises(explanations.NotYours):
        explanations.answer(quarantine_id=quarantine.pk, by=house.one, text="我", now=NOW)
    owner = quarantine.entry.owner
    with pytest.raises(explanations.Empty):
        explanations.answer(quarantine_id=quarantine.pk, by=owner, text=" ", now=NOW)
    house.rule(quarantine)
    with pytest.raises(explanations.Decided):
        explanations.answer(quarantine_id=quarantine.pk, by=owner, text="晚了", now=LATER)


def test_a_refused_proposal_leaves_the_ballots_set_aside_and_another_can_be_made() -> None:
    house = House()
    quarantine = house.set_aside()
    first = house.propose(quarantine)
    with pytest.raises(rulings.Waiting):
        house.propose(quarantine)
    rulings.refuse(ruling_id=first.pk, by=house.two, now=LATER)
    with pytest.raises(rulings.Gone):
        rulings.confirm(ruling_id=first.pk, by=house.two, now=LATER)
    house.rule(quarantine, Act.RELEASE)
    with pytest.raises(rulings.Waiting):
        house.propose(quarantine)


def test_a_ruling_is_final_in_the_database() -> None:
    house = House()
    ruling = house.rule(house.set_aside(), Act.RELEASE)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(act=Act.VOID)
    with pytest.raises(ProgrammingError), transaction.atomic():
        ruling.delete()


def test_a_ruling_stands_in_the_log_and_the_entrant_reads_why() -> None:
    house = House()
    ruling = house.rule(house.set_aside())
    body = json.loads(bytes(Statement.objects.get(kind="void").body))
    assert body["quarantine"] == str(ruling.quarantine_id)
    assert body["by"] == [house.one.display_name, house.two.display_name]
    letter = Message.objects.get(kind="ballots.ruled")
    assert "同一脚本" in letter.body
    assert letter.recipient_id == house.vote.works[0].owner_id


def test_without_a_sanction_the_work_stays_as_it_is() -> None:
    house = House(ladder=True)
    house.rule(house.set_aside())
    assert not Sanction.objects.exists()
    assert standings.paused(house.vote.call.pk, now=LATER) == {}


def test_the_ladder_pauses_then_zeroes_then_disqualifies() -> None:
    house = House(ladder=True)
    call, work = house.vote.call.pk, house.numbers[0]
    house.rule(house.set_aside(), sanctioned=True)
    assert standings.paused(call, now=LATER) == {work: LATER + timedelta(minutes=60)}
    assert standings.paused(call, now=LATER + timedelta(minutes=60)) == {}
    ballots.one(house.vote, house.numbers[:5], at=NOW)
    assert standings.counted(call)[work] == 1
    house.rule(house.set_aside(), sanctioned=True)
    assert standings.counted(call)[work] == 0
    assert standings.counted(call)[house.numbers[1]] == 1
    house.rule(house.set_aside(), sanctioned=True)
    assert Disqualification.objects.get().entry == house.vote.works[0]
    assert [one.act for one in Sanction.objects.order_by("offence")] == [
        "pause-work", "zero-votes", "disqualify",
    ]  # fmt: skip
    assert Statement.objects.filter(kind="sanction").count() == 3


def test_after_the_close_every_ruling_publishes_a_new_count() -> None:
    house = House()
    quarantine = house.set_aside(4)
    kept = ballots.one(house.vote, house.numbers[:5], at=NOW)
    house.vote.log.closed_at = LATER
    house.vote.log.save()
    call = house.vote.call.pk
    detection_runs.run(campaign_id=call, slot=LATER, is_final=True, now=LATER)
    (first,) = counting.count_due(now=LATER)
    assert (first.body["accepted"], first.body["valid"], first.body["quarantined"]) == (5, 1, 4)
    assert first.body["per_rule"] == {"burst": {"quarantined": 4}, "fillers": {"quarantined": 4}}
    house.rule(quarantine, Act.RELEASE)
    second = standings.latest_count(call)
    assert second is not None
    assert (second.number, second.body["valid"], second.body["released"]) == (2, 5, 4)
    assert second.body["counted"][str(house.numbers[0])] == 5
    assert ballot_queries.number(call) == 5
    assert standings.states_of([kept.pk]) == {}


@pytest.mark.parametrize(("one", "two"), [("王伟", "王伟"), ("王伟", ""), ("", "")])
def test_two_people_of_one_name_are_two_in_the_log(one: str, two: str) -> None:
    """Who verifies the log reads names only, and wants two of them."""
    house = House(ladder=True)
    for person, name in ((house.one, one), (house.two, two)):
        person.display_name = name
        person.save(update_fields=["display_name"])
    house.rule(house.set_aside(), sanctioned=True)
    for statement in Statement.objects.filter(kind__in=("void", "sanction")):
        value = forms.statement(bytes(statement.body))  # raises where the form is wrong
        assert value["by"][0] == (one or "主办方")
    assert Statement.objects.filter(kind="sanction").exists()
