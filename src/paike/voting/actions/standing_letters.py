"""What an entrant is told about ballots for the work that were set aside."""

from datetime import datetime

from paike.entries.queries import entries
from paike.kernel.text import Text
from paike.notify.actions import messages
from paike.voting.models import Act, Quarantine, Ruling, Sanction

SANCTIONS = {
    "pause-work": Text(
        "按规则书，这部作品暂停接受投票一段时间。",
        "By the rulebook, voting for this work is paused for a while.",
    ),
    "zero-votes": Text(
        "按规则书，这部作品的票数清零。", "By the rulebook, the work's votes count as zero."
    ),
    "disqualify": Text(
        "按规则书，这部作品被取消资格。", "By the rulebook, the work is disqualified."
    ),
}


def asked(quarantine: Quarantine, *, now: datetime) -> None:
    """Once while anything is open: a flood of letters explains nothing."""
    others = Quarantine.objects.filter(entry_id=quarantine.entry_id).exclude(pk=quarantine.pk)
    if others.exclude(rulings__confirmed_at__isnull=False).exists():
        return
    _send(
        quarantine,
        kind="ballots.quarantined",
        subject=Text("请说明：{title} 有选票待核实", "Please explain: ballots for {title}"),
        body=Text(
            "系统发现投给您作品的 {ballots} 张选票有异常，已暂不计入，等待核实。这不等于认定您或您的单位"
            "刷票：别人也可能这样做。请打开作品页面，说明您知道的情况（例如单位组织过集中投票）。"
            "您有 {hours} 小时，之后由两位工作人员决定。",
            "{ballots} ballots for your work look unusual and are set aside until they are looked "
            "into. That does not mean that you or your unit did anything: others can do this too. "
            "Please open the work's page and tell us what you know, for example that your unit "
            "asked its people to vote. You have {hours} hours; then two people decide.",
        ),
        now=now,
    )


def ruled(ruling: Ruling, *, sanction: Sanction | None, now: datetime) -> None:
    quarantine = ruling.quarantine
    if ruling.act == Act.RELEASE:
        subject = Text("选票恢复有效：{title}", "Ballots released: {title}")
        body = Text(
            "暂不计入的 {ballots} 张选票经两位工作人员核实，恢复有效。理由：",
            "Two people looked into the {ballots} ballots that were set aside; they count again. "
            "Reason: ",
        )
    else:
        subject = Text("选票作废：{title}", "Ballots void: {title}")
        body = Text(
            "暂不计入的 {ballots} 张选票经两位工作人员核实，予以作废。作废的是选票，不是作品。理由：",
            "Two people looked into the {ballots} ballots that were set aside; they are void. The "
            "ballots are, not the work. Reason: ",
        )
    tail = Text(ruling.reason, ruling.reason)
    if sanction is not None and sanction.act in SANCTIONS:
        more = SANCTIONS[sanction.act]
        tail = Text(f"{tail.zh}\n{more.zh}", f"{tail.en}\n{more.en}")
    _send(quarantine, kind="ballots.ruled", subject=subject, body=body, tail=tail, now=now)


def _send(
    quarantine: Quarantine,
    *,
    kind: str,
    subject: Text,
    body: Text,
    now: datetime,
    tail: Text | None = None,
) -> None:
    title = entries.title_of(quarantine.entry)
    end = tail or Text("", "")
    hours = round((quarantine.answer_until - quarantine.at).total_seconds() / 3600)
    said = body.fill(ballots=quarantine.ballots, hours=hours)
    messages.send(
        recipient_id=quarantine.entry.owner_id,
        kind=kind,
        subject=Text(subject.zh.replace("{title}", title), subject.en.replace("{title}", title)),
        body=Text(said.zh + end.zh, said.en + end.en),
        link=f"/entries/{quarantine.entry_id}/votes/",
        now=now,
    )
