"""Publishing: the whole computation is frozen with its digest, and the prizes are given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.awards.actions import letters
from paike.awards.models import Award, OrganisationAward, Result
from paike.awards.queries import drafts, inputs, results
from paike.awards.rules import computation
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.jury.models import Panel
from paike.jury.queries import commitments
from paike.kernel import canonical_json
from paike.kernel.text import Text
from paike.orgs.queries import organisations
from paike.review.models import Shortlist
from paike.voting.actions import ballot_logs, jury_entries


class NotReady(Exception):
    """Something still forbids publication; `obstacles` says all of it."""

    def __init__(self, obstacles: list[Text]) -> None:
        self.obstacles = obstacles
        self.text = Text(
            "还不能公布结果：" + "".join(each.zh for each in obstacles),
            "The result can't be published yet: " + " ".join(each.en for each in obstacles),
        )
        super().__init__(self.text.zh)


class AlreadyPublished(Exception):
    text = Text("结果已经公布。", "The result is published already.")


@transaction.atomic
def publish(*, campaign_id: UUID, by: Account, now: datetime) -> Result:
    """Freeze and publish the result. From here on nothing moves anybody's score.

    Raises NotReady (stage, shortlist, vote, last look, quarantines, panel, quorum, ties) and AlreadyPublished.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(id=campaign_id)
    list(Panel.objects.select_for_update(no_key=True).filter(campaign=campaign))
    # A work that leaves takes this lock as well (`refills.follow`): it is out before, or refilled.
    list(Shortlist.objects.select_for_update(no_key=True).filter(campaign=campaign))
    if results.of_campaign(campaign_id) is not None:
        raise AlreadyPublished
    draft = drafts.of_campaign(campaign, now=now)
    if draft.obstacles:
        raise NotReady(draft.obstacles)
    about = _about(campaign, draft, now=now)
    value = computation.write(draft.inputs, rules=draft.rules, about=about)
    digest = canonical_json.digest(value)
    result = Result.objects.create(
        campaign=campaign, computation=value, digest=digest, published_at=now, published_by=by
    )
    _give_awards(result, draft.outcome, titles=about["titles"], now=now)
    _give_organisation_awards(result, draft.outcome)
    _open_piles(campaign_id, now=now)
    ballot_logs.state_result(campaign_id=campaign_id, digest=digest, now=now)
    records.write(
        now=now,
        act="result.published",
        thing="result",
        thing_id=result.pk,
        audience=Audience.PUBLIC,
        actor=by,
        role="organiser",
        campaign_id=campaign_id,
        details={"digest": digest, "awards": len(draft.outcome.levels)},
    )
    return result


def _open_piles(campaign_id: UUID, *, now: datetime) -> None:
    """Say what the jurors had committed to, so that anybody can compute from it."""
    for commitment in commitments.latest(campaign_id):
        pile = commitments.pile_of(commitment)
        jury_entries.state_open(
            campaign_id=campaign_id,
            seat=pile.seat,
            criteria=pile.criteria,
            marks=pile.marks,
            salt=bytes(commitment.salt),
            now=now,
        )


def number_of(result: Result, place: int | str) -> str:
    """A paper's number: year of publication, the head of the digest, the place."""
    tail = f"{place:03d}" if isinstance(place, int) else place
    return f"{result.published_at.year}-{result.digest[:6].upper()}-{tail}"


def _about(campaign: Campaign, draft: drafts.Draft, *, now: datetime) -> dict[str, Any]:
    """What a reader needs to know which call this is; nothing here is computed with."""
    ids = [UUID(work.id) for work in draft.inputs.works]
    numbers = Entry.objects.filter(id__in=ids).values_list("id", "number")
    titles = entries.composed_titles(ids)
    return {
        "slug": campaign.slug,
        "rulebook_hash": campaign.rulebook_hash,
        "computed_at": now.isoformat(timespec="seconds"),
        "criteria": [c.key for c in campaigns.rulebook_of(campaign).jury.criteria],
        "titles": {str(key): titles.get(key, "") for key in ids},
        "numbers": {str(key): number for key, number in numbers},
        "committee_minutes": [ballot.minutes for ballot in inputs.committee_ballots(campaign.pk)],
    }


def _give_awards(
    result: Result, outcome: computation.Outcome, *, titles: dict[str, str], now: datetime
) -> None:
    for position, place in enumerate(outcome.places, start=1):
        level = outcome.levels.get(place.id)
        if level is None:
            entry = Entry.objects.select_related("campaign").get(id=place.id)
            letters.thank(entry, title=titles[place.id], now=now)
            continue
        award = Award.objects.create(
            result=result,
            entry_id=UUID(place.id),
            level=level,
            rank=place.rank,
            number=number_of(result, position),
        )
        letters.announce(award, title=titles[place.id], now=now)
        records.write(
            now=now,
            act="award.given",
            thing="award",
            thing_id=award.pk,
            audience=Audience.PUBLIC,
            campaign_id=result.campaign_id,
            entry_id=award.entry_id,
            details={"level": level, "rank": place.rank},
        )


def _give_organisation_awards(result: Result, outcome: computation.Outcome) -> None:
    for position, prize in enumerate(outcome.prizes, start=1):
        body = organisations.by_code(prize.code)
        if body is None:
            raise LookupError(f"The body {prize.code} has left the tree.")
        OrganisationAward.objects.create(
            result=result,
            organisation=body,
            points=prize.points,
            rank=prize.rank,
            number=number_of(result, f"Z{position:02d}"),
        )
