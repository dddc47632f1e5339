"""Setting ballots aside: a row for each, an entry in the log, a letter to the entrant."""

import hashlib
from collections import Counter
from datetime import datetime

import numpy as np
from django.db import transaction

from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns.rules.rulebook import Detection
from paike.kernel import canonical_json
from paike.voting.actions import inquiries, statements
from paike.voting.models import DetectionRun, Quarantine, QuarantinedBallot
from paike.voting.queries import method
from paike.voting.queries.detection_inputs import Loaded
from paike.voting.rules import evidence
from paike.voting.rules.detection.contest import Ints
from paike.voting.rules.detection.suspicion import Suspicion

LEAST = 10  # ballots; fewer are not worth two people's time, nor a word to the entrant


@transaction.atomic
def set_aside(
    *, run: DetectionRun, loaded: Loaded, suspicion: Suspicion, rule: Detection, now: datetime
) -> Quarantine | None:
    """Quarantine the ballots of a suspicion that were never set aside before. None: too few."""
    work = loaded.number(suspicion.work)
    entry_id = loaded.entries.get(work)
    rows = _new(loaded, suspicion.rows)
    if entry_id is None or len(rows) < LEAST:
        return None
    file = canonical_json.dumps(
        evidence.of(
            work=work,
            ballots=len(rows),
            findings=suspicion.findings,
            thresholds=rule.model_dump(mode="json"),
        )
    )
    made = Quarantine.objects.create(
        campaign_id=run.campaign_id,
        run=run,
        entry_id=entry_id,
        work=work,
        detectors=list(suspicion.detectors),
        ballots=len(rows),
        votes=_votes(loaded, rows),
        evidence=file.decode(),
        evidence_sha256=hashlib.sha256(file).hexdigest(),
        at=now,
    )
    QuarantinedBallot.objects.bulk_create(
        (
            QuarantinedBallot(ballot_id=int(ballot), quarantine=made)
            for ballot in loaded.ballots.ids[rows]
        ),
        batch_size=5_000,
    )
    _state(made, loaded.ballots.indexes[rows], now)
    records.write(
        now=now,
        act="ballots.quarantined",
        thing="quarantine",
        thing_id=made.pk,
        audience=Audience.CONCERNED,
        campaign_id=run.campaign_id,
        entry_id=entry_id,
        details={"ballots": made.ballots, "detectors": made.detectors},
    )
    inquiries.ask(entry_id=entry_id, now=now)
    return made


def _new(loaded: Loaded, rows: Ints) -> Ints:
    ids = loaded.ballots.ids[rows]
    known = QuarantinedBallot.objects.filter(ballot_id__in=ids.tolist())
    taken = np.array(list(known.values_list("ballot_id", flat=True)), dtype=np.int64)
    return rows[~np.isin(ids, taken)]


def _votes(loaded: Loaded, rows: Ints) -> dict[str, int]:
    """What every work loses: one for each time a ballot names it."""
    picks = loaded.ballots.columns.picks[rows]
    votes = Counter(loaded.ballots.numbers[picks[picks >= 0]].tolist())
    return {str(number): many for number, many in sorted(votes.items())}


def _state(made: Quarantine, indexes: Ints, now: datetime) -> None:
    pieces = list(evidence.parts(evidence.ranges(indexes.tolist())))
    for part, piece in enumerate(pieces, start=1):
        body = {
            "id": str(made.pk),
            "work": made.work,
            "rules": made.detectors,
            "evidence": made.evidence_sha256,
            "ballots": piece,
            "part": part,
            "parts": len(pieces),
            "method": method.digest(),
            "at": statements.moment(now),
        }
        statements.put(campaign_id=made.campaign_id, kind="quarantine", body=body, now=now)
