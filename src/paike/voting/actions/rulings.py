"""Release or void: one person proposes with a reason, another one confirms or refuses."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.kernel.text import Text
from paike.voting import access
from paike.voting.actions import counting, sanctions, standing_letters, statements
from paike.voting.models import Act, Quarantine, Ruling
from paike.voting.queries import standings
from paike.voting.rules import sanctioning


class NotAllowed(Exception):
    text = Text("只有主办方可以决定。", "Only the organiser decides.")


class ReasonMissing(Exception):
    text = Text("请写明理由，它会公开。", "Give the reason; it becomes public.")


class TooEarly(Exception):
    text = Text(
        "投稿人的说明期限还没到，也还没有说明。现在只能恢复，不能作废。",
        "The entrant still has time to explain and has not done so. You can release now, not void.",
    )


class Waiting(Exception):
    text = Text(
        "已有一项提议在等第二个人决定，或这些选票已有决定。请刷新页面。",
        "A proposal waits for the second person, or these ballots are decided. Reload the page.",
    )


class SamePerson(Exception):
    text = Text(
        "提议的人不能自己确认。请另一位同事打开本页确认。",
        "Who proposed it can't confirm it. Ask a colleague to open this page.",
    )


class NotIndependent(Exception):
    text = Text(
        "第二个人须在这些选票暂不计入之前就是主办方，而且两个人都不是对方邀请来的，否则一个人就能决定。"
        "请另一位同事确认；没有这样的同事，请系统管理员用 paike staff invite 邀请一位。",
        "The second person must have been an organiser before these ballots were set aside, and "
        "neither of the two may have been invited by the other; one person could else decide "
        "alone. Ask another colleague, or have whoever runs the server invite one (paike staff "
        "invite).",
    )


class Gone(Exception):
    text = Text(
        "这项提议已经处理过了。请刷新页面。", "This proposal is dealt with. Reload the page."
    )


@transaction.atomic
def propose(
    *, quarantine_id: UUID, act: Act, sanctioned: bool, reason: str, by: Account, now: datetime
) -> Ruling:
    """Propose what becomes of quarantined ballots. `sanctioned`: the rulebook's ladder falls on the
    work too, which is for when the work's own side did it.

    Raises NotAllowed, ReasonMissing, TooEarly, Waiting.
    """
    if not access.may_rule(by):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing
    quarantine = Quarantine.objects.select_for_update().get(pk=quarantine_id)
    if standings.ruling_of(quarantine) or standings.pending_ruling(quarantine):
        raise Waiting
    _check_time(quarantine, act, now)
    ruling = Ruling.objects.create(
        quarantine=quarantine,
        act=act,
        sanctioned=sanctioned and act == Act.VOID,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=now,
    )
    _record("ruling.proposed", ruling, by, now)
    return ruling


@transaction.atomic
def confirm(*, ruling_id: UUID, by: Account, now: datetime) -> Ruling:
    """The second person agrees: it holds from now on, stands in the log, and the entrant hears of
    it. Raises NotAllowed, Gone, SamePerson, NotIndependent, TooEarly."""
    counting.hold(
        Ruling.objects.values_list("quarantine__campaign_id", flat=True).get(pk=ruling_id)
    )
    ruling = _open(ruling_id, by)
    unfit = refusal(ruling, by)
    if unfit is not None:
        raise unfit
    _check_time(ruling.quarantine, ruling.act, now)
    ruling.confirmed_by, ruling.confirmed_at = by, now
    ruling.save(update_fields=["confirmed_by", "confirmed_at"])
    quarantine = ruling.quarantine
    names = sanctioning.signatures(ruling.proposed_by.display_name, by.display_name)
    body = {
        "quarantine": str(quarantine.pk),
        "by": names,
        "reason": ruling.reason,
        "at": statements.moment(now),
    }
    statements.put(campaign_id=quarantine.campaign_id, kind=ruling.act, body=body, now=now)
    _record("ruling.confirmed", ruling, by, now)
    sanction = sanctions.apply(ruling=ruling, now=now) if ruling.sanctioned else None
    standing_letters.ruled(ruling, sanction=sanction, now=now)
    counting.count_again(campaign_id=quarantine.campaign_id, now=now)
    return ruling


def refusal(ruling: Ruling, by: Account) -> type[SamePerson | NotIndependent] | None:
    """Why this person can't be the second one; None: can."""
    if ruling.proposed_by_id == by.pk:
        return SamePerson
    return None if access.may_confirm(by, ruling) else NotIndependent


@transaction.atomic
def refuse(*, ruling_id: UUID, by: Account, now: datetime) -> Ruling:
    """Anybody of the organiser takes the proposal off the table, the proposer included: the ballots
    stay in quarantine and another one can be made. Raises NotAllowed, Gone."""
    ruling = _open(ruling_id, by)
    ruling.refused_by, ruling.refused_at = by, now
    ruling.save(update_fields=["refused_by", "refused_at"])
    _record("ruling.refused", ruling, by, now)
    return ruling


def _open(ruling_id: UUID, by: Account) -> Ruling:
    if not access.may_rule(by):
        raise NotAllowed
    found = Ruling.objects.select_for_update(of=("self",)).select_related(
        "quarantine__entry", "quarantine__campaign", "proposed_by"
    )
    ruling = found.get(pk=ruling_id)
    if ruling.confirmed_at is not None or ruling.refused_at is not None:
        raise Gone
    return ruling


def _check_time(quarantine: Quarantine, act: str, now: datetime) -> None:
    if act == Act.VOID and not standings.may_void(quarantine, now=now):
        raise TooEarly


def _record(act: str, ruling: Ruling, by: Account, now: datetime) -> None:
    quarantine = ruling.quarantine
    records.write(
        now=now,
        act=act,
        thing="quarantine",
        thing_id=quarantine.pk,
        actor=by,
        role="organiser",
        campaign_id=quarantine.campaign_id,
        entry_id=quarantine.entry_id,
        details={"act": ruling.act, "sanctioned": ruling.sanctioned, "reason": ruling.reason},
    )
