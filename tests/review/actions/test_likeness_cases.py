"""A case of two works whose films show the same: from the signatures to the decision."""

from datetime import timedelta

import numpy
import pytest

from paike.accounts.models import Account
from paike.audit.models import Record
from paike.entries.events import ReadyForReview
from paike.entries.models import Entry, Version
from paike.entries.queries import entries as found_entries
from paike.entries.queries import mergers
from paike.entries.rules.standing import Standing
from paike.kernel import clock, events
from paike.media.actions import signatures
from paike.media.adapters import comparing
from paike.media.events import FilmsResemble
from paike.media.models import FilmSignature, Likeness
from paike.media.rules.report import Outcome
from paike.media.rules.resemblance.signature import Signature
from paike.notify.models import Message
from paike.review.actions import likeness_cases, likeness_returns
from paike.review.models import LikenessCase, LikenessOutcome
from paike.review.queries import likeness_cases as found_cases
from paike.review.queries import states
from paike.review.rules.states import StateKey
from tests.factories import accounts, entries, media, orgs, review
from tests.media.rules.resemblance.test_resemblance import _film, _noisy

pytestmark = pytest.mark.django_db
ALLOWED, COPY, MERGED, RETURNED = (
    LikenessOutcome.ALLOWED,
    LikenessOutcome.COPY,
    LikenessOutcome.MERGED,
    LikenessOutcome.RETURNED,
)


@pytest.fixture(autouse=True)
def _empty_index() -> None:
    comparing.forget()


def _signed(entry: Entry, signature: Signature) -> None:
    assert entry.film is not None
    now = clock.now()
    signatures.store(film_id=entry.film.pk, signature=signature, now=now)
    found = comparing.compare(entry.film.pk)
    assert found is not None
    signatures.record(film_id=entry.film.pk, found=found, now=now)


def _pair() -> tuple[Entry, Entry]:
    """Two works of one call, the second an hour later, with the same film encoded anew."""
    first = entries.cleared()
    second = entries.cleared(campaign=first.campaign, now=entries.NOW + timedelta(hours=1))
    return first, second


def _again(entry: Entry, signature: Signature, *, hours: int) -> Version:
    """The next version of the work, with another film, cleared and compared."""
    entry = entries.fresh(entry)
    entry.film = media.sealed_object()
    entry.save()
    now = entries.NOW + timedelta(hours=hours)
    made = entries.version(entry, now=now, outcome=Outcome.PASS)
    likeness_cases.when_ready(ReadyForReview(entry_id=entry.pk, version_id=made.pk, at=now))
    _signed(entry, signature)
    return made


def _part(film: Signature, start: float, end: float, after: Signature) -> Signature:
    """A passage of `film`, followed by `after`."""
    inside = (film.at >= start) & (film.at < end)
    at = numpy.concatenate([film.at[inside] - start, after.at + (end - start)])
    hashes = numpy.concatenate([film.hashes[inside], after.hashes])
    return Signature(after.seconds + end - start, at.astype(numpy.float32), hashes)


def _case() -> tuple[LikenessCase, Entry, Entry]:
    first, second = _pair()
    _signed(second, _film(1, 60))
    _signed(first, _noisy(_film(1, 60), 2))  # the order of the jobs says nothing
    return LikenessCase.objects.get(), first, second


def test_a_copy_opens_one_case_and_asks_both() -> None:
    case, first, second = _case()
    assert (case.earlier.entry_id, case.later.entry_id) == (first.pk, second.pk)
    assert case.likeness is not None
    assert (case.likeness.kind, case.likeness.share >= 95) == ("whole", True)
    asked = Message.objects.filter(kind="likeness.asked")
    assert {one.recipient_id for one in asked} == {first.owner_id, second.owner_id}
    for message in asked:
        other = second if message.recipient_id == first.owner_id else first
        assert str(other.pk) not in message.link + message.body
        assert f"/likenesses/{case.pk}/" in message.link
    assert Record.objects.filter(act="likeness.found").count() == 2
    _signed(first, _film(1, 60))  # again: nothing new
    assert (Likeness.objects.count(), LikenessCase.objects.count()) == (1, 1)


