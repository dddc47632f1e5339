"""What the review writes to people: to the entrant at every step, to clerks when work arrives."""

from datetime import datetime

from paike.campaigns.models import Campaign
from paike.entries.models import Version
from paike.kernel.text import Text
from paike.notify.actions import messages
from paike.orgs.models import Organisation
from paike.orgs.queries import memberships
from paike.review.models import LikenessCase
from paike.review.queries import desks

ACCEPTED = Text("{title}已通过{unit}审核", "“{title}” was accepted by {unit}")
ACCEPTED_ON = Text("下一站：{next}。", "Next: {next}.")
ACCEPTED_LAST = Text(
    "作品已列入{unit}的候选，等待确定推荐名单。",
    "The work is a candidate of {unit}, which now draws up its list.",
)
ACCEPTED_INDIVIDUAL = Text(
    "作品已进入入围候选，等待主办方确定入围名单。",
    "The work is a candidate for the shortlist, which the organiser will draw up.",
)
RETURNED = Text("{title}需要修改", "“{title}” needs a change")
RETURNED_WHY = Text(
    "{unit}退回了作品，原因：\n{reason}\n\n改好后重新提交，会直接回到{unit}。已填写的内容都在。",
    "{unit} gave the work back, because:\n{reason}\n\nWhen you submit it again it goes straight "
    "to {unit}. All you filled in is still there.",
)
DECLINED = Text("{title}未通过{unit}审核", "“{title}” was not accepted by {unit}")
DECLINED_WHY = Text("原因：\n{reason}", "The reason:\n{reason}")
UNDONE = Text("{title}：{unit}撤回了刚才的决定", "“{title}”: {unit} took back its decision")
UNDONE_NOW = Text(
    "作品重新在{unit}等待审核。", "The work waits at {unit} again and will be decided anew."
)
WAITING = Text("{unit}有作品等待审核", "Works wait at {unit}")
WAITING_WHAT = Text(
    "{title}已到，请在审核台处理。", "“{title}” has arrived. Please decide it at your desk."
)
RECOMMENDED = Text("{title}获{unit}推荐", "“{title}” is recommended by {unit}")
RECOMMENDED_NEXT = Text(
    "{unit}已提交推荐名单，作品参加全国遴选。",
    "{unit} has submitted its list; the work goes on to the national selection.",
)
IN_RESERVE = Text("{title}列为{unit}候补", "“{title}” is in the reserve of {unit}")
IN_RESERVE_WHAT = Text(
    "名单上有作品退出时，按候补次序递补，届时会通知您。",
    "When a work leaves the list, the reserve moves up in its order; you will be told.",
)
NOT_RECOMMENDED = Text("{title}未列入{unit}的推荐名单", "“{title}” is not on the list of {unit}")
NOT_RECOMMENDED_THANKS = Text(
    "{unit}已提交推荐名单，作品没有列入。感谢您的讲述。",
    "{unit} has submitted its list without the work. Thank you for telling this story.",
)
MOVED_UP = Text("{title}递补进入{unit}的推荐名单", "“{title}” moved up to the list of {unit}")
MOVED_UP_WHY = Text(
    "名单上有作品退出，按候补次序由这部作品递补。",
    "A work left the list, and this one was the next of the reserve.",
)
LIST_CHANGED = Text("{unit}的推荐名单有变动", "The list of {unit} has changed")
LIST_LEFT = Text("{title}已退出名单。", "“{title}” left the list.")
LIST_FOLLOWS = Text("{title}递补。", " “{title}” moved up.")
SHORTLISTED = Text("{title}入围", "“{title}” is shortlisted")
SHORTLISTED_NEXT = Text(
    "作品进入投票和专家评审。入围后不能撤回。",
    "The work goes to the vote and the jury. It can no longer be withdrawn.",
)
NOT_SHORTLISTED = Text("{title}未入围", "“{title}” was not shortlisted")
NOT_SHORTLISTED_THANKS = Text(
    "入围名单已经确定，作品没有入选。感谢您的讲述，欢迎观看入围作品并投票。",
    "The shortlist stands, and the work is not on it. Thank you for telling this story; do watch "
    "the shortlisted works and vote.",
)

