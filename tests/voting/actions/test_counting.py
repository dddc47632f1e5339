"""The official count, counted again by the verifier from the published files: bit for bit."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.kernel import canonical_json
from paike.voting.actions import ballot_logs, counting, inquiries, rulings
from paike.voting.models import Act, BallotLog, OfficialCount, Quarantine
from paike_verify import pack
from tests.factories import ballots, orgs, race
from tests.factories.published_log import published

NOW = race.NOW


@pytest.fixture
def call(db: None) -> Campaign:
    made = race.campaign()
    race.shortlist(made, works=9)
    ballots.open_vote(made, now=NOW)
    return made


def recounted(log: Path, place: Path) -> bytes:
    program = place / "paike-verify.pyz"
    program.write_bytes(pack.packed())
    command = [sys.executable, "-I", str(program), "recount", str(log)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_the_recount_is_the_official_count(
    call: Campaign, tmp_path: Path, settings: Settings
) -> None:
    settings.BALLOT_LOGS = tmp_path / "ballot-logs"
    works = list(Entry.objects.filter(campaign=call).order_by("number"))
    for number in range(40):
        ballots.cast(call, [works[(number + step) % 8] for step in range(5)], now=NOW)
    published(call, settings.BALLOT_LOGS, now=NOW)
    end = campaigns.rulebook_of(call).ballot.closes + timedelta(minutes=2)
    ballot_logs.close_due(now=end)
    published(call, settings.BALLOT_LOGS, now=end)
    [made] = counting.count_due(now=end)
    log = published(call, settings.BALLOT_LOGS, now=end)
    official = {key: value for key, value in made.body.items() if key != "at"}
    assert sum(official["counted"].values()) == 40 * 5
    assert recounted(log, tmp_path) == canonical_json.dumps(official) + b"\n"


WORKS = 9
LADDER = """sanctions = [
  { offence = 1, act = "pause-work", minutes = 60 },
  { offence = 2, act = "zero-votes" },
  { offence = 3, act = "disqualify" },
]"""
ONE_STEP = 'sanctions = [{ offence = 1, act = "void-ballots" }]'
HEARD = timedelta(hours=49)  # after that the entrant need not be waited for

# What becomes of ballots that belong together: nothing, set aside, and the ruling on that.
FATES = ("counted", "quarantined", "release", "void", "sanctioned")
groups = st.lists(
    st.tuples(st.integers(1, 2), st.sampled_from(FATES), st.booleans()), min_size=1, max_size=6
)


@pytest.mark.django_db
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # to shrink a whole vote takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(groups=[(1, "sanctioned", False)] * 2, leaves={7}, leave_late=True)  # votes set to zero
@example(
    groups=[(1, "sanctioned", late) for late in (False, False, True)],
    leaves=set(),
    leave_late=False,
)
@given(groups=groups, leaves=st.sets(st.integers(6, 9), max_size=2), leave_late=st.booleans())
def test_whatever_is_ruled_the_recount_is_the_official_count(
    tmp_path: Path,
    settings: Settings,
    groups: list[tuple[int, str, bool]],
    leaves: set[int],
    leave_late: bool,
) -> None:
    """Ballots set aside, released, void; works paused, zeroed, disqualified, withdrawn; before the
    close and after it."""
    settings.BALLOT_LOGS = tmp_path / uuid4().hex
    vote = Contested(settings.BALLOT_LOGS)
    if not leave_late:
        vote.leave(leaves)
    for first, fate, late in groups:
        vote.cast_twelve(first, fate, late=late)
    if leave_late:
        vote.leave(leaves)
    vote.now += inquiries.APART
    inquiries.ask_due(now=vote.now)
    vote.now += HEARD
    vote.rule(late=False)
    vote.close()
    vote.rule(late=True)  # a new count for each ruling
    log = published(vote.call, settings.BALLOT_LOGS, now=vote.now)
    official = OfficialCount.objects.filter(campaign=vote.call).latest("number").body
    wanted = {key: value for key, value in official.items() if key != "at"}
    assert recounted(log, tmp_path) == canonical_json.dumps(wanted) + b"\n"
    states = Counter({state: official[state] for state in ("quarantined", "released", "void")})
    assert states == vote.expected_states()
    assert official["accepted"] == 12 * len(groups)


class Contested:
    """A vote in which ballots are cast, set aside and ruled upon through the real actions."""

    def __init__(self, folder: Path) -> None:
        BallotLog.objects.update(published_at=None)  # earlier examples' lie in other folders
        slug = f"call-{uuid4().hex[:12]}"
        self.call = race.campaign(slug=slug, replace={ONE_STEP: LADDER})
        self.works = race.shortlist(self.call, works=WORKS)
        ballots.open_vote(self.call, now=NOW)
        self.people = orgs.organiser(), orgs.organiser()
        self.folder, self.now = folder, NOW
        self.waiting: list[tuple[Quarantine, str, bool]] = []

    def leave(self, numbers: set[int]) -> None:
        for number in numbers:
            race.withdraw(self.works[number - 1])
        if numbers:
            ballot_logs.restate_candidates(
                campaign_id=self.call.pk, reason="withdrawn", now=self.now
            )

    def cast_twelve(self, first: int, fate: str, *, late: bool) -> None:
        picks = [*range(first, 6), *range(1, first)]
        made = [ballots.taken(self.call, picks, now=self.now) for _ in range(12)]
        published(self.call, self.folder, now=self.now)
        if fate != "counted":
            found = ballots.set_aside(self.call, first, made, now=self.now)
            self.waiting.append((found, fate, late))
        self.now += timedelta(minutes=1)

    def rule(self, *, late: bool) -> None:
        for quarantine, fate, is_late in self.waiting:
            if fate == "quarantined" or is_late != late:
                continue
            ruling = rulings.propose(
                quarantine_id=quarantine.pk,
                act=Act.RELEASE if fate == "release" else Act.VOID,
                sanctioned=fate == "sanctioned",
                reason="同一脚本",
                by=self.people[0],
                now=self.now,
            )
            rulings.confirm(ruling_id=ruling.pk, by=self.people[1], now=self.now)

    def close(self) -> None:
        self.now = campaigns.rulebook_of(self.call).ballot.closes + timedelta(minutes=2)
        ballot_logs.close_due(now=self.now)
        published(self.call, self.folder, now=self.now)
        assert counting.count_due(now=self.now)

    def expected_states(self) -> Counter[str]:
        names = {"quarantined": "quarantined", "release": "released"}
        fates = [names.get(fate, "void") for _, fate, _ in self.waiting]
        return Counter(
            {state: 12 * fates.count(state) for state in ("quarantined", "released", "void")}
        )
