"""What the review writes to people: to the entrant at every step, to clerks when work arrives."""

from datetime import datetime

from paike.entries.models import Version
from paike.kernel.text import Text
from paike.notify.actions import messages
from paike.orgs.models import Organisation
from paike.orgs.queries import memberships

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

KINDS = {
    ACCEPTED: "review.accepted",
    RETURNED: "review.returned",
    DECLINED: "review.declined",
    UNDONE: "review.reversed",
    WAITING: "review.waiting",
    RECOMMENDED: "list.recommended",
    MOVED_UP: "list.moved-up",
    LIST_CHANGED: "list.changed",
    SHORTLISTED: "shortlist.chosen",
    NOT_SHORTLISTED: "shortlist.not-chosen",
}


def to_entrant(
    version: Version, *, subject: Text, body: Text, now: datetime, **values: str
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


def to_clerks(
    unit: Organisation, *, subject: Text, body: Text, link: str, now: datetime, **values: str
) -> None:
    """A message to every clerk of a unit; `subject` is one of this module's."""
    for clerk in memberships.clerks_of(organisation=unit):
        messages.send(
            recipient_id=clerk.pk,
            kind=KINDS[subject],
            subject=subject.fill(unit=unit.short_name, **values),
            body=body.fill(unit=unit.short_name, **values),
            link=link,
            now=now,
        )


def queue_link(unit: Organisation) -> str:
    return f"/desk/units/{unit.pk}/queue/"
