"""Plays a whole campaign through HTTP, from the notice to the exhibition."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from paike.awards.models import Award
from paike.campaigns.actions import campaigns as campaign_actions
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.demo import cast, company, deciding, entering, people, rulebooks, showing, way_up
from paike.demo.people import Staff
from paike.demo.progress import Act, Programme
from paike.demo.visitor import Refused, Visitor
from paike.entries.models import Entry, Version
from paike.exhibition.models import Publication
from paike.jury.models import ScoreSheet
from paike.kernel import clock
from paike.media.models import Rendition
from paike.orgs.actions import invite_links
from paike.orgs.queries import organisations
from paike.review.models import Decision, Recommendation, RecommendationList, Shortlisting
from paike.voting.models import Ballot
from paike.voting.queries import forensics

ONLY_VOTERS = 60
LONGEST_WAIT = 120.0  # seconds for the worker to finish what is under way


@dataclass(frozen=True)
class Summary:
    """What happened: counts per stage, awards by level, seconds per act; one login per role."""

    counts: dict[str, int]
    awards: dict[str, int]
    seconds: dict[str, float]
    logins: list[Staff]

    def as_json(self) -> dict[str, Any]:
        """The summary without the logins' secrets."""
        return {"counts": self.counts, "awards": self.awards, "seconds": self.seconds}


