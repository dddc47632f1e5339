"""What an entrant is told about ballots for the work that were set aside."""

from datetime import datetime

from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel.text import Text
from paike.notify.actions import messages
from paike.voting.models import Act, Ruling, Sanction

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


def asked(entry: Entry, *, ballots: int, hours: int, now: datetime) -> None:
    """`ballots`: all that are set aside and were not asked about before."""
    _send(
        entry,
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
        ).fill(ballots=ballots, hours=hours),
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
    said = body.fill(ballots=quarantine.ballots)
    said = Text(said.zh + ruling.reason, said.en + ruling.reason)
    if sanction is not None and sanction.act in SANCTIONS:
        more = SANCTIONS[sanction.act]
        said = Text(f"{said.zh}\n{more.zh}", f"{said.en}\n{more.en}")
    _send(quarantine.entry, kind="ballots.ruled", subject=subject, body=said, now=now)


def _send(entry: Entry, *, kind: str, subject: Text, body: Text, now: datetime) -> None:
    title = entries.title_of(entry)
    messages.send(
        recipient_id=entry.owner_id,
        kind=kind,
        subject=Text(subject.zh.replace("{title}", title), subject.en.replace("{title}", title)),
        body=body,
        link=f"/entries/{entry.pk}/votes/",
        now=now,
    )
