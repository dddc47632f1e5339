"""What an entrant is told about an entry, in-app and by mail."""

from datetime import datetime

from paike.entries.models import Entry, Version
from paike.kernel.text import Text
from paike.media.queries import inspections
from paike.media.rules.report import Outcome
from paike.notify.actions import messages


def submitted(version: Version, *, now: datetime) -> None:
    _send(
        version.entry,
        kind="entry.submitted",
        subject=Text("已收到作品：{title}", "Work received: {title}"),
        body=Text(
            "作品已提交，正在检测影片。结果会在作品页面显示，也会通知您。",
            "Your work is in; the film is being checked. You will be told the result here.",
        ),
        title=version.composed_title,
        now=now,
    )


def cleared(version: Version, *, now: datetime) -> None:
    _send(
        version.entry,
        kind="version.cleared",
        subject=Text("影片检测通过：{title}", "Film check passed: {title}"),
        body=Text(
            "影片符合要求，作品已进入审核。每一步结果都会通知您。",
            "The film meets the rules and the work is under review. You will hear of every step.",
        ),
        title=version.composed_title,
        now=now,
    )


def refused(version: Version, *, now: datetime) -> None:
    advice = _advice(version)
    _send(
        version.entry,
        kind="version.refused",
        subject=Text("影片需要修改：{title}", "The film needs a change: {title}"),
        body=Text(
            "影片未通过检测。\n" + advice.zh + "\n修改后重新上传即可，已填写的内容都在。",
            "The film did not pass the check.\n"
            + advice.en
            + "\nFix it and upload it again; what you filled in is kept.",
        ),
        title=version.composed_title,
        now=now,
    )


def withdrawn(entry: Entry, *, title: str, now: datetime) -> None:
    _send(
        entry,
        kind="entry.withdrawn",
        subject=Text("作品已撤回：{title}", "Work withdrawn: {title}"),
        body=Text(
            "按您的要求，作品已撤回，不再参加审核和评选。",
            "As you wished, the work was withdrawn and takes no further part.",
        ),
        title=title,
        now=now,
    )


def disqualified(entry: Entry, *, title: str, reason: str, now: datetime) -> None:
    _send(
        entry,
        kind="entry.disqualified",
        subject=Text("作品被取消资格：{title}", "Work disqualified: {title}"),
        body=Text(
            "主办方取消了作品的评选资格。理由：", "The organiser disqualified the work. Reason: "
        ),
        title=title,
        now=now,
        tail=reason,
    )


def _advice(version: Version) -> Text:
    """One line per refusing verdict: what was measured and what to do."""
    report = inspections.report_of(version.inspection)
    lines = report.of(Outcome.REFUSE) if report is not None else ()
    return Text(
        "\n".join(f"· {line.name.zh}：{line.advice.zh}" for line in lines),
        "\n".join(f"- {line.name.en}: {line.advice.en}" for line in lines),
    )


def _send(
    entry: Entry, *, kind: str, subject: Text, body: Text, title: str, now: datetime, tail: str = ""
) -> None:
    messages.send(
        recipient_id=entry.owner_id,
        kind=kind,
        subject=Text(subject.zh.replace("{title}", title), subject.en.replace("{title}", title)),
        body=Text(body.zh + tail, body.en + tail),
        link=f"/entries/{entry.pk}/",
        now=now,
    )
