"""Two works whose films show the same: a case is opened, both entrants are asked, one person decides.
Nothing happens to a work before that."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries import access as entries_access
from paike.entries import events as entries_events
from paike.entries.actions import disqualifications, mergers
from paike.entries.models import Entry, Version
from paike.kernel.text import Text
from paike.media.events import FilmsResemble
from paike.media.models import Likeness
from paike.media.queries import signatures
from paike.review import access
from paike.review.actions import letters, likeness_returns
from paike.review.models import LikenessAnswer, LikenessCase, LikenessOutcome
from paike.review.queries import likeness_cases
from paike.review.rules import likeness as likeness_rules

ANSWER_MOST = 2000
OPENING = 0x4C494B45  # an advisory lock's number; any other would do
ACTS = {
    LikenessOutcome.RETURNED.value: "likeness.returned",
    LikenessOutcome.ALLOWED.value: "likeness.allowed",
    LikenessOutcome.COPY.value: "likeness.copy",
    LikenessOutcome.MERGED.value: "likeness.merged",
}


class NotAllowed(Exception):
    text = Text(
        "只有主办方可以让作品退出评选；编辑可以认定两部作品都保留，或退回一部修改。",
        "Only the organiser takes a work out; an editor may let both stay, or give one back.",
    )


class ReasonMissing(Exception):
    text = Text("请写明理由，两位作者都会看到。", "Give the reason; both entrants read it.")


class AnswerMissing(Exception):
    text = Text("请写几句说明再提交。", "Write a few words before you send the answer.")


class Decided(Exception):
    text = Text("这件事已经有了决定。", "This has been decided already.")


class WhichOne(Exception):
    text = Text(
        "请选择哪一部作品；往届的作品不能选。",
        "Choose which work it is; one of another call can't be chosen.",
    )


@transaction.atomic
def when_found(event: FilmsResemble) -> None:
    """Two films were found to show the same: a case, if both belong to works."""
    likeness = signatures.likeness(event.likeness_id)
    if likeness is not None:
        _open(likeness, now=event.at)


@transaction.atomic
def when_ready(event: entries_events.ReadyForReview) -> None:
    """A version was cleared whose film may have been compared while it was a draft."""
    version = Version.objects.get(pk=event.version_id)
    for likeness in signatures.likenesses_of(version.film_id):
        _open(likeness, now=event.at)


@transaction.atomic
def answer(*, case_id: UUID, entry: Entry, text: str, by: Account, now: datetime) -> LikenessAnswer:
    """What the entrant of one of the works says. Once; a second one changes nothing.

    Raises NotAllowed, AnswerMissing, Decided.
    """
    case = _locked(case_id)
    if entry.pk not in case.entry_ids or not entries_access.is_owner(by, entry):
        raise NotAllowed
    found = case.answers.filter(entry=entry).first()
    if found is not None:
        return found
    if case.outcome:
        raise Decided
    if not text.strip():
        raise AnswerMissing
    made = LikenessAnswer.objects.create(
        case=case, entry=entry, text=text.strip()[:ANSWER_MOST], by=by, at=now
    )
    _record(case, entry, act="likeness.answered", by=by, role="entrant", now=now)
    return made


@transaction.atomic
def decide(
    *,
    case_id: UUID,
    outcome: LikenessOutcome,
    out: UUID | None,
    reason: str,
    by: Account,
    now: datetime,
) -> LikenessCase:
    """Close the case. `out`: the entry that goes back to its entrant, that is merged into the other,
    or is disqualified as a copy, with the same reason. A second click finds the first decision.

    Raises NotAllowed, ReasonMissing, WhichOne, Decided, likeness_returns.TooFar, stage_checks.Closed,
    disqualifications.NotInTheCall, mergers.NotInTheCall.
    """
    if not _may_decide(by, outcome):
        raise NotAllowed
    case = _locked(case_id)
    if case.outcome:
        if (case.outcome, case.out_id) == (outcome.value, out):
            return case
        raise Decided
    if not reason.strip():
        raise ReasonMissing
    leaving = None if outcome == LikenessOutcome.ALLOWED else _leaving(case, out)
    case.outcome, case.reason, case.by, case.decided_at = outcome.value, reason.strip(), by, now
    case.out = leaving
    if outcome == LikenessOutcome.MERGED and leaving is not None:
        case.credited_unit = leaving.unit
    case.save()
    _tell(case, by=by, now=now)
    if leaving is not None:
        _carry_out(case, leaving, by=by, now=now)
    return case


def _carry_out(case: LikenessCase, leaving: Entry, *, by: Account, now: datetime) -> None:
    if case.outcome == LikenessOutcome.RETURNED:
        likeness_returns.give_back(entry=leaving, by=by, reason=case.reason, now=now)
    elif case.outcome == LikenessOutcome.MERGED:
        (stays,) = (one for one in case.entries if one.pk != leaving.pk)
        mergers.merge(entry=leaving, into=stays, by=by, reason=case.reason, now=now)
    else:
        disqualifications.disqualify(entry=leaving, by=by, reason=case.reason, now=now)


def _may_decide(by: Account, outcome: LikenessOutcome) -> bool:
    if outcome in (LikenessOutcome.ALLOWED, LikenessOutcome.RETURNED):
        return access.may_judge_likeness(by)
    return access.may_organise(by)


def _leaving(case: LikenessCase, out: UUID | None) -> Entry:
    for entry in case.entries:
        if entry.pk == out and entry.campaign_id == case.campaign_id:
            return entry
    raise WhichOne


def _tell(case: LikenessCase, *, by: Account, now: datetime) -> None:
    """Both works' trails, and the entrants whose work stays: who leaves is told so by that."""
    role = "organiser" if access.may_organise(by) else "editor"
    for entry in case.entries:
        _record(case, entry, act=ACTS[case.outcome], by=by, role=role, now=now)
        if entry.pk != case.out_id:
            letters.likeness_decided(case, case.version_of(entry), now=now)


