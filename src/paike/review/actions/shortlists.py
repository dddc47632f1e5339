"""The organiser draws up the shortlist, seals it, and refills it when a work leaves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel import events
from paike.kernel.text import Text
from paike.review import access
from paike.review.actions import letters, stage_checks
from paike.review.events import ShortlistRefilled, ShortlistSealed
from paike.review.models import Shortlist, Shortlisting
from paike.review.queries import shortlists as queries
from paike.review.rules.refusals import Refusal


class NotYours(Refusal):
    """Only organisers draw up the shortlist."""


class AlreadySealed(Refusal):
    """A sealed shortlist no longer changes but for a work that leaves."""


class NotSealed(Refusal):
    """Only a sealed shortlist is refilled; before, works are simply added."""


class OverSize(Refusal):
    """More works than the rulebook's shortlist holds."""


class WrongSize(Refusal):
    """A shortlist is sealed with exactly as many works as the rulebook says."""


class NotACandidate(Refusal):
    """A work that is neither recommended nor an accepted individual one."""


class ReasonMissing(Refusal):
    """A formal act without its reason or minutes."""


class VoteOver(Refusal):
    """A work that comes when the vote is over could not have been voted for."""


class NoVacancy(Refusal):
    """The place has been refilled, or nobody left it."""


def ensure(*, campaign: Campaign, now: datetime) -> Shortlist:
    """The campaign's shortlist, made when it is first needed."""
    size = campaigns.rulebook_of(campaign).funnel.shortlist
    found, _ = Shortlist.objects.get_or_create(
        campaign=campaign, defaults={"size": size, "created_at": now}
    )
    return found


@transaction.atomic
def add(
    *, campaign_id: UUID, entry_ids: Sequence[UUID], by: Account, now: datetime
) -> list[Shortlisting]:
    """Add one or many candidates, all or none; those already on it are passed over.

    Raises OverSize, NotACandidate, AlreadySealed, NotYours, Closed.
    """
    _lock_entries(entry_ids)
    shortlist = _lock(campaign_id, by=by, now=now)
    standing = set(queries.chosen_ids(campaign_id=campaign_id))
    new = [one for one in dict.fromkeys(entry_ids) if one not in standing]
    _check_size(shortlist, len(standing) + len(new))
    _check_candidates(campaign_id, new)
    made = Shortlisting.objects.bulk_create(
        Shortlisting(shortlist=shortlist, entry_id=one, added_at=now, added_by=by) for one in new
    )
    _record(shortlist, act="shortlist.added", by=by, now=now, entries=[str(one) for one in new])
    return made


@transaction.atomic
def remove(*, campaign_id: UUID, entry_ids: Sequence[UUID], by: Account, now: datetime) -> int:
    """Take works off before the seal; they stay candidates. Returns how many were on it."""
    shortlist = _lock(campaign_id, by=by, now=now)
    going = Shortlisting.objects.filter(shortlist=shortlist, entry_id__in=list(entry_ids))
    gone = [str(one) for one in going.values_list("entry_id", flat=True)]
    going.delete()
    _record(shortlist, act="shortlist.removed", by=by, now=now, entries=gone)
    return len(gone)


@transaction.atomic
def seal(*, campaign_id: UUID, reason: str, by: Account, now: datetime) -> Shortlist:
    """The formal act: the list stands, entrants are told, vote and jury may begin.

    `reason` is the minutes: who met when, how it was decided; public. Raises WrongSize,
    ReasonMissing, AlreadySealed, NotYours, Closed.
    """
    shortlist = _lock(campaign_id, by=by, now=now)
    _check_reason(reason)
    chosen = queries.chosen_ids(campaign_id=campaign_id)
    if len(chosen) != shortlist.size:
        raise WrongSize(
            Text(
                zh="名单上有 {have} 部作品，应为 {size} 部。请调整后再确认。",
                en="The list has {have} works and must have {size}. Change it, then seal.",
            ).fill(have=len(chosen), size=shortlist.size)
        )
    shortlist.sealed_at, shortlist.sealed_by, shortlist.reason = now, by, reason.strip()
    shortlist.save(update_fields=["sealed_at", "sealed_by", "reason"])
    _record(
        shortlist,
        act="shortlist.sealed",
        by=by,
        now=now,
        audience=Audience.PUBLIC,
        reason=reason.strip(),
        works=len(chosen),
    )
    for version in entries.latest_versions(chosen).values():
        _tell_shortlisted(shortlist, version.entry_id, by=by, now=now)
    _tell_the_others(campaign_id, now=now)
    events.publish(
        ShortlistSealed(shortlist_id=shortlist.pk, campaign_id=shortlist.campaign_id, at=now)
    )
    return shortlist


