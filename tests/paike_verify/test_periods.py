"""A period has one name, the server's: by a second name a voter would have a second tag."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from paike.campaigns.rules.rulebook import BallotRule
from paike.voting.rules import grammar
from paike_verify import periods
from paike_verify.forms import Rule

pytestmark = pytest.mark.rules
ZONE = "Asia/Shanghai"
OPENS = datetime(2021, 7, 1, 10, tzinfo=ZoneInfo(ZONE))
CLOSES = OPENS + timedelta(days=2)


def both(period: str, minutes: int | None, opens: datetime = OPENS) -> tuple[BallotRule, Rule]:
    """One rule, for the server and for the verifier."""
    server = BallotRule.model_validate(
        {
            "identity": "account", "period": period, "period_minutes": minutes, "works_min": 1,
            "works_max": 5, "opens": opens, "closes": CLOSES, "counts": "live",
        }
    )  # fmt: skip
    return server, Rule(period, minutes or 1, 1, 1, 5, 1, opens, CLOSES, ZONE)


shapes = st.sampled_from([("once", None), ("day", None), ("minutes", 10), ("minutes", 37)])
begins = st.sampled_from([OPENS, OPENS + timedelta(seconds=30), OPENS + timedelta(minutes=7)])


@given(shapes, begins, st.integers(0, 2 * 24 * 3600))
def test_the_name_the_server_gives_is_known(
    shape: tuple[str, int | None], opens: datetime, after: int
) -> None:
    server, ours = both(*shape, opens=opens)
    now = min(opens + timedelta(seconds=after), CLOSES - timedelta(seconds=1)).astimezone(UTC)
    begin, end = periods.span(grammar.slot(server, now=now, zone=ZONE).name, ours)
    assert begin <= now.timestamp() < end


spellings = st.tuples(
    st.integers(0, 2 * 24 * 60),
    st.sampled_from(["minutes", "seconds", "milliseconds"]),
    st.sampled_from([ZONE, "UTC", "Asia/Tokyo", "Asia/Singapore"]),
    st.sampled_from(["as it is", "Z", "basic", "lower", "week"]),
)


@given(shapes, spellings)
@example(("minutes", 10), (0, "minutes", "UTC", "Z"))
@example(("minutes", 10), (0, "minutes", ZONE, "basic"))
@example(("day", None), (0, "minutes", ZONE, "week"))
def test_no_other_name_is(
    shape: tuple[str, int | None], spelling: tuple[int, str, str, str]
) -> None:
    after, spec, zone, style = spelling
    server, ours = both(*shape)
    moment = (OPENS + timedelta(minutes=after)).astimezone(ZoneInfo(zone))
    name = {
        "as it is": moment.isoformat(timespec=spec),
        "Z": moment.astimezone(UTC).isoformat(timespec=spec).replace("+00:00", "Z"),
        "basic": moment.strftime("%Y%m%dT%H%M%z"),
        "lower": moment.isoformat(timespec=spec).replace("T", "t"),
        "week": "{}-W{:02}-{}".format(*moment.isocalendar()),
    }[style]
    try:
        begin, _ = periods.span(name, ours)
    except periods.NoPeriod:
        return
    assert grammar.slot(server, now=datetime.fromtimestamp(begin, UTC), zone=ZONE).name == name
