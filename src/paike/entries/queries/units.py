"""Units an entrant may choose: those at or below a recommending body."""

from dataclasses import dataclass

from django.db.models import Q

from paike.orgs.models import Level, Organisation
from paike.orgs.queries import organisations

MOST = 12


@dataclass(frozen=True)
class Choice:
    """A unit and the units above it up to its body, so that equal names can be told apart."""

    unit: Organisation
    above: str


def search(text: str) -> list[Choice]:
    """Units whose name, short name or code holds `text`; bodies first, short names first."""
    words = text.strip()
    if not words:
        return []
    found = (
        Organisation.objects.filter(
            Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__istartswith=words)
        )
        .exclude(level=Level.NATIONAL)
        .order_by("level", "position", "name")[: MOST * 2]
    )
    units = sorted(found, key=lambda one: (one.level != Level.BODY, len(one.name)))
    roads = organisations.roads_of(units)
    choices = [_choice(roads[unit.pk]) for unit in units]
    return [each for each in choices if each is not None][:MOST]


def choice(unit: Organisation) -> Choice | None:
    """The unit with its road in words, None where no recommending body stands above it."""
    return _choice(organisations.road_of(unit))


def _choice(road: list[Organisation]) -> Choice | None:
    if road[-1].level != Level.BODY:
        return None
    return Choice(unit=road[0], above=" · ".join(one.short_name for one in road[1:]))
