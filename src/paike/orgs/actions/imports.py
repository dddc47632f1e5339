"""Load a list of units into the tree: all of it or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Value
from django.db.models.functions import Concat

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.kernel import ids
from paike.orgs import access
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import memberships, organisations
from paike.orgs.rules import grafting, listing, planting
from paike.orgs.rules.listing import Row, RowFault

_BATCH = 2000


@dataclass(frozen=True)
class ImportReport:
    """What an import did. With faults it did nothing."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: tuple[RowFault, ...] = ()

    @property
    def done(self) -> bool:
        return not self.faults


@transaction.atomic
def load(*, data: bytes, by: Account | None, now: datetime) -> ImportReport:
    """Read a CSV and plant its units. Listing a unit again updates its names. Organisers (and the
    command line: `by` is None) plant anywhere, clerks below their own units."""
    list(
        Organisation.objects.select_for_update(no_key=True).filter(code=planting.ROOT)
    )  # one at a time
    read = listing.read(data)
    known = _known()
    plan = grafting.plan(read.rows, known, permitted=_permitted(by))
    faults = tuple(
        sorted((*read.faults, *_not_echoes(read, plan, known)), key=lambda one: one.line)
    )
    if faults:
        return ImportReport(faults=faults)
    _plant(plan.new, now)
    _rename(plan.changed)
    report = ImportReport(len(plan.new), len(plan.changed), plan.unchanged)
    _record(report, by=by, now=now)
    return report


def _not_echoes(
    read: listing.Listing, plan: grafting.Plan, known: Mapping[str, grafting.Known]
) -> Sequence[RowFault]:
    """The plan's faults, without those that only repeat that a row above could not be read: a
    parent that is nowhere may be one that was mistyped there."""
    if not read.unread:
        return plan.faults
    read_codes = {row.code for row in read.rows}
    orphans = {
        row.line
        for row in read.rows
        if row.parent not in read_codes
        and row.parent not in known
        and (row.parent in read.unread or "" in read.unread)
    }
    return [fault for fault in plan.faults if fault.line not in orphans]


def _known() -> dict[str, grafting.Known]:
    rows = Organisation.objects.values_list(
        "code", "parent__code", "name", "short_name", "name_en", "level"
    )
    return {
        code: grafting.Known(parent or "", name, short_name, name_en, level)
        for code, parent, name, short_name, name_en, level in rows
    }


def _permitted(by: Account | None) -> set[str] | None:
    if by is None or access.is_organiser(by):
        return None
    own = [
        membership.organisation_id
        for membership in memberships.live(account=by)
        if membership.role == Role.CLERK
    ]
    branch = organisations.branches_ids(own)
    return set(Organisation.objects.filter(pk__in=branch).values_list("code", flat=True))


def _plant(rows: Sequence[Row], now: datetime) -> None:
    new = {row.code: ids.new_id() for row in rows}
    parents = {row.parent for row in rows} - set(new)
    old = Organisation.objects.filter(code__in=parents)
    positions: Counter[UUID] = Counter()
    places = dict(new)
    for code, pk, below in old.annotate(below=Count("children")).values_list("code", "pk", "below"):
        places[code] = pk
        positions[pk] = below
    units = []
    for row in rows:
        parent = places[row.parent]
        positions[parent] += 1
        units.append(
            Organisation(
                id=new[row.code],
                parent_id=parent,
                code=row.code,
                name=row.name,
                short_name=row.short_name,
                name_en=row.name_en,
                level=row.level,
                position=positions[parent],
                created_at=now,
            )
        )
    # Foreign keys are checked at the end of the transaction: a child may come before its parent.
    Organisation.objects.bulk_create(units, batch_size=_BATCH)


def _rename(rows: Sequence[Row]) -> None:
    wanted = {row.code: row for row in rows}
    units = list(Organisation.objects.filter(code__in=wanted))
    # Two siblings may exchange their names: first all are out of the way.
    Organisation.objects.filter(code__in=wanted).update(name=Concat(Value("~"), F("code")))
    for unit in units:
        row = wanted[unit.code]
        unit.name, unit.short_name = row.name, row.short_name
        unit.name_en = row.name_en or unit.name_en
    Organisation.objects.bulk_update(units, ["name", "short_name", "name_en"], batch_size=_BATCH)


def _record(report: ImportReport, *, by: Account | None, now: datetime) -> None:
    records.write(
        now=now,
        act="organisations.imported",
        thing="organisation",
        thing_id=planting.ROOT,
        audience=Audience.STAFF,
        actor=by,
        details={
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
        },
    )
