"""Units an entrant may choose: those at or below a recommending body of the call."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from paike.campaigns.rules.rulebook import Rulebook
from paike.kernel.text import Text
from paike.orgs.models import Level, Organisation
from paike.orgs.queries import organisations

MOST = 12


@dataclass(frozen=True)
class Choice:
    """A unit and the units above it up to its body, so that equal names can be told apart."""

    unit: Organisation
    above: Text


def search(text: str, *, rulebook: Rulebook) -> list[Choice]:
    """The call's units whose name, short name, English name or code
    holds `text`; bodies first, short names first."""
    words = text.strip()
    if not words:
        return []
    found = (
        Organisation.objects.filter(
            Q(name__icontains=words)
            | Q(short_name__icontains=words)
            | Q(name_en__icontains=words)
            | Q(code__istartswith=words)
        )
        .exclude(level=Level.NATIONAL)
        .exclude(pk__in=_of_other_calls(rulebook))
        .order_by("level", "position", "name")[: MOST * 2]
    )
    units = sorted(found, key=lambda one: (one.level != Level.BODY, len(one.name)))
    roads = organisations.roads_of(units)
    choices = [_choice(roads[unit.pk]) for unit in units]
    return [each for each in choices if each is not None][:MOST]


def _of_other_calls(rulebook: Rulebook) -> set[UUID]:
    """Most trees hold one call's bodies only, and then this costs nothing."""
    foreign = organisations.foreign_bodies(rulebook)
    return organisations.branches_ids(foreign) if foreign else set()


def may_send_in(unit: Organisation, *, rulebook: Rulebook) -> bool:
    """Whether works can come through the unit: it is a body of the call or stands below one."""
    body = organisations.body_of(unit)
    return body is not None and body.code in {named.code for named in rulebook.bodies}


def choice(unit: Organisation) -> Choice | None:
    """The unit with its road in words, None where no recommending body stands above it."""
    return _choice(organisations.road_of(unit))


def _choice(road: list[Organisation]) -> Choice | None:
    if road[-1].level != Level.BODY:
        return None
    above = [one.short_words for one in road[1:]]
    return Choice(
        unit=road[0],
        above=Text(" · ".join(one.zh for one in above), " · ".join(one.en for one in above)),
    )
