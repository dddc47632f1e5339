"""What an entrant is told about an entry, in-app and by mail."""

from datetime import datetime

from paike.entries.models import Entry, Version
from paike.entries.queries import entries
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


def converted(entry: Entry, *, made: bool, now: datetime) -> None:
    if made:
        subject = Text("影片已转换，请确认：{title}", "Film converted, please compare: {title}")
        body = Text(
            "影片已按要求转换。请打开作品页面，和原片对比后选择使用或不用；原片一直保留。",
            "Your film was converted. Open the work's page, compare it with the original and take it "
            "or not; the original is kept.",
        )
    else:
        subject = Text("影片没有转换成功：{title}", "The film could not be converted: {title}")
        body = Text(
            "这个影片没有转换成功，原片和已填写的内容都在。请按检测结果里的说明重新导出后上传。",
            "This film could not be converted. The original and what you filled in are kept. Follow "
            "the advice in its report and upload it again.",
        )
    title = entries.preview_title(entry) or Text("未命名的作品", "untitled work").zh
    _send(entry, kind="film.converted", subject=subject, body=body, title=title, now=now)


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


def merged(entry: Entry, *, title: str, reason: str, now: datetime) -> None:
    _send(
        entry,
        kind="entry.merged",
        subject=Text("作品已合并：{title}", "Work merged: {title}"),
        body=Text(
            "两个单位报送了同一部作品，现合并为一部参加评选；作品署名中保留您的单位。这不是处罚。理由：",
            "Two units sent the same work. It goes on as one, and your unit is credited with it. This "
            "is no penalty. Reason: ",
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
