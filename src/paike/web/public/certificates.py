"""Certificates: what stands on them, and the PDF."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from paike.awards.models import Award, OrganisationAward
from paike.awards.queries import results
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.parts import Words
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.queries import entries, mergers
from paike.exhibition.queries import publications
from paike.kernel.text import Text
from paike.web.shared import typesetting

SOURCE = Path(__file__).parent / "typst" / "certificate.typ"
ROOMY = 22  # characters of a title that stand on one line in the large size


@dataclass(frozen=True)
class Certificate:
    """The words of a certificate; nothing on it is private."""

    campaign: Campaign
    number: str
    code: str
    title: str  # of the work, or the name of the organisation
    credit: str  # as published; empty for organisations
    sentence: Text
    award: Words
    published_at: datetime
    is_work: bool

    @property
    def rulebook(self) -> Rulebook:
        return campaigns.rulebook_of(self.campaign)

    @property
    def day(self) -> Text:
        """The day of publication in the call's zone, as it stands on the paper."""
        day = self.published_at.astimezone(ZoneInfo(self.rulebook.timezone))
        return Text(f"{day.year} 年 {day.month} 月 {day.day} 日", f"{day.day} {day:%B} {day.year}")


def of_award(award: Award) -> Certificate:
    """The certificate of a work. Texts are those the editor published, else those submitted."""
    campaign = award.result.campaign
    rulebook = campaigns.rulebook_of(campaign)
    published = publications.of_entry(award.entry_id)
    latest = entries.latest_versions([award.entry_id])[award.entry_id]
    credit = published.credit if published else str(latest.snapshot.get("credit", ""))
    return Certificate(
        campaign=campaign,
        number=award.number,
        code=award.check_code,
        title=published.title if published else latest.composed_title,
        credit=mergers.credited({award.entry_id: credit})[award.entry_id],
        sentence=Text(
            f"在“{rulebook.name.zh}”活动中，经投票和专家评审，荣获",
            f"awarded by public vote and expert jury in “{rulebook.name.en}”",
        ),
        award=level_of(rulebook, award.level),
        published_at=award.result.published_at,
        is_work=True,
    )


def of_organisation(award: OrganisationAward) -> Certificate:
    """The certificate of a body."""
    campaign = award.result.campaign
    rulebook = campaigns.rulebook_of(campaign)
    prize = rulebook.organisation_prizes
    name = prize.name if prize else Words(zh="组织奖", en="Organisation prize")
    return Certificate(
        campaign=campaign,
        number=award.number,
        code=award.check_code,
        title=award.organisation.name,
        credit="",
        sentence=Text(
            f"在“{rulebook.name.zh}”活动中组织工作成绩突出，荣获",
            f"for its part in “{rulebook.name.en}”",
        ),
        award=name,
        published_at=award.result.published_at,
        is_work=False,
    )


def by_code(code: str) -> Certificate | None:
    """The certificate that holds under this check code."""
    papers = results.by_check_code(code)
    if papers.award is not None and papers.award.revoked_at is None:
        return of_award(papers.award)
    if papers.organisation_award is not None:
        return of_organisation(papers.organisation_award)
    return None


def level_of(rulebook: Rulebook, key: str) -> Words:
    """The name of a level."""
    return next(rung.name for rung in rulebook.ladder if rung.key == key)


def pdf(certificate: Certificate, *, check_url: str) -> bytes:
    """The certificate as an A4 page, with a QR code that leads to its check page."""
    rulebook = certificate.rulebook
    return typesetting.pdf(
        SOURCE,
        {
            "brand": rulebook.look.brand,
            "accent": rulebook.look.accent,
            "call": rulebook.name.zh,
            "heading": "荣誉证书",
            "heading_en": "Certificate of award",
            "title": certificate.title,
            "title_size": 24 if len(certificate.title) <= ROOMY else 19,
            "credit": certificate.credit,
            "sentence": certificate.sentence.zh,
            "award": certificate.award.zh,
            "award_en": certificate.award.en,
            "organiser": rulebook.organiser.name.zh,
            "date": certificate.day.zh,
            "number": certificate.number,
            "code": certificate.code,
            "check_at": check_url,
            "qr": typesetting.qr_svg(check_url, dark="#241d18"),
        },
    )