def test_other_films_and_own_versions_open_nothing() -> None:
    first, second = _pair()
    _signed(first, _film(1, 60))
    _signed(second, _film(2, 60))
    entries.version(first)
    assert not LikenessCase.objects.exists()
    assert FilmSignature.objects.filter(compared_at__isnull=False).count() == 2


def test_a_draft_opens_its_case_when_it_is_cleared() -> None:
    first = entries.cleared()
    later = entries.NOW + timedelta(hours=1)
    draft = entries.draft(campaign=first.campaign, now=later)
    _signed(first, _film(1, 60))
    _signed(draft, _film(1, 60))
    assert not LikenessCase.objects.exists()
    version = entries.version(draft, now=later, outcome=Outcome.PASS)
    assert version.cleared_at is not None
    event = ReadyForReview(entry_id=draft.pk, version_id=version.pk, at=clock.now())
    likeness_cases.when_ready(event)
    assert LikenessCase.objects.get().later_id == version.pk


def test_a_real_copy_after_both_stayed_opens_another_case() -> None:
    """The second work took twenty seconds of public footage, which was let stay; its next version is
    the whole first film."""
    first, second = _pair()
    _signed(first, _film(1, 60))
    _signed(second, _part(_film(1, 60), 10, 30, _film(3, 40)))
    stock = LikenessCase.objects.get()
    _decide(stock, ALLOWED, review.organiser())
    again = _part(_film(1, 60), 10, 30, _film(4, 40))
    _again(second, again, hours=2)  # a corrected end with the same footage: nobody is asked again
    assert LikenessCase.objects.count() == 1
    copy = _again(second, _noisy(_film(1, 60), 2), hours=3)
    case = LikenessCase.objects.get(outcome="")
    assert (case.earlier.entry_id, case.later_id) == (first.pk, copy.pk)
    assert case.likeness is not None
    assert case.likeness.kind == "whole"
    stock.refresh_from_db()
    assert stock.outcome == "allowed"
    asked = Message.objects.filter(kind="likeness.asked", recipient=second.owner)
    assert asked.count() == 2


def test_an_open_case_moves_on_to_newer_versions_and_keeps_who_was_first() -> None:
    case, first, second = _case()
    likeness_cases.answer(
        case_id=case.pk, entry=second, text="合拍", by=second.owner, now=clock.now()
    )
    newer = _again(first, _noisy(_film(1, 60), 3), hours=5)
    moved = LikenessCase.objects.get()
    assert (moved.earlier_id, moved.later_id) == (newer.pk, case.later_id)
    assert moved.likeness is not None
    assert moved.likeness.film_id == newer.film_id
    assert moved.answers.count() == 1
    assert Message.objects.filter(kind="likeness.asked").count() == 2  # nobody is asked twice


def test_both_listeners_are_wired() -> None:
    assert likeness_cases.when_ready in events._listeners[ReadyForReview]
    assert likeness_cases.when_found in events._listeners[FilmsResemble]


def test_an_entrant_answers_once_and_for_the_own_work_only() -> None:
    case, first, second = _case()
    now = clock.now()
    with pytest.raises(likeness_cases.NotAllowed):
        likeness_cases.answer(case_id=case.pk, entry=first, text="x", by=second.owner, now=now)
    with pytest.raises(likeness_cases.AnswerMissing):
        likeness_cases.answer(case_id=case.pk, entry=first, text=" ", by=first.owner, now=now)
    likeness_cases.answer(case_id=case.pk, entry=first, text="我们合拍。", by=first.owner, now=now)
    again = likeness_cases.answer(
        case_id=case.pk, entry=first, text="别的", by=first.owner, now=now
    )
    assert again.text == "我们合拍。"


