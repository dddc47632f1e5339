"""An open call's rules change only in public, with a reason, numbered, and never under votes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from paike.audit.models import Audience, Record
from paike.campaigns.actions import amendments
from paike.campaigns.events import RulebookAmended
from paike.campaigns.models import Amendment, Campaign
from paike.campaigns.queries import amendments as queries
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import amending, faults, stages
from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel import events
from paike.voting.actions import ballot_logs
from tests.factories import accounts, race
from tests.factories import campaigns as make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def extend(
    campaign: Campaign, *, days: float = 0.5, stage: str = "collect", reason: str = "应各地要求"
) -> Amendment:
    rules = campaigns.rulebook_of(campaign)
    end = next(one.end for one in rules.stages if one.key == stage)
    return amendments.extend_stage(
        campaign_id=campaign.pk,
        stage=stage,
        new_end=end + timedelta(days=days),
        reason=reason,
        by=accounts.staff_account(),
        now=NOW,
    )


def amend(campaign: Campaign, rules: Rulebook, *, reason: str = "更正") -> Amendment:
    return amendments.amend(
        campaign_id=campaign.pk,
        rulebook=rules,
        based_on=campaign.rulebook_hash,
        reason=reason,
        by=accounts.staff_account(),
        now=NOW,
    )


def brighter(rules: Rulebook) -> Rulebook:
    return rules.model_copy(update={"look": rules.look.model_copy(update={"brand": "#8A1C16"})})


def with_quorum(rules: Rulebook, quorum: int) -> Rulebook:
    return rules.model_copy(update={"jury": rules.jury.model_copy(update={"quorum": quorum})})


def with_one_work_more(rules: Rulebook) -> Rulebook:
    most = rules.ballot.works_max + 1
    return rules.model_copy(update={"ballot": rules.ballot.model_copy(update={"works_max": most})})


def test_an_extension_is_numbered_public_reasoned_and_in_force() -> None:
    campaign = make.campaign()
    told: list[RulebookAmended] = []
    events.listen(RulebookAmended, told.append)
    before = stages.window(campaigns.rulebook_of(campaign), "submit")
    amendment = extend(campaign)
    campaign.refresh_from_db()
    after = stages.window(campaigns.rulebook_of(campaign), "submit")
    assert before is not None
    assert after is not None
    assert after.end - before.end == timedelta(days=0.5)
    (change,) = amendment.difference
    assert change["key"] == "stages.collect.end"
    assert amendment.number == 1
    assert amendment.before_hash == campaign.frozen_hash
    assert amendment.after_hash == campaign.rulebook_hash != campaign.frozen_hash
    record = Record.objects.get(act="rulebook.extended")
    assert record.audience == Audience.PUBLIC
    assert record.details["reason"] == "应各地要求"
    assert [one.keys for one in told] == [("stages.collect.end",)]
    assert queries.of_campaign(campaign) == [amendment]


def test_an_extension_goes_forward_and_has_a_reason() -> None:
    campaign = make.campaign()
    with pytest.raises(amendments.NotLater):
        extend(campaign, days=-1)
    with pytest.raises(amendments.NoReason):
        extend(campaign, reason="  ")
    with pytest.raises(amendments.NoSuchStage):
        amendments.extend_stage(
            campaign_id=campaign.pk,
            stage="tea",
            new_end=NOW,
            reason="x",
            by=accounts.staff_account(),
            now=NOW,
        )


def test_a_stage_is_not_extended_into_the_past() -> None:
    campaign = make.campaign(deed="exhibit")
    with pytest.raises(amendments.NotLater):
        extend(campaign, days=0.5)  # the collecting stage ended long ago


def test_submission_is_not_extended_into_the_vote() -> None:
    campaign = make.campaign()
    with pytest.raises(faults.Faulty) as refused:
        extend(campaign, days=3)
    assert "投票" in refused.value.text.zh
    assert not Amendment.objects.exists()


def test_an_amendment_needs_a_change_a_reason_and_the_rules_in_force() -> None:
    campaign = make.campaign()
    rules = campaigns.rulebook_of(campaign)
    with pytest.raises(amendments.NothingChanged):
        amend(campaign, rules)
    with pytest.raises(amendments.NoReason):
        amend(campaign, brighter(rules), reason="")
    amend(campaign, brighter(rules))
    with pytest.raises(amendments.Outdated):
        amend(campaign, with_quorum(rules, 4))


def test_a_call_that_is_not_open_is_not_amended() -> None:
    campaign = make.campaign(opened=False)
    with pytest.raises(amendments.NotOpen):
        amend(campaign, brighter(campaigns.rulebook_of(campaign)))


def test_the_rules_of_the_result_stand_once_voting_has_begun() -> None:
    before_the_vote = make.campaign(deed="submit")
    amend(before_the_vote, with_quorum(campaigns.rulebook_of(before_the_vote), 4))


def test_the_rules_of_the_result_do_not_change_under_votes() -> None:
    campaign = make.campaign(deed="vote")
    rules = campaigns.rulebook_of(campaign)
    with pytest.raises(amendments.Forbidden) as refused:
        amend(campaign, with_quorum(rules, 4))
    assert refused.value.keys == ("jury.quorum",)
    assert amend(campaign, brighter(rules)).number == 1


def test_a_vote_that_ends_with_its_stage_ends_later_with_it() -> None:
    rules = campaigns.rulebook_of(make.campaign())
    (stage,) = [one for one in rules.stages if "vote" in one.deeds]
    later = stage.end + timedelta(days=1)
    assert amending.extended(rules, stage.key, later).ballot == rules.ballot  # it ends earlier
    ballot = rules.ballot.model_copy(update={"closes": stage.end})
    together = rules.model_copy(update={"ballot": ballot})
    assert amending.extended(together, stage.key, later).ballot.closes == later


def test_the_rules_of_the_vote_stand_once_the_public_log_holds_them() -> None:
    """Ballots that keep other rules would be faults of an honest log."""
    campaign = make.campaign()
    rules = campaigns.rulebook_of(campaign)
    amend(campaign, with_one_work_more(rules))
    race.shortlist(campaign, works=7)
    ballot_logs.prepare(campaign_id=campaign.pk, now=NOW)
    campaign.refresh_from_db()
    rules = campaigns.rulebook_of(campaign)
    with pytest.raises(amendments.Forbidden) as refused:
        amend(campaign, with_one_work_more(rules))
    assert refused.value.keys == ("ballot.works_max",)
    amend(campaign, with_quorum(rules, 4))


def test_the_address_of_a_call_never_changes() -> None:
    campaign = make.campaign()
    moved = campaigns.rulebook_of(campaign).model_copy(update={"slug": "other"})
    with pytest.raises(amendments.Forbidden):
        amend(campaign, moved)


def test_an_amendment_itself_is_never_changed() -> None:
    amendment = extend(make.campaign())
    with pytest.raises(ProgrammingError, match="amendment"), transaction.atomic():
        Amendment.objects.filter(pk=amendment.pk).update(reason="另一个理由")


@pytest.mark.django_db(transaction=True)
def test_amendments_at_the_same_moment_are_numbered_one_by_one() -> None:
    campaign = make.campaign()

    def longer(days: float) -> int | str:
        try:
            return extend(campaign, days=days).number
        except amendments.NotLater:
            return "not later"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        numbers = list(pool.map(longer, [0.1, 0.2, 0.3, 0.4]))
    given = sorted(number for number in numbers if isinstance(number, int))
    assert given == list(range(1, len(given) + 1))
    assert given
    campaign.refresh_from_db()
    assert campaign.rulebook_hash == Amendment.objects.order_by("-number")[0].after_hash