def _open(likeness: Likeness, *, now: datetime) -> None:
    """See to it that somebody looks at each pair of works that submitted these films: a case that is
    still open moves on to the newer versions; where both stayed, only what nobody has seen opens
    another."""
    _one_at_a_time()
    for earlier, later in likeness_cases.pairs(likeness.film_id, likeness.other_id):
        works = likeness_cases.works_of(earlier, later)
        known = likeness_cases.of_works(works)
        if any({one.earlier_id, one.later_id} == {earlier.pk, later.pk} for one in known):
            continue
        waits = next((one for one in known if not one.outcome), None)
        if waits is not None:
            _move_on(waits, earlier, later, likeness)
        elif likeness_rules.brings_news(likeness_cases.evidence_of(likeness), _judged(known)):
            _begin(works, earlier, later, likeness, now=now)


def _begin(
    works: str, earlier: Version, later: Version, likeness: Likeness, *, now: datetime
) -> None:
    case = LikenessCase.objects.create(
        works=works,
        campaign=later.entry.campaign,
        earlier=earlier,
        later=later,
        likeness=likeness,
        opened_at=now,
    )
    for version in (earlier, later):
        _record(case, version.entry, act="likeness.found", by=None, role="", now=now)
        letters.likeness_asked(case, version, now=now)


def _move_on(case: LikenessCase, earlier: Version, later: Version, likeness: Likeness) -> None:
    """The answers stay: both were asked where their films come from."""
    if earlier.number + later.number < case.earlier.number + case.later.number:
        return  # an older film was compared late
    case.earlier, case.later, case.likeness = earlier, later, likeness
    case.save(update_fields=["earlier", "later", "likeness"])


def _judged(cases: list[LikenessCase]) -> list[likeness_rules.Evidence]:
    """What somebody has seen in both works and let stay."""
    return [
        likeness_cases.evidence_of(one.likeness)
        for one in cases
        if one.outcome == LikenessOutcome.ALLOWED and one.likeness is not None
    ]


def _one_at_a_time() -> None:
    """Two comparisons of the same works at one moment open one case. One lock for all: who holds
    several in an order of his own could wait for another who does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OPENING])


def _locked(case_id: UUID) -> LikenessCase:
    LikenessCase.objects.select_for_update(no_key=True).get(pk=case_id)
    found = likeness_cases.by_id(case_id)
    assert found is not None  # noqa: S101 - it was locked a line above
    return found


def _record(
    case: LikenessCase, entry: Entry, *, act: str, by: Account | None, role: str, now: datetime
) -> None:
    records.write(
        now=now,
        act=act,
        thing="likeness",
        thing_id=case.pk,
        actor=by,
        role=role,
        campaign_id=entry.campaign_id,
        entry_id=entry.pk,
        details={"reason": case.reason} if case.outcome else {},
    )