def _decide(case: LikenessCase, outcome: LikenessOutcome, by: Account, out: Entry | None = None,
            reason: str = "同一部作品") -> LikenessCase:  # fmt: skip
    return likeness_cases.decide(
        case_id=case.pk,
        outcome=outcome,
        out=out.pk if out else None,
        reason=reason,
        by=by,
        now=clock.now(),
    )


def test_a_merge_keeps_one_and_credits_the_other_unit() -> None:
    case, first, second = _case()
    decided = _decide(case, MERGED, review.organiser(), second)
    assert decided.credited_unit_id == second.unit_id
    assert found_entries.standing_of(entries.fresh(second)) is Standing.MERGED
    assert found_entries.standing_of(entries.fresh(first)) is Standing.CLEARED
    assert second.unit is not None
    assert mergers.credited({first.pk: "王小明"}) == {
        first.pk: f"王小明（同时报送：{second.unit.name}）"
    }
    told = Message.objects.filter(kind="likeness.decided").get()
    assert told.recipient_id == first.owner_id
    left = Message.objects.get(kind="entry.merged")
    assert left.recipient_id == second.owner_id
    assert "这不是处罚" in left.body
    assert not Message.objects.filter(kind="entry.disqualified").exists()
    with pytest.raises(likeness_cases.Decided):
        _decide(case, ALLOWED, review.organiser())


def test_an_editor_gives_one_back_and_the_same_film_again_is_asked_about_again() -> None:
    call = review.small_call(now=clock.now())
    moment = review.moment(call, "review")
    first, second = (review.waiting(campaign=call).entry for _ in range(2))
    _signed(first, _film(1, 60))
    _signed(second, _film(1, 60))
    case = LikenessCase.objects.get()
    editor = orgs.editor()
    with pytest.raises(likeness_cases.NotAllowed):
        _decide(case, MERGED, editor, second)
    unit = states.of_entries([second.pk])[second.pk].unit
    likeness_cases.decide(case_id=case.pk, outcome=RETURNED, out=second.pk, reason="换掉借用的段落",
                          by=editor, now=moment)  # fmt: skip
    assert states.of_entries([second.pk])[second.pk].key is StateKey.RETURNED
    assert found_entries.standing_of(entries.fresh(second)) is Standing.REOPENED
    letter = Message.objects.get(kind="review.returned")
    assert letter.recipient_id == second.owner_id
    assert "换掉借用的段落" in letter.body
    again = entries.fresh(second)
    made = entries.version(again, now=moment, outcome=Outcome.PASS)  # unchanged
    event = ReadyForReview(entry_id=second.pk, version_id=made.pk, at=moment)
    events.publish(event)
    state = states.of_entries([second.pk])[second.pk]
    assert (state.key, state.unit) == (StateKey.WAITING, unit)
    assert LikenessCase.objects.get(outcome="").works == case.works


def test_what_is_on_a_list_is_not_given_back() -> None:
    call = review.small_call(now=clock.now())
    listed = review.recommendation_list(campaign=call, ranked=3)
    first, second = (one.entry for one in listed.recommendations.all()[:2])
    _signed(first, _film(1, 60))
    _signed(second, _film(1, 60))
    case = LikenessCase.objects.get()
    with pytest.raises(likeness_returns.TooFar):
        _decide(case, RETURNED, review.organiser(), second)
    case.refresh_from_db()
    assert case.outcome == ""


def test_who_may_decide_and_with_a_reason() -> None:
    case, _, second = _case()
    organiser, stranger = review.organiser(), accounts.account()
    with pytest.raises(likeness_cases.NotAllowed):
        _decide(case, ALLOWED, stranger)
    with pytest.raises(likeness_cases.ReasonMissing):
        _decide(case, COPY, organiser, second, reason=" ")
    with pytest.raises(likeness_cases.WhichOne):
        _decide(case, COPY, organiser)
    assert not found_cases.of_campaign(case.campaign_id)[0].outcome
    _decide(case, ALLOWED, organiser)
    assert Message.objects.filter(kind="likeness.decided").count() == 2
    assert Record.objects.filter(act="likeness.allowed").count() == 2
