from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paike.campaigns.rules.rulebook import BallotRule
from paike.voting.rules import grammar

pytestmark = pytest.mark.rules

SHANGHAI = "Asia/Shanghai"
OPENS = datetime(2021, 7, 1, 10, tzinfo=ZoneInfo(SHANGHAI))


def rule(**changes: object) -> BallotRule:
    values: dict[str, object] = {
        "identity": "account",
        "period": "day",
        "works_min": 5,
        "works_max": 5,
        "opens": OPENS,
        "closes": OPENS + timedelta(days=7),
        "counts": "frozen-last-day",
    }
    return BallotRule.model_validate(values | changes)


def keys(picks: str, ballot_rule: BallotRule, already: dict[str, int] | None = None) -> list[str]:
    found = grammar.faults(
        [ord(work) for work in picks],
        rule=ballot_rule,
        candidates=set(b"abcdefgh"),
        already={ord(work): times for work, times in (already or {}).items()},
    )
    return [fault.key for fault in found]


def test_exactly_five_different_works() -> None:
    assert keys("abcde", rule()) == []
    assert keys("abcd", rule()) == ["not-exactly"]
    assert keys("abcdef", rule()) == ["not-exactly"]
    assert keys("aabcd", rule()) == ["too-often"]
    assert keys("abcdx", rule()) == ["not-a-candidate"]


def test_the_2025_call_one_vote_per_work_and_day() -> None:
    five_votes = rule(works_min=1, works_max=1, ballots_per_period=5)
    assert keys("a", five_votes, {"b": 1}) == []
    assert keys("a", five_votes, {"a": 1}) == ["too-often"]


def test_the_wuhan_gala_repeats_allowed() -> None:
    gala = rule(works_min=1, works_max=5, per_work_max=5)
    assert keys("aaaaa", gala) == []
    assert keys("aaaaab", gala) == ["too-many"]
    assert keys("", gala) == ["too-few"]


def test_every_fault_is_told_in_both_languages() -> None:
    for fault in grammar.faults([1, 1, 9], rule=rule(), candidates={1}, already={}):
        assert fault.text.zh
        assert fault.text.en
        assert "{" not in fault.text.zh + fault.text.en


def test_days_turn_at_midnight_of_the_calls_zone() -> None:
    before = datetime(2021, 7, 2, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai
    assert grammar.slot(rule(), now=before, zone=SHANGHAI).name == "2021-07-02"
    after = grammar.slot(rule(), now=before + timedelta(seconds=1), zone=SHANGHAI)
    assert after.name == "2021-07-03"
    assert after.next_at == datetime(2021, 7, 3, 16, tzinfo=UTC)


def test_nothing_comes_next_on_the_last_day() -> None:
    last = grammar.slot(rule(), now=OPENS + timedelta(days=6, hours=20), zone=SHANGHAI)
    assert last.next_at is None


def test_once_means_once() -> None:
    assert grammar.slot(rule(period="once"), now=OPENS, zone=SHANGHAI) == grammar.Slot("once", None)


@given(
    st.integers(1, 24 * 60), st.integers(0, 7 * 24 * 3600 - 1), st.integers(0, 7 * 24 * 3600 - 1)
)
def test_spans_of_minutes_part_the_vote(minutes: int, one: int, other: int) -> None:
    spans = rule(period="minutes", period_minutes=minutes)
    first, second = (OPENS + timedelta(seconds=at) for at in (one, other))
    same = one // (60 * minutes) == other // (60 * minutes)
    slots = [grammar.slot(spans, now=now, zone=SHANGHAI) for now in (first, second)]
    assert (slots[0].name == slots[1].name) == same
    assert all(len(slot.name) <= 32 for slot in slots)
    for slot, now in zip(slots, (first, second), strict=True):
        assert slot.next_at is None or now < slot.next_at <= now + timedelta(minutes=minutes)
        assert slot == replace(slot)


@given(st.lists(st.integers(1, 7), max_size=8))
def test_a_valid_ballot_has_the_invariant(picks: list[int]) -> None:
    """Valid exactly when it names five different works that stand for the vote."""
    valid = len(picks) == 5 and len(set(picks)) == 5 and set(picks) <= {1, 2, 3, 4, 5, 6}
    found = grammar.faults(picks, rule=rule(), candidates={1, 2, 3, 4, 5, 6})
    assert (found == []) == valid
