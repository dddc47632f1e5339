"""The tables of the vote."""

from paike.voting.models.ballots import Ballot, Pending
from paike.voting.models.challenges import SpentChallenge
from paike.voting.models.log import BallotLog, LogEntry, Snapshot, Statement
from paike.voting.models.standing import (
    Act,
    DetectionRun,
    Explanation,
    Finding,
    Inquiry,
    MobilisationWindow,
    OfficialCount,
    Quarantine,
    QuarantinedBallot,
    Ruling,
    Sanction,
)

__all__ = [
    "Act",
    "Ballot",
    "BallotLog",
    "DetectionRun",
    "Explanation",
    "Finding",
    "Inquiry",
    "LogEntry",
    "MobilisationWindow",
    "OfficialCount",
    "Pending",
    "Quarantine",
    "QuarantinedBallot",
    "Ruling",
    "Sanction",
    "Snapshot",
    "SpentChallenge",
    "Statement",
]
