"""What a result is computed from, read from the rooms below."""

from fractions import Fraction
from uuid import UUID

from paike.awards.models import CommitteeBallot
from paike.awards.rules.computation import Inputs
from paike.awards.rules.race import Blend, Rules, Rung, Work
from paike.campaigns.rules.choosing import JuryRule
from paike.campaigns.rules.rulebook import Rulebook
from paike.jury.queries import panels, standings
from paike.jury.rules import scoring
from paike.review.queries import recommendation_lists
from paike.voting.queries import tallies


def rules_of(campaign_id: UUID, *, rulebook: Rulebook) -> Rules:
    """The rulebook in the terms of the result; the jury's part as the panel froze it."""
    panel = panels.of_campaign(campaign_id)
    jury: JuryRule = panels.scheme_of(panel) if panel else rulebook.jury
    blend = rulebook.blend
    return Rules(
        blend=Blend(blend.formula, Fraction(blend.votes), Fraction(blend.jury)),
        scheme=scoring.Scheme(jury.total, jury.trim),
        full_marks=sum(criterion.points for criterion in jury.criteria),
        quorum=jury.quorum,
        ties=rulebook.ties,
        ladder=tuple(Rung(rung.key, rung.count) for rung in rulebook.ladder),
    )


def of_campaign(campaign_id: UUID, *, rulebook: Rulebook) -> Inputs:
    """Every work in the race with its valid votes and counted sheets."""
    votes = tallies.votes(campaign_id)
    sheets = standings.sheets(campaign_id)
    works = tuple(Work(str(entry), count, sheets.get(entry, {})) for entry, count in votes.items())
    prizes = rulebook.organisation_prizes
    return Inputs(
        works=works,
        recommended=_recommended(campaign_id),
        committee=tuple(tuple(ballot.order) for ballot in committee_ballots(campaign_id)),
        organisation_prizes=(prizes.count or 0) if prizes else 0,
    )


def committee_ballots(campaign_id: UUID) -> list[CommitteeBallot]:
    """Recorded ballots of the committee, in the order they were recorded."""
    found = CommitteeBallot.objects.filter(campaign_id=campaign_id)
    return list(found.select_related("by").order_by("at", "id"))


def _recommended(campaign_id: UUID) -> dict[str, tuple[str, ...]]:
    """Code of a body -> works on its submitted list."""
    found: dict[str, tuple[str, ...]] = {}
    for row in recommendation_lists.recommended(campaign_id=campaign_id):
        code = row.list.body.code
        found[code] = (*found.get(code, ()), str(row.entry_id))
    return found
