"""All works of a campaign with their states: searched, filtered, counted. One statement however
many works there are."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry, Route, Version
from paike.media.queries import transcripts
from paike.orgs.models import Level, Organisation
from paike.orgs.queries import organisations
from paike.review.queries import states
from paike.review.rules import funnel
from paike.review.rules.states import StateKey

_BODY_OF_UNITS = """
WITH RECURSIVE branch (id, body_id) AS (
    SELECT id, id FROM orgs_organisation WHERE level = %s
    UNION ALL
    SELECT below.id, branch.body_id
    FROM orgs_organisation below JOIN branch ON below.parent_id = branch.id
)
SELECT id, body_id FROM branch WHERE id = ANY(%s)
"""
INDIVIDUAL = "individual"  # stands where a body's code stands


@dataclass(frozen=True)
class Filter:
    """What is looked for; an empty field filters nothing."""

    text: str = ""
    body: str = ""  # a body's code, or INDIVIDUAL
    theme: str = ""
    step: str = ""  # of funnel.STEPS: works that came at least this far
    state: str = ""
    verdict: str = ""  # pass, warn, refuse


@dataclass(frozen=True)
class Row:
    """A line of the funnel. `body` is None for the individual route."""

    body: Organisation | None
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.body.code if self.body else INDIVIDUAL


def find(*, campaign_id: UUID, wanted: Filter) -> QuerySet[Any]:
    """Submitted works by number, annotated as by `states.annotate`, and with `composed_title`,
    `verdict`, `submitted_at`."""
    latest = Version.objects.filter(entry=OuterRef("pk")).order_by("-number")
    found: QuerySet[Any] = states.annotate(
        Entry.objects.filter(campaign_id=campaign_id, number__isnull=False)
    ).annotate(
        composed_title=Subquery(latest.values("composed_title")[:1]),
        film_of_version=Subquery(latest.values("film_id")[:1]),
        verdict=Subquery(latest.values("inspection__outcome")[:1]),
        submitted_at=Subquery(latest.values("submitted_at")[:1]),
    )
    saying = transcripts.saying(
        found.values_list("film_of_version", flat=True) if wanted.text else (), wanted.text
    )
    matching: QuerySet[Any] = found.filter(_condition(wanted, saying))
    return matching.select_related("unit").order_by("number")


def _condition(wanted: Filter, saying: Collection[UUID]) -> Q:
    """`saying`: the films in which the text is said."""
    condition = _of_body(wanted.body)
    if wanted.text:
        words = Q(composed_title__icontains=wanted.text) | Q(credit__icontains=wanted.text)
        words |= Q(film_of_version__in=saying)
        number = wanted.text.lstrip("№# ").lstrip("0")
        condition &= words | Q(number=int(number)) if number.isdecimal() else words
    if wanted.theme:
        condition &= Q(theme=wanted.theme)
    if wanted.state:
        condition &= Q(state=wanted.state)
    if wanted.step:
        condition &= Q(state__in=[key.value for key in funnel.reaching(wanted.step)])
    if wanted.verdict:
        condition &= Q(verdict=wanted.verdict)
    return condition


def _of_body(code: str) -> Q:
    if not code:
        return Q()
    if code == INDIVIDUAL:
        return Q(route=Route.INDIVIDUAL)
    body = organisations.by_code(code)
    if body is None:
        return Q(pk__in=[])
    return Q(route=Route.RECOMMENDED, unit_id__in=organisations.branch_ids(body))


def bodies_of_units(unit_ids: set[UUID]) -> dict[UUID, Organisation]:
    """unit id -> the body it is or belongs to; units below no body are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_BODY_OF_UNITS, [Level.BODY, list(unit_ids)])
        known: dict[UUID, UUID] = dict(cursor.fetchall())
    found = Organisation.objects.in_bulk(set(known.values()))
    return {unit_id: found[body_id] for unit_id, body_id in known.items()}


def states_of(campaign_id: UUID) -> QuerySet[Any]:
    """Route, unit and state of every submitted work."""
    submitted = Entry.objects.filter(campaign_id=campaign_id, number__isnull=False)
    return states.annotate(submitted).values_list("route", "unit_id", "state")


def by_body(campaign: Campaign) -> list[Row]:
    """The funnel: for every body of the call, in its order, and the individual route, how many
    works came how far. Bodies without a work are in it with zeros; those that the rulebook does
    not name (they left it by an amendment) only where they have works."""
    known = list(states_of(campaign.pk))
    bodies = bodies_of_units({unit_id for _, unit_id, _ in known if unit_id is not None})
    tallies: dict[UUID | None, Counter[str]] = {}
    for route, unit_id, state in known:
        body = None if route == Route.INDIVIDUAL else bodies.get(unit_id)
        key = body.pk if body is not None else None
        tally = tallies.setdefault(key, Counter())
        tally.update(funnel.steps_of(StateKey(state)))
    named = organisations.bodies(campaigns.rulebook_of(campaign))
    met = {body.pk: body for body in bodies.values() if body.pk in tallies}
    others = sorted(set(met) - {body.pk for body in named}, key=lambda pk: met[pk].code)
    lines = [Row(body, dict(tallies.get(body.pk, {}))) for body in named]
    lines += [Row(met[pk], dict(tallies[pk])) for pk in others]
    return [*lines, Row(None, dict(tallies.get(None, {})))]