@transaction.atomic
def refill(
    *, shortlisting_id: UUID, entry_id: UUID, reason: str, by: Account, now: datetime
) -> Shortlisting:
    """Give the place of a work that left the sealed shortlist to a candidate: a formal, public act.

    `shortlisting_id` is the one that left. Raises NoVacancy, NotACandidate, ReasonMissing,
    NotSealed, VoteOver, NotYours.
    """
    _lock_entries([entry_id])
    left = Shortlisting.objects.select_related("entry").get(pk=shortlisting_id)
    shortlist = Shortlist.objects.select_for_update(no_key=True).get(pk=left.shortlist_id)
    _check_organiser(by)
    _check_reason(reason)
    if shortlist.sealed_at is None:
        raise NotSealed(
            Text(
                "入围名单尚未确认，直接添加即可。", "The list is not sealed yet: just add the work."
            )
        )
    _check_vote_runs(shortlist.campaign_id, now)
    if left.removed_at is None or Shortlisting.objects.filter(replaces=left).exists():
        raise NoVacancy(Text("这个名额已经补上了。", "This place has been refilled already."))
    _check_candidates(shortlist.campaign_id, [entry_id])
    follower = Shortlisting.objects.create(
        shortlist=shortlist, entry_id=entry_id, replaces=left, added_at=now, added_by=by
    )
    _record(
        shortlist,
        act="shortlist.refilled",
        by=by,
        now=now,
        audience=Audience.PUBLIC,
        left=left.entry.number,
        follows=follower.entry.number,
        reason=reason.strip(),
    )
    _tell_shortlisted(shortlist, entry_id, by=by, now=now)
    events.publish(
        ShortlistRefilled(
            shortlist_id=shortlist.pk, left_entry_id=left.entry_id, entry_id=entry_id, at=now
        )
    )
    return follower


def _lock_entries(entry_ids: Sequence[UUID]) -> None:
    """Entries first, in one order, then lists: nobody waits in a circle."""
    list(Entry.objects.select_for_update(no_key=True).filter(pk__in=list(entry_ids)).order_by("pk"))


def _lock(campaign_id: UUID, *, by: Account, now: datetime) -> Shortlist:
    _check_organiser(by)
    campaign = Campaign.objects.get(pk=campaign_id)
    made = ensure(campaign=campaign, now=now)
    shortlist = Shortlist.objects.select_for_update(no_key=True).get(pk=made.pk)
    if shortlist.sealed_at is not None:
        raise AlreadySealed(
            Text(
                zh="入围名单已确认，不能再改。有作品退出时请办理递补。",
                en="The shortlist is sealed. When a work leaves it, refill its place.",
            )
        )
    stage_checks.require(campaign, "shortlist", now)
    return shortlist


def _check_organiser(by: Account) -> None:
    if not access.may_organise(by):
        raise NotYours(
            Text("只有主办方可以确定入围名单。", "Only the organiser draws up the shortlist.")
        )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(
            Text(
                zh="请写明依据，例如评选会议的时间、参加人员和办法。这段文字会公开。",
                en="Say what this rests on, such as when the meeting was, who took part and how it "
                "decided. This text is public.",
            )
        )


def _check_vote_runs(campaign_id: UUID, now: datetime) -> None:
    rulebook = campaigns.rulebook_of(Campaign.objects.get(pk=campaign_id))
    if now >= rulebook.ballot.closes:
        raise VoteOver(
            Text(
                zh="投票已结束，不能再递补：新作品没有机会得票。名额就此空缺。",
                en="The vote is over, so the place stays empty: a new work could get no votes.",
            )
        )


def _check_size(shortlist: Shortlist, number: int) -> None:
    if number > shortlist.size:
        raise OverSize(
            Text(
                zh="入围名额 {size} 个，这样会有 {number} 部，超出 {over} 部。",
                en="The shortlist holds {size} works; this would make {number}, {over} too many.",
            ).fill(size=shortlist.size, number=number, over=number - shortlist.size)
        )


def _check_candidates(campaign_id: UUID, entry_ids: Sequence[UUID]) -> None:
    allowed = set(
        queries.candidates(campaign_id=campaign_id)
        .filter(pk__in=list(entry_ids))
        .values_list("pk", flat=True)
    )
    if set(entry_ids) - allowed:
        raise NotACandidate(
            Text(
                zh="所选作品中有 {number} 部不在候选中，可能已退出。请刷新后再选。",
                en="{number} of these works are no candidates; they may have left. Reload, then "
                "choose again.",
            ).fill(number=len(set(entry_ids) - allowed))
        )


def _tell_shortlisted(shortlist: Shortlist, entry_id: UUID, *, by: Account, now: datetime) -> None:
    records.write(
        now=now,
        act="entry.shortlisted",
        thing="shortlist",
        thing_id=shortlist.pk,
        actor=by,
        role="organiser",
        campaign_id=shortlist.campaign_id,
        entry_id=entry_id,
    )
    version = entries.latest_versions([entry_id])[entry_id]
    letters.to_entrant(version, subject=letters.SHORTLISTED, body=letters.SHORTLISTED_NEXT, now=now)


def _tell_the_others(campaign_id: UUID, *, now: datetime) -> None:
    """Works that could have been chosen and were not hear it at once, not from the public list."""
    left = queries.candidates(campaign_id=campaign_id).values_list("pk", flat=True)
    for version in entries.latest_versions(left).values():
        letters.to_entrant(
            version,
            subject=letters.NOT_SHORTLISTED,
            body=letters.NOT_SHORTLISTED_THANKS,
            now=now,
        )


def _record(
    shortlist: Shortlist,
    *,
    act: str,
    by: Account,
    now: datetime,
    audience: Audience = Audience.STAFF,
    **details: object,
) -> None:
    records.write(
        now=now,
        act=act,
        thing="shortlist",
        thing_id=shortlist.pk,
        audience=audience,
        actor=by,
        role="organiser",
        campaign_id=shortlist.campaign_id,
        details=details,
    )
