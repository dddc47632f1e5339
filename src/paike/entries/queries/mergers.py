"""Which other units sent a work that goes on as one."""

from collections.abc import Iterable
from uuid import UUID

from paike.entries.models import Entry, Merger
from paike.entries.rules import titles


def also_from(entry_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """entry id -> names of the units whose works were merged into it, also by way of a third, in the
    order in which that happened. Entries without any are missing."""
    stays = {one: one for one in entry_ids}  # each work that leads to one of them -> that one
    rows: list[tuple[UUID, Merger]] = []
    asked = set(stays)
    while asked:
        found = Merger.objects.filter(into_id__in=asked).select_related("entry__unit")
        asked = set()
        for merger in found.order_by("at", "pk"):
            if merger.entry_id not in stays:
                stays[merger.entry_id] = stays[merger.into_id]
                rows.append((stays[merger.into_id], merger))
                asked.add(merger.entry_id)
    named: dict[UUID, list[str]] = {}
    for kept, merger in sorted(rows, key=lambda row: row[1].at):
        name = _unit_of(merger.entry)
        if name and name not in named.setdefault(kept, []):
            named[kept].append(name)
    return named


def credited(entry_credits: dict[UUID, str]) -> dict[UUID, str]:
    """entry id -> its credit, with the units that sent the same work."""
    also = also_from(entry_credits)
    return {
        entry: titles.credited(credit, also.get(entry, ()))
        for entry, credit in entry_credits.items()
    }


def _unit_of(entry: Entry) -> str:
    return entry.unit.name if entry.unit is not None else entry.workplace
