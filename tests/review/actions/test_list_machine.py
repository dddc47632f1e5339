"""Whatever clerks and entrants do to a list, in any order, its rows say what a small model says."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from paike.entries.actions import withdrawals
from paike.entries.models import Entry
from paike.review.actions import recommendation_lists
from paike.review.queries import recommendation_lists as queries
from paike.review.rules.refusals import Refusal
from tests.factories import campaigns, orgs, review

MOST, LEAST = 5, 3
WORKS = st.integers(0, 7)


class ListMachine(RuleBasedStateMachine):
    """The model: two Python lists and a flag."""

    def __init__(self) -> None:
        super().__init__()
        self.campaign = campaigns.campaign(slug="party-stories-2021")
        self.body = orgs.body()
        self.works = [review.accepted(campaign=self.campaign, unit=self.body) for _ in range(8)]
        kept = queries.of_body(campaign_id=self.campaign.pk, body_id=self.body.pk)
        assert kept is not None
        self.kept = kept
        self.clerk = review.clerk_of(self.body)
        self.now = review.moment(self.campaign, "recommend")
        self.ranked: list[Entry] = []
        self.reserve: list[Entry] = []
        self.gone: list[Entry] = []
        self.submitted = False

    @rule(number=WORKS, reserve=st.booleans())
    def add(self, number: int, reserve: bool) -> None:
        work = self.works[number]
        row = self.reserve if reserve else self.ranked
        fits = reserve or len(self.ranked) < MOST
        free = work not in [*self.ranked, *self.reserve, *self.gone]
        may = free and fits and not self.submitted
        self._does(
            may,
            lambda: recommendation_lists.add(
                list_id=self.kept.pk, entry_id=work.pk, by=self.clerk, now=self.now, reserve=reserve
            ),
        )
        if may:
            row.append(work)

    @rule(number=WORKS)
    def remove(self, number: int) -> None:
        work = self.works[number]
        may = work in [*self.ranked, *self.reserve] and not self.submitted
        self._does(
            may,
            lambda: recommendation_lists.remove(
                list_id=self.kept.pk, entry_id=work.pk, by=self.clerk, now=self.now
            ),
        )
        if may:
            (self.ranked if work in self.ranked else self.reserve).remove(work)

    @rule(number=WORKS, place=st.integers(1, MOST))
    def put_at(self, number: int, place: int) -> None:
        work = self.works[number]
        from_reserve = work in self.reserve and len(self.ranked) < MOST
        may = (work in self.ranked or from_reserve) and not self.submitted
        self._does(
            may,
            lambda: recommendation_lists.move(
                list_id=self.kept.pk, entry_id=work.pk, by=self.clerk, now=self.now, to=place
            ),
        )
        if may:
            (self.ranked if work in self.ranked else self.reserve).remove(work)
            self.ranked.insert(place - 1, work)

    # Not before two: an early refusal teaches little, and a list should have grown when it closes.
    @precondition(lambda self: len(self.ranked) >= LEAST - 1)
    @rule()
    def submit(self) -> None:
        may = len(self.ranked) >= LEAST and not self.submitted
        self._does(
            may,
            lambda: recommendation_lists.submit(list_id=self.kept.pk, by=self.clerk, now=self.now),
        )
        self.submitted = self.submitted or may

    @rule(number=WORKS)
    def withdraw(self, number: int) -> None:
        work = self.works[number]
        if work in self.gone:
            return
        withdrawals.withdraw(entry=work, by=work.owner, now=self.now)
        self.gone.append(work)
        if work in self.reserve:
            self.reserve.remove(work)
        elif work in self.ranked:
            self.ranked.remove(work)
            if self.submitted and self.reserve:
                self.ranked.append(self.reserve.pop(0))

    @invariant()
    def rows_say_what_the_model_says(self) -> None:
        ranking = queries.ranking_of(self.kept)
        assert ranking.ranked == tuple(work.pk for work in self.ranked)
        assert ranking.reserve == tuple(work.pk for work in self.reserve)
        rows = list(queries.live(self.kept.pk))
        assert [row.rank for row in rows if row.rank] == list(range(1, len(self.ranked) + 1))

    @staticmethod
    def _does(may: bool, act: Callable[[], object]) -> None:
        if may:
            act()
        else:
            with pytest.raises(Refusal):
                act()


class Fresh(ListMachine):
    """Each example in a transaction of its own that is taken back at its end."""

    def __init__(self) -> None:
        self.space = transaction.atomic()
        self.space.__enter__()
        super().__init__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.space.__exit__(None, None, None)


@pytest.mark.django_db
def test_the_list_behaves_like_its_model() -> None:
    run_state_machine_as_test(
        Fresh,
        settings=settings(
            max_examples=8,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