class Play:
    """One performance against the site at `url`, with its films in `folder`."""

    def __init__(self, url: str, *, films: int, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.programme = Programme()
        source = rulebooks.play_bill(rulebooks.built_in(), films=films, now=_present())
        self.campaign = campaign_actions.create(source=source, now=_present())
        practice = rulebooks.practice(source, now=_present())
        self.practice = campaign_actions.create(source=practice, now=_present())
        self.rulebook: Rulebook = campaigns.rulebook_of(self.campaign)
        self.entrants = cast.entrants(self.rulebook, films)
        self.collect, self.select = self.rulebook.stages[0], self.rulebook.stages[1]
        self.company: dict[str, Staff] = {}
        self.jurors: list[deciding.Juror] = []
        self.visitors: dict[str, Visitor] = {}

    def perform(self) -> Summary:
        """All acts, in order. Raises Refused when the site does not do its part."""
        with self.programme.running():
            self._enter(self._prepare())
            self._climb()
            self._decide()
            self._show()
        clock.move_to(_present())
        counts, awards = _counted(self.campaign, self.rulebook)
        return Summary(counts, awards, self.programme.seconds, self._logins())

    def _prepare(self) -> entering.Shooting:
        """The films are being shot while the units are set up, the call is opened, and those who
        have theirs enter it."""
        act = self.programme.begin("films", "拍摄短片", len(self.entrants))
        shooting = entering.Shooting(self.entrants, self.folder, step=act.step, end=act.end)
        clock.move_to(self.collect.start + timedelta(hours=9))
        self.company = company.appoint(self.rulebook)
        for campaign in (self.practice, self.campaign):  # the one opened last is featured
            campaign_actions.open(campaign_id=campaign.pk, by=None, now=clock.now())
            clock.move_to(clock.now() + timedelta(minutes=1))
        return shooting

    def _enter(self, shooting: entering.Shooting) -> None:
        span = self.collect.end - self.collect.start
        with self.programme.act("entries", "报名上传", len(self.entrants)) as act:
            entering.enter_all(
                self.url,
                self.rulebook,
                self.entrants,
                self._invite(),
                shooting,
                begin=self.collect.start + span * 0.02,
                end=self.collect.start + span * 0.8,
                step=act.step,
            )
        with self.programme.act("inspections", "检测影片", len(self.entrants)) as act:
            # The refused film was put right; a work withdrawn before its verdict goes nowhere.
            submitted = Version.objects.filter(entry__campaign=self.campaign, refused_at=None)
            done = submitted.exclude(cleared_at=None, entry__withdrawal=None)
            _wait(act, lambda: done.count(), len(self.entrants))

    def _climb(self) -> None:
        fates = {one.work.title: one.fate for one in self.entrants if one.fate in way_up.NO}
        begin = self.collect.start + (self.collect.end - self.collect.start) * 0.82
        through_city = {body.code for body in self.rulebook.bodies[-company.WITH_CITY :]}
        decisions = sum(_decisions(one, through_city) for one in self.entrants)
        with self.programme.act("reviews", "逐级审核", decisions) as act:
            for number, level in enumerate(("base", "city", "clerk")):
                clerks = [one for name, one in self.company.items() if name.endswith(f"-{level}")]
                clerks += [self.company["desk"]] if level == "base" else []
                moment = begin + timedelta(days=3 * number)
                way_up.decide_all(self.url, clerks, begin=moment, fates=fates, step=act.step)
        clerks = [one for name, one in self.company.items() if name.endswith("-clerk")]
        with self.programme.act("recommendations", "推荐报送", len(clerks)) as act:
            way_up.recommend_all(
                self.url,
                clerks,
                begin=begin + timedelta(days=9),
                least=self.rulebook.funnel.recommend_min,
                most=self.rulebook.funnel.recommend_max,
                step=act.step,
            )

    def _decide(self) -> None:
        clock.move_to(self.select.start + timedelta(hours=9))
        with self.programme.act("shortlist", "确定入围", 1) as act:
            deciding.shortlist(self._staff("organiser"), self.rulebook)
            self.jurors = deciding.seat_jury(self.url, self._staff("organiser"), self.rulebook)
            act.step()
        phones = [one.phone for one in self.entrants] + deciding.voters(ONLY_VOTERS)
        with self.programme.act("votes", "公众投票", len(phones)) as act:
            opens = self.rulebook.ballot.opens + timedelta(minutes=5)
            deciding.vote_all(self.url, self.rulebook, phones, begin=opens, step=act.step)
        sheets = len(self.jurors) * self.rulebook.funnel.shortlist
        with self.programme.act("marks", "专家评审", sheets) as act:
            begin = self.rulebook.ballot.closes + timedelta(hours=1)
            deciding.judge_all(self.url, self.rulebook, self.jurors, begin=begin, step=act.step)
        clock.move_to(self.rulebook.ballot.closes + timedelta(days=2))
        with self.programme.act("last-look", "截止后核查选票", 1) as act:
            _wait(act, lambda: int(not forensics.awaits_last_look(self.campaign.pk)), 1)
        with self.programme.act("result", "公布结果", 1) as act:
            deciding.announce(self._staff("organiser"), self.rulebook)
            act.step()

    def _show(self) -> None:
        with self.programme.act("renditions", "转码完成", 3 * (len(self.entrants) - 1)) as act:
            ready = Rendition.objects.exclude(finished_at=None).filter(fault="")
            _wait(act, lambda: ready.count(), 3 * (len(self.entrants) - 1))
        clock.move_to(self.select.end + timedelta(hours=9))
        with self.programme.act("publications", "编辑发布", self.rulebook.funnel.shortlist) as act:
            showing.publish_all(self._staff("editor"), self.rulebook, act.step)
        with self.programme.act("exhibition", "生成展播", 1) as act:
            showing.exhibit(self._staff("editor"), self.rulebook)
            act.step()

    def _invite(self) -> dict[str, str]:
        """The link of every grass-roots union: {code of the unit: code of the link}."""
        links = {}
        for code in {one.unit_code for one in self.entrants if one.body}:
            unit = organisations.by_code(code)
            if unit is None:
                raise LookupError(code)
            link = invite_links.issue(
                organisation=unit, campaign_id=self.campaign.pk, by=None, now=clock.now()
            )
            links[code] = link.code
        return links

    def _staff(self, username: str) -> Visitor:
        """The open browser of a member of staff; signed in when first needed, as a code of the
        authenticator app works once."""
        if username not in self.visitors:
            self.visitors[username] = Visitor(self.url)
            people.sign_in(self.visitors[username], self.company[username])
        return self.visitors[username]

    def _logins(self) -> list[Staff]:
        """One login per role; an entrant signs in by code, so the phone stands for the name."""
        last = self.rulebook.bodies[-1].code.lower()
        entrant = next(one for one in self.entrants if one.fate == "up")
        chosen = [self.company[name] for name in (f"{last}-base", f"{last}-city", f"{last}-clerk")]
        chosen += [self.company["desk"], self.company["editor"], self.jurors[0].staff]
        chosen.append(self.company["organiser"])
        return [Staff(entrant.phone, entrant.name, "投稿人", entrant.unit_name, ""), *chosen]


def _decisions(entrant: cast.Entrant, through_city: set[str]) -> int:
    """How many clerks decide about a work of the demo."""
    if entrant.fate == "withdrawn":
        return 0
    if entrant.fate in way_up.NO or entrant.body is None:
        return 1
    return 3 if entrant.body.code in through_city else 2


def _present() -> datetime:
    """The real time, whatever the demo's clock says."""
    return clock.now() - clock.offset()


def _wait(act: Act, count: Callable[[], int], wanted: int) -> None:
    """Until the worker has done `wanted` things. Raises Refused when nothing moves for long."""
    seen, since = 0, time.monotonic()
    while seen < wanted:
        found = min(count(), wanted)
        if found > seen:
            act.step(found - seen)
            seen, since = found, time.monotonic()
        elif time.monotonic() - since > LONGEST_WAIT:
            raise Refused(f"the worker stands still at {seen} of {wanted}")
        time.sleep(0.2)


def _counted(campaign: Campaign, rulebook: Rulebook) -> tuple[dict[str, int], dict[str, int]]:
    """Counts per stage, and awards by level, as they stand in the database."""
    entries = Entry.objects.filter(campaign=campaign)
    decided = Decision.objects.filter(referral__entry__campaign=campaign)
    recommended = Recommendation.objects.filter(list__campaign=campaign, removed_at=None)
    counts = {
        "entries": entries.count(),
        "versions": Version.objects.filter(entry__campaign=campaign).count(),
        "refused_by_gate": Version.objects.filter(entry__campaign=campaign)
        .exclude(refused_at=None)
        .count(),
        "withdrawn": entries.exclude(withdrawal=None).count(),
        "decisions": decided.count(),
        "declined": decided.filter(outcome="decline").count(),
        "returned": decided.filter(outcome="return").count(),
        "lists": RecommendationList.objects.filter(campaign=campaign)
        .exclude(submitted_at=None)
        .count(),
        "recommended": recommended.count(),
        "shortlisted": Shortlisting.objects.filter(
            shortlist__campaign=campaign, removed_at=None
        ).count(),
        "ballots": Ballot.objects.filter(campaign=campaign).count(),
        "score_sheets": ScoreSheet.objects.filter(seat__panel__campaign=campaign).count(),
        "published": Publication.objects.filter(entry__campaign=campaign, hidden_at=None).count(),
    }
    awards = Award.objects.filter(result__campaign=campaign, revoked_at=None)
    return counts, {rung.key: awards.filter(level=rung.key).count() for rung in rulebook.ladder}
