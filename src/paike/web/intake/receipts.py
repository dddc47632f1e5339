"""The answers to a batch: a promise signed once, and for each ballot the receipt that holds it."""

import json
from collections.abc import Sequence

from paike.kernel.text import Text
from paike.voting.actions import batches
from paike.voting.actions.batches import Cast, Outcome, Taken
from paike.voting.rules import receipts, secrets
from paike.voting.rules.ballot_log import leaves, promises
from paike.web.intake import texts
from paike.web.intake.answers import NO_STORE, Answer, encode, refusal
from paike.web.intake.desks import Desk

HALTED = 30  # seconds until a voter asks again whether a halted log goes on
_AGAIN = b',"again":true}'


def answers(desk: Desk, casts: Sequence[Cast], outcomes: Sequence[Outcome]) -> list[Answer]:
    """What each of a batch's ballots is told, in its order."""
    taken = [outcome.entry for outcome in outcomes if isinstance(outcome, Taken)]
    promised = (
        promises.promise(
            taken,
            origin=desk.contest.origin,
            public_key=desk.contest.public_key,
            sign=desk.sign,
        )
        if taken
        else None
    )
    paths = promised.paths() if promised else []
    note = json.dumps(promised.note).encode() if promised else b""
    made, place = [], 0
    for cast, outcome in zip(casts, outcomes, strict=True):
        if not isinstance(outcome, Taken):
            made.append(_refused(desk, cast, outcome))
            continue
        promise = b'{"note":%b,"index":%d,"size":%d,"path":%b}' % (
            note,
            place,
            len(taken),
            paths[place],
        )
        made.append(_receipt(desk, cast, outcome, promise))
        place += 1
    return made


def again(answer: Answer) -> Answer:
    """The same receipt for the second sending of one ballot."""
    if answer.status != 201:
        return answer
    return Answer(200, answer.body[:-1] + _AGAIN, answer.headers)


def known(desk: Desk, *, voter: bytes, key: bytes, taken: Taken) -> Answer:
    """The receipt of a ballot of some time ago."""
    salt = secrets.salt(desk.secret, key)
    cast = Cast(voter, key, "", (), b"", 0, b"", None, None, None, "", salt)
    return answers(desk, [cast], [taken])[0]


def _receipt(desk: Desk, cast: Cast, taken: Taken, promise: bytes) -> Answer:
    body = (b'%b%b","entry":"%b","salt":"%b","voter":"%b","promise":%b,"proof":null%b') % (
        desk.head,
        receipts.code(taken.number, key=desk.receipts).encode(),
        taken.entry.replace(b'"', b'\\"'),
        leaves.sixteen(cast.salt),
        leaves.sixteen(cast.voter),
        promise,
        _AGAIN if taken.again else b"}",
    )
    return Answer(200 if taken.again else 201, body, NO_STORE)


def _refused(desk: Desk, cast: Cast, outcome: Outcome) -> Answer:
    if isinstance(outcome, batches.Faulty):
        return invalid([(fault.key, fault.text) for fault in outcome.faults])
    if isinstance(outcome, batches.Closed):
        return refusal(410, "closed", texts.CLOSED).answer
    if isinstance(outcome, batches.Overtaken):
        return refusal(503, "overtaken", texts.FAILED, retry_after=2).answer
    if isinstance(outcome, batches.Halted):
        return refusal(503, "halted", texts.HALTED, retry_after=HALTED).answer
    next_at = desk.next_at(cast.period)
    return refusal(409, "already-voted", texts.USED_UP, more={"next_at": next_at}).answer


def invalid(faults: Sequence[tuple[str, Text]]) -> Answer:
    """All that is wrong with a ballot."""
    said = [{"key": key, "zh": text.zh, "en": text.en} for key, text in faults]
    body = {
        "code": "invalid",
        "zh": texts.INVALID.zh,
        "en": texts.INVALID.en,
        "faults": said,
    }
    return Answer(422, encode(body), NO_STORE)
