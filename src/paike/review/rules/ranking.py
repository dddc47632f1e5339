"""A body's list as a value: ranked places 1..`most`, then a reserve in order.

Places have no gaps: a work that leaves makes those behind it move up by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from paike.kernel.text import Text
from paike.review.rules.refusals import Refusal


class OverQuota(Refusal):
    """All ranked places are taken."""


class AlreadyListed(Refusal):
    """The work stands on the list already."""


class NotListed(Refusal):
    """The work does not stand on the list."""


class TooFew(Refusal):
    """Fewer works than the least that a body recommends."""


@dataclass(frozen=True)
class Ranking:
    """`ranked` holds places 1..len, `reserve` those who follow when one leaves."""

    least: int
    most: int
    ranked: tuple[UUID, ...] = ()
    reserve: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        if len(self.ranked) > self.most:
            raise OverQuota(_over(self.most))

    def __contains__(self, entry_id: UUID) -> bool:
        return entry_id in self.ranked or entry_id in self.reserve

    @property
    def free(self) -> int:
        """Ranked places still empty."""
        return self.most - len(self.ranked)

    @property
    def missing(self) -> int:
        """Works still missing before the list may be submitted."""
        return max(self.least - len(self.ranked), 0)

    def places(self) -> dict[UUID, tuple[int | None, int | None]]:
        """entry id -> (ranked place, place in the reserve), one of the two None."""
        found: dict[UUID, tuple[int | None, int | None]] = {}
        for at, entry_id in enumerate(self.ranked, start=1):
            found[entry_id] = (at, None)
        for at, entry_id in enumerate(self.reserve, start=1):
            found[entry_id] = (None, at)
        return found

    def add(self, entry_id: UUID) -> "Ranking":
        """On the first empty ranked place. Raises OverQuota, AlreadyListed."""
        self._is_new(entry_id)
        if not self.free:
            raise OverQuota(_over(self.most))
        return replace(self, ranked=(*self.ranked, entry_id))

    def add_to_reserve(self, entry_id: UUID) -> "Ranking":
        """At the end of the reserve. Raises AlreadyListed."""
        self._is_new(entry_id)
        return replace(self, reserve=(*self.reserve, entry_id))

    def remove(self, entry_id: UUID) -> "Ranking":
        """Without the work; those behind it move up. Raises NotListed."""
        self._is_listed(entry_id)
        return replace(
            self,
            ranked=_without(self.ranked, entry_id),
            reserve=_without(self.reserve, entry_id),
        )

    def put_at(self, entry_id: UUID, place: int) -> "Ranking":
        """On ranked place `place` (1 is the first; beyond the last means the last).

        A work from the reserve needs an empty place. Raises NotListed, OverQuota.
        """
        without = self.remove(entry_id)
        if len(without.ranked) >= self.most:
            raise OverQuota(_over(self.most))
        at = min(max(place, 1) - 1, len(without.ranked))
        moved = (*without.ranked[:at], entry_id, *without.ranked[at:])
        return replace(without, ranked=moved)

    def put_in_reserve(self, entry_id: UUID, place: int | None = None) -> "Ranking":
        """On place `place` of the reserve, by default its end. Raises NotListed."""
        without = self.remove(entry_id)
        at = len(without.reserve) if place is None else min(max(place, 1) - 1, len(without.reserve))
        moved = (*without.reserve[:at], entry_id, *without.reserve[at:])
        return replace(without, reserve=moved)

    def up(self, entry_id: UUID) -> "Ranking":
        """One place better; the best of the reserve goes on to an empty ranked place."""
        self._is_listed(entry_id)
        if entry_id in self.ranked:
            return self.put_at(entry_id, self.ranked.index(entry_id))
        at = self.reserve.index(entry_id)
        return self.put_in_reserve(entry_id, at) if at else self.put_at(entry_id, self.most)

    def down(self, entry_id: UUID) -> "Ranking":
        """One place worse; the last ranked work goes to the head of the reserve."""
        self._is_listed(entry_id)
        if entry_id in self.reserve:
            return self.put_in_reserve(entry_id, self.reserve.index(entry_id) + 2)
        at = self.ranked.index(entry_id)
        if at == len(self.ranked) - 1:
            return self.put_in_reserve(entry_id, 1)
        return self.put_at(entry_id, at + 2)

    def check_complete(self) -> None:
        """Raises TooFew when the list may not be submitted yet."""
        if self.missing:
            raise TooFew(
                Text(
                    zh="名单上有 {have} 部作品，至少需要 {least} 部。请再选 {missing} 部后提交。",
                    en="The list has {have} of at least {least} works. Choose {missing} more, then submit.",
                ).fill(have=len(self.ranked), least=self.least, missing=self.missing)
            )

    def _is_new(self, entry_id: UUID) -> None:
        if entry_id in self:
            raise AlreadyListed(
                Text(zh="这部作品已经在名单上了。", en="This work is on the list already.")
            )

    def _is_listed(self, entry_id: UUID) -> None:
        if entry_id not in self:
            raise NotListed(
                Text(
                    zh="这部作品不在名单上，可能刚被移出。请刷新后再看。",
                    en="This work is not on the list; it may just have been removed. Reload to see.",
                )
            )


def replace_leaver(ranking: Ranking, entry_id: UUID) -> tuple[Ranking, UUID | None]:
    """A work leaves a submitted list: those behind it move up, and when a ranked place becomes
    empty the first of the reserve takes the last one. Returns the list and the one that moved up.
    """
    left_a_place = entry_id in ranking.ranked
    shorter = ranking.remove(entry_id)
    if not left_a_place or not shorter.reserve:
        return shorter, None
    follower = shorter.reserve[0]
    return shorter.put_at(follower, shorter.most), follower


def _without(row: Sequence[UUID], entry_id: UUID) -> tuple[UUID, ...]:
    return tuple(one for one in row if one != entry_id)


def _over(most: int) -> Text:
    return Text(
        zh="推荐名额 {most} 个已满。请先移出一部，或把这部列为候补。",
        en="All {most} places are taken. Remove a work first, or put this one in the reserve.",
    ).fill(most=most)