LIKENESS_ASKED = Text("{title}：影片与另一部作品相似", "“{title}”: its film resembles another work")
LIKENESS_ASKED_WHAT = Text(
    "系统发现这部作品的影片与另一部作品有相同的画面或声音。这只是一个问题，不是结论：请打开作品页面说明影片的来源"
    "（例如两个单位送了同一部作品，或使用了公共素材）。在有人看过并作出决定之前，作品不受影响。",
    "The film has pictures or sound that are also in another work. This is a question, not a verdict: open "
    "the page of your work and say where the film comes from (two units may have sent the same "
    "work, or both used the same footage). Nothing happens before a person has looked and decided.",
)
LIKENESS_RETURNED = Text(
    "{title}需要修改：影片与另一部作品相似", "“{title}” needs a change: it is like another"
)
LIKENESS_RETURNED_WHY = Text(
    "影片与另一部作品相似，请修改后重新提交。原因：\n{reason}\n\n已填写的内容都在，提交后回到原来的审核单位。",
    "The film is like another work's. Please change it and submit again, because:\n{reason}\n\nAll you "
    "filled in is still there, and it goes back to the unit that had it.",
)
LIKENESS_DECIDED = Text("{title}：影片相似一事已有决定", "“{title}”: the resemblance was decided")
LIKENESS_DECIDED_WHY = Text(
    "您的作品留在评选中。理由：\n{reason}", "Your work stays in the call. The reason:\n{reason}"
)
KINDS = {
    LIKENESS_ASKED: "likeness.asked",
    LIKENESS_DECIDED: "likeness.decided",
    LIKENESS_RETURNED: "review.returned",
    ACCEPTED: "review.accepted",
    RETURNED: "review.returned",
    DECLINED: "review.declined",
    UNDONE: "review.reversed",
    WAITING: "review.waiting",
    RECOMMENDED: "list.recommended",
    IN_RESERVE: "list.reserve",
    NOT_RECOMMENDED: "list.not-recommended",
    MOVED_UP: "list.moved-up",
    LIST_CHANGED: "list.changed",
    SHORTLISTED: "shortlist.chosen",
    NOT_SHORTLISTED: "shortlist.not-chosen",
}


def to_entrant(
    version: Version, *, subject: Text, body: Text, now: datetime, **values: str | Text
) -> None:
    """A message to the entrant about a version; `subject` is one of this module's, `values` fill
    both texts, `title` is given."""
    entry = version.entry
    filled = {"title": version.composed_title, **values}
    messages.send(
        recipient_id=entry.owner_id,
        kind=KINDS[subject],
        subject=subject.fill(**filled),
        body=body.fill(**filled),
        link=f"/entries/{entry.pk}/",
        now=now,
    )


def likeness_asked(case: LikenessCase, version: Version, *, now: datetime) -> None:
    """Ask an entrant of one of the works. It never says whose the other is."""
    _likeness(case, version, LIKENESS_ASKED, LIKENESS_ASKED_WHAT, now=now)


def likeness_decided(case: LikenessCase, version: Version, *, now: datetime) -> None:
    """Tell the entrant whose work stays; who leaves is told so by the disqualification."""
    _likeness(case, version, LIKENESS_DECIDED, LIKENESS_DECIDED_WHY, now=now)


def _likeness(
    case: LikenessCase, version: Version, subject: Text, body: Text, *, now: datetime
) -> None:
    messages.send(
        recipient_id=version.entry.owner_id,
        kind=KINDS[subject],
        subject=subject.fill(title=version.composed_title),
        body=body.fill(reason=case.reason),
        link=f"/entries/{version.entry_id}/likenesses/{case.pk}/",
        now=now,
    )


def to_clerks(
    unit: Organisation, *, subject: Text, body: Text, link: str, now: datetime, **values: str | Text
) -> None:
    """A message to every clerk of a unit; `subject` is one of this module's."""
    for clerk in memberships.clerks_of(organisation=unit):
        messages.send(
            recipient_id=clerk.pk,
            kind=KINDS[subject],
            subject=subject.fill(unit=unit.short_words, **values),
            body=body.fill(unit=unit.short_words, **values),
            link=link,
            now=now,
        )


def queue_link(unit: Organisation, campaign: Campaign) -> str:
    """The call is named in the address only where the unit has several."""
    known = desks.of_units([unit]).get(unit.pk, [])
    alone = all(desk.campaign == campaign for desk in known)
    return queue_address(unit, None if alone else campaign)


def queue_address(unit: Organisation, campaign: Campaign | None = None) -> str:
    address = f"/desk/units/{unit.pk}/queue/"
    return address if campaign is None else f"{address}?call={campaign.slug}"
