"""The tree, read. A road or a branch is one recursive statement along the parent index: the cost
is the branch's, not the whole tree's."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from paike.orgs.models import Level, Organisation
from paike.orgs.rules import planting

_UP = """
WITH RECURSIVE road (start, id, parent_id, step) AS (
    SELECT id, id, parent_id, 0 FROM orgs_organisation WHERE id = ANY(%s)
    UNION ALL
    SELECT road.start, above.id, above.parent_id, road.step + 1
    FROM orgs_organisation above JOIN road ON above.id = road.parent_id
)
SELECT start, id FROM road ORDER BY start, step
"""
_DOWN = """
WITH RECURSIVE branch (id) AS (
    SELECT id FROM orgs_organisation WHERE id = ANY(%s)
    UNION ALL
    SELECT below.id FROM orgs_organisation below JOIN branch ON below.parent_id = branch.id
)
SELECT id FROM branch
"""


def by_id(organisation_id: UUID) -> Organisation | None:
    found: Organisation | None = Organisation.objects.filter(pk=organisation_id).first()
    return found


def by_code(code: str) -> Organisation | None:
    found: Organisation | None = Organisation.objects.filter(code=code).first()
    return found


def root() -> Organisation | None:
    """The national unit of which all others are part."""
    return by_code(planting.ROOT)


def undertaker() -> Organisation | None:
    """The unit that runs the call day by day; individual works go to its desk."""
    return by_code(planting.UNDERTAKER)


def bodies(call: planting.Call) -> list[Organisation]:
    """The recommending bodies that a rulebook names, in its order. The tree may hold those of
    other calls beside them."""
    order = {body.code: place for place, body in enumerate(call.bodies)}
    found = Organisation.objects.filter(level=Level.BODY, code__in=order)
    return sorted(found, key=lambda body: order[body.code])


def foreign_bodies(call: planting.Call) -> list[UUID]:
    """Bodies of other calls that share the tree."""
    named = [body.code for body in call.bodies]
    found = Organisation.objects.filter(level=Level.BODY).exclude(code__in=named)
    return list(found.values_list("pk", flat=True))


def line_of(unit: Organisation) -> list[Organisation]:
    """The unit, its parent, and so on up to the root."""
    return _lines_of([unit.pk])[unit.pk]


def _lines_of(units: list[UUID]) -> dict[UUID, list[Organisation]]:
    with connection.cursor() as cursor:
        cursor.execute(_UP, [units])
        steps: list[tuple[UUID, UUID]] = cursor.fetchall()
    found = Organisation.objects.in_bulk({one for _, one in steps})
    lines: dict[UUID, list[Organisation]] = {start: [] for start in units}
    for start, one in steps:
        lines[start].append(found[one])
    return lines


def road_of(unit: Organisation) -> list[Organisation]:
    """The units a work of `unit` climbs: the unit first, its recommending body last. A unit that
    stands under no body has a road of itself alone."""
    return _road(line_of(unit))


def roads_of(units: Iterable[Organisation]) -> dict[UUID, list[Organisation]]:
    """unit id -> its road; two queries however many there are."""
    lines = _lines_of([unit.pk for unit in units])
    return {start: _road(line) for start, line in lines.items()}


def _road(line: list[Organisation]) -> list[Organisation]:
    """Of a line up to the root, what a work climbs."""
    top = next((place for place, unit in enumerate(line) if unit.level == Level.BODY), 0)
    return line[: top + 1]


def body_of(unit: Organisation) -> Organisation | None:
    """The recommending body that `unit` is or belongs to."""
    last = road_of(unit)[-1]
    return last if last.level == Level.BODY else None


def branch_ids(unit: Organisation) -> set[UUID]:
    """The unit and all below it."""
    return branches_ids([unit.pk])


def branches_ids(units: list[UUID]) -> set[UUID]:
    """The units of these ids and all below them."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWN, [units])
        return {row[0] for row in cursor.fetchall()}


def children(unit: Organisation) -> QuerySet[Organisation]:
    """The units right below, in their order."""
    below: QuerySet[Organisation] = Organisation.objects.filter(parent=unit)
    return below.order_by("position", "code")
