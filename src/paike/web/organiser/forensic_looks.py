"""A look at all ballots, as far as it may be shown: while votes are secret, suspect ballots only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.kernel.text import Text
from paike.voting.models import DetectionRun, Finding
from paike.voting.queries import forensics
from paike.voting.rules import counts
from paike.voting.rules.detection import picture
from paike.voting.rules.detection.finding import Family
from paike.web.organiser import forensic_words


@dataclass(frozen=True)
class Line:
    """A finding in words."""

    finding: Finding
    title: str
    name: Text
    family: Text
    words: Text
    honest: Text


@dataclass(frozen=True)
class Look:
    """The latest look. `is_open`: votes and ranks may be shown; `titles` by work's number."""

    run: DetectionRun | None
    is_open: bool
    titles: dict[int, str]
    picture: dict[str, Any]
    findings: list[Finding]

    def figures(self, finding: Finding) -> Mapping[str, Any]:
        """Those of a finding that may be shown."""
        hidden = frozenset[str]() if self.is_open else picture.TOTALS
        return {key: one for key, one in finding.figures.items() if key not in hidden}

    def lines(self) -> list[Line]:
        return [
            Line(
                finding=one,
                title=self.titles.get(one.work, "") if one.work is not None else "",
                name=forensic_words.name(one.detector),
                family=forensic_words.family(one.family),
                words=forensic_words.of(one, self.figures(one)),
                honest=forensic_words.HONEST[one.detector],
            )
            for one in self.findings
        ]

    def ranking(self) -> list[dict[str, Any]]:
        """Every work's votes and rank, with the suspect ballots and without."""
        return [
            one
            | {"title": self.titles.get(one["number"], ""), "lost": one["votes"] - one["without"]}
            for one in self.picture["ranking"]
        ]


def latest(campaign: Campaign, *, now: datetime) -> Look:
    """The last look that was finished; without figures that nobody may have yet."""
    run = forensics.latest_run(campaign.pk)
    is_open = counts.are_open(campaigns.rulebook_of(campaign).ballot, now=now)
    whole: dict[str, Any] = {"ranking": [], "works": {}} | (run.picture if run else {})
    found = forensics.findings(run) if run else []
    return Look(
        run=run,
        is_open=is_open,
        titles=forensics.titles(campaign.pk),
        picture=whole if is_open else picture.held_back(whole),
        findings=[one for one in found if is_open or one.work is None or one.family != Family.LOOK],
    )
