"""A juror's pile as pages show it: every work with its state, how far, what is next."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from paike.accounts.models import Account
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.parts import Words
from paike.jury.models import Seat
from paike.jury.queries import panels, seats, works
from paike.jury.rules import sheets
from paike.jury.rules.sheets import State
from paike.kernel.text import Text
from paike.media.models import RenditionKind
from paike.media.queries import renditions
from paike.web.shared import cards, gate, media_links

CHIPS = {
    State.TODO: cards.Chip(Text("未评", "To mark"), "neutral", "circle"),
    State.PARTIAL: cards.Chip(Text("未评完", "Incomplete"), "hint", "circle-dashed"),
    State.LATER: cards.Chip(Text("稍后再评", "For later"), "progress", "clock"),
    State.COMPLETE: cards.Chip(Text("已评", "Marked"), "good", "circle-check"),
    State.RECUSED: cards.Chip(Text("已回避", "Recused"), "neutral", "circle-slash"),
}
FILTERS = {
    "todo": (State.TODO, State.PARTIAL),
    "later": (State.LATER,),
    "done": (State.COMPLETE,),
    "recused": (State.RECUSED,),
}


@dataclass(frozen=True)
class Row:
    """One work on the pile."""

    work: works.Work
    theme: Words | None
    state: State
    total: str  # of a complete sheet
    poster: str

    @property
    def chip(self) -> cards.Chip:
        return CHIPS[self.state]


@dataclass(frozen=True)
class Pile:
    """All works of a seat."""

    seat: Seat
    rows: list[Row]
    progress: sheets.Progress

    def filtered(self, name: str) -> list[Row]:
        """The rows of a filter; all for a name that is none."""
        states = FILTERS.get(name)
        return [row for row in self.rows if states is None or row.state in states]

    def counts(self) -> dict[str, int]:
        return {name: len(self.filtered(name)) for name in FILTERS} | {"all": len(self.rows)}

    def neighbours(self, entry_id: UUID) -> tuple[UUID | None, UUID | None]:
        """The works before and after one."""
        ids = [row.work.id for row in self.rows]
        at = ids.index(entry_id)
        before = ids[at - 1] if at else None
        return before, ids[at + 1] if at + 1 < len(ids) else None

    def next_open(self, after: UUID | None = None) -> UUID | None:
        """The next work that still wants marks, from `after` on and round."""
        ids = [row.work.id for row in self.rows]
        at = ids.index(after) + 1 if after in ids else 0
        wanting = (State.TODO, State.PARTIAL, State.LATER)
        turned = [*self.rows[at:], *self.rows[:at]]
        return next((r.work.id for r in turned if r.state in wanting and r.work.id != after), None)


def of_juror(account: Account, panel_id: UUID) -> Pile:
    """The pile of the account's live seat, or the 404 page: who sits where is not for others."""
    seat = gate.find(seats.of_juror(panel_id=panel_id, account=account))
    criteria = panels.criteria_of(seat.panel)
    states = panels.states_of(seat, criteria=criteria)
    totals = _totals(seat, criteria)
    found = sorted(works.blind(seat.panel.campaign_id), key=lambda work: _place(seat, work.id))
    made = renditions.of(work.film.pk for work in found if work.film)
    themes = {t.key: t.name for t in campaigns.rulebook_of(seat.panel.campaign).themes}
    rows = [
        Row(
            work=work,
            theme=themes.get(work.theme),
            state=states.get(work.id, State.TODO),
            total=totals.get(work.id, ""),
            poster=media_links.poster(
                made[work.film.pk].get(RenditionKind.POSTER) if work.film else None
            ),
        )
        for work in found
    ]
    return Pile(seat, rows, sheets.progress([row.state for row in rows]))


def _place(seat: Seat, entry_id: UUID) -> bytes:
    """Where a work lies on this juror's pile: as good as shuffled, another way for every juror and
    always the same for one. The first and the last of a pile are marked otherwise than its middle,
    and numbers would tell who submitted early."""
    return hashlib.sha256(f"{seat.pk}/{entry_id}".encode()).digest()


def _totals(seat: Seat, criteria: tuple[str, ...]) -> dict[UUID, str]:
    found = {}
    for sheet in seat.sheets.all():
        marks = {mark.criterion: mark.tenths for mark in sheet.marks.all()}
        if all(criterion in marks for criterion in criteria):
            found[sheet.entry_id] = show_total(sum(marks[each] for each in criteria))
    return found


def show_total(tenths: int) -> str:
    """A sheet's total for people."""
    return sheets.show_mark(tenths)
