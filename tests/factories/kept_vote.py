"""A whole vote that really ran, as anybody can keep it: the published log half-way and at its end,
the computation of the result, a voter's receipt, what a witness has on a stick."""

import json
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from paike.awards.actions import results
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.jury.actions import panels, seats
from paike.kernel import canonical_json
from paike.voting.actions import explanations, rulings, sequencing
from paike.voting.actions.batches import Taken
from paike.voting.adapters import witnesses
from paike.voting.models import Act, Ballot, BallotLog, LogEntry
from paike.voting.queries import contests
from paike.voting.queries import published as published_files
from paike.voting.rules.ballot_log import notes
from paike.web.intake import receipts
from paike.web.intake.desks import Desk
from paike_verify import witness as stick
from paike_verify.files import Folder
from paike_verify.notes import parse_key
from tests.factories import ballots, orgs, race
from tests.factories.published_log import published

WITNESS = "example.org/witness"
CROWD = 12
FIRST, SECOND = 300, 230  # ballots before and after the figures that are shown half-way
LOG, RUNNING, COMPUTATION, RECEIPT, STICK = (
    "ballot-log", "running", "computation.json", "receipt.json", "stick",
)  # fmt: skip


@dataclass(frozen=True)
class KeptVote:
    """`folder` holds the five places above; `key` and `witness` are verifier keys."""

    folder: Path
    key: str
    witness: str


def kept(folder: Path, *, logs: Path) -> KeptVote:
    """Run a vote from its opening to the published result. `logs` is where the server keeps logs."""
    vote = _Vote(folder, logs)
    vote.first_days()
    vote.is_witnessed(vote.stick)
    vote.goes_on()
    vote.ends()
    return KeptVote(folder, vote.vkey, str(vote.stick.key))


class _Vote:
    def __init__(self, folder: Path, logs: Path) -> None:
        self.folder, self.logs, self.now = folder, logs, race.NOW
        self.call: Campaign = race.campaign()
        body = orgs.body("GD")
        self.works: list[Entry] = race.shortlist(self.call, works=8, unit=orgs.unit(parent=body))
        race.recommend(self.call, body=body, entries=self.works[:4])
        self.panel = race.panel(self.call)
        self.seats = [race.seat(self.panel) for _ in range(3)]
        for seat, tenths in zip(self.seats, (100, 120, 125), strict=True):
            race.fill(seat, self.works, tenths=tenths)
        self.people = orgs.organiser(), orgs.organiser()
        ballots.open_vote(self.call, now=self.now)
        self.stick = stick.new(folder / STICK, WITNESS)

    @property
    def log(self) -> BallotLog:
        return BallotLog.objects.get(campaign=self.call)

    @property
    def vkey(self) -> str:
        return notes.verifier_key(self.log.origin, bytes(self.log.public_key))

    def publish(self) -> Path:
        return published(self.call, self.logs, now=self.now)

    def cast(self, number: int) -> list[Ballot]:
        return [
            ballots.taken(
                self.call, [self.works[(n + step) % 8] for step in range(5)], now=self.now
            )
            for n in range(number)
        ]

    def first_days(self) -> None:
        """Two crowds are set aside; one turns out to be honest."""
        for work, act in ((1, Act.VOID), (2, Act.RELEASE)):
            crowd = [
                ballots.taken(self.call, [work, *range(3, 7)], now=self.now) for _ in range(CROWD)
            ]
            ballots.sequence(self.call)
            found = ballots.set_aside(self.call, work, crowd, now=self.now)
            explanations.answer(
                quarantine_id=found.pk, by=found.entry.owner, text="不知情", now=self.now
            )
            made = rulings.propose(
                quarantine_id=found.pk, act=act, sanctioned=False, reason="同一脚本",
                by=self.people[0], now=self.now,
            )  # fmt: skip
            rulings.confirm(ruling_id=made.pk, by=self.people[1], now=self.now)
        self.mine = self.cast(FIRST)[7]
        self.receipt = self._receipt(self.mine)
        self.publish()
        sequencing.keep_snapshots(now=self.now)

    def is_witnessed(self, state: stick.State) -> None:
        key = parse_key(self.vkey)
        signed = stick.look(state, Folder(self.publish()), key=key, now=int(self.now.timestamp()))
        witness = notes.parse_key(str(self.stick.key))
        witnesses.accept(signed, witness=witness, folder=self.logs)

    def goes_on(self) -> None:
        """Ballots that are committed to and can't be read yet."""
        self.now += timedelta(minutes=3)
        self.cast(SECOND)
        self._keep(RUNNING)

    def ends(self) -> None:
        self.now = race.after_the_vote(self.call)
        ballots.close_vote(self.call, now=self.now)
        with TemporaryDirectory() as place:  # what is kept of the witness is its look half-way
            later = shutil.copytree(self.folder / STICK, Path(place) / STICK)
            self.is_witnessed(stick.State(later))
        for seat in self.seats[:2]:
            assert seat.account
            seats.seal(seat_id=seat.pk, by=seat.account, now=self.now)
        panels.close(
            panel_id=self.panel.pk, reason="一位评委未封卷", by=self.people[0], now=self.now
        )
        result = results.publish(campaign_id=self.call.pk, by=self.people[0], now=self.now)
        self._keep(LOG)
        (self.folder / COMPUTATION).write_bytes(canonical_json.dumps(result.computation))
        index = LogEntry.objects.get(ballot=self.mine).index
        whole = self.receipt | {"proof": published_files.proof(self.call.slug, index)}
        (self.folder / RECEIPT).write_bytes(canonical_json.dumps(whole))

    def _keep(self, name: str) -> None:
        """The files that are public, as they are downloaded."""
        self.publish()
        for path, data in published_files.files(self.call.slug):
            place = self.folder / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    def _receipt(self, ballot: Ballot) -> dict[str, Any]:
        """What the intake answered its voter."""
        contest = contests.of_campaign(self.call.pk, now=self.now)
        assert contest is not None
        assert contest.keys is not None
        answer = receipts.known(
            Desk(contest, contest.keys),
            voter=bytes(ballot.voter),
            key=ballot.key.bytes,
            taken=Taken(ballot.pk, bytes(ballot.entry), ballot.period, ballot.works),
        )
        said: dict[str, Any] = json.loads(answer.body)
        return said
