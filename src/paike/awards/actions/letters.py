"""What entrants are told about awards."""

from datetime import datetime

from paike.awards.models import Award
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.parts import Words
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.models import Entry
from paike.kernel.text import Text
from paike.notify.actions import messages


def level_of(rulebook: Rulebook, key: str) -> Words:
    """The name of a level of the ladder."""
    return next(rung.name for rung in rulebook.ladder if rung.key == key)


def announce(award: Award, *, title: str, now: datetime) -> None:
    """Tell a work's entrant about its prize, with the way to the certificate."""
    rulebook = campaigns.rulebook_of(award.result.campaign)
    level = level_of(rulebook, award.level)
    messages.send(
        recipient_id=award.entry.owner_id,
        kind="award.announced",
        subject=Text("您的作品获奖了", "Your work won a prize"),
        body=Text(
            f"{title}获得{level.zh}。证书编号 {award.number}，可在核验页查看并下载证书。",
            f"“{title}” won: {level.en}. Certificate {award.number}; look at it and download it "
            "on the check page.",
        ),
        link=f"/check/{award.check_code}/",
        now=now,
    )


def thank(entry: Entry, *, title: str, now: datetime) -> None:
    """Tell a shortlisted work's entrant that the result is out and no prize fell to it."""
    messages.send(
        recipient_id=entry.owner_id,
        kind="award.none",
        subject=Text("评选结果已公布", "The result is published"),
        body=Text(
            f"{title}入围，未获得奖项。感谢您的讲述，完整结果和计算过程已公布。",
            f"“{title}” was shortlisted and won no prize. Thank you for telling this story; the "
            "whole result and how it was computed are published.",
        ),
        link=f"/c/{entry.campaign.slug}/result/",
        now=now,
    )
