"""The road of an entry: its stations with dates, who decided for which unit, and what comes next;
and its state in one word. Derived from the rows of entries, review, vote, jury and awards; every
surface shows the same. No station names a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.models import Entry, Route, Version
from paike.entries.queries import entries
from paike.kernel.period import Period
from paike.kernel.text import Text
from paike.orgs.models import Level, Organisation
from paike.review.models import Referral
from paike.review.queries import recommendation_lists, referrals, roads, states
from paike.review.queries.states import EntryState
from paike.review.rules.states import OVER, StateKey
from paike.web.shared.cards import STATION_NAMES, Chip, Station, StationState

LEVELS = {
    Level.GRASSROOTS: STATION_NAMES["grassroots"],
    Level.DISTRICT: Text("区县", "District"),
    Level.CITY: STATION_NAMES["city"],
    Level.BODY: STATION_NAMES["body"],
}
DESK = Text("编辑部", "Editors")
LIST = Text("推荐", "List")

CHIPS: dict[StateKey, Chip] = {
    StateKey.DRAFT: Chip(Text("草稿", "Draft"), "neutral", "pencil"),
    StateKey.CHECKING: Chip(Text("检测中", "Being checked"), "progress", "loader-circle"),
    StateKey.REFUSED: Chip(Text("检测未通过", "Check failed"), "bad", "circle-x"),
    StateKey.WAITING: Chip(Text("待审核", "Under review"), "progress", "hourglass"),
    StateKey.RETURNED: Chip(Text("待修改", "To be changed"), "hint", "undo-2"),
    StateKey.DECLINED: Chip(Text("未通过审核", "Not accepted"), "bad", "circle-x"),
    StateKey.ACCEPTED: Chip(Text("已通过审核", "Accepted"), "good", "circle-check"),
    StateKey.LISTED: Chip(Text("拟推荐", "On the draft list"), "good", "list-checks"),
    StateKey.NOT_RECOMMENDED: Chip(Text("未获推荐", "Not recommended"), "neutral", "minus"),
    StateKey.RESERVE: Chip(Text("候补", "In reserve"), "hint", "list-checks"),
    StateKey.RECOMMENDED: Chip(Text("已推荐", "Recommended"), "good", "badge-check"),
    StateKey.SHORTLISTED: Chip(Text("已入围", "Shortlisted"), "good", "star"),
    StateKey.NOT_SHORTLISTED: Chip(Text("未入围", "Not shortlisted"), "neutral", "minus"),
    StateKey.WITHDRAWN: Chip(Text("已撤回", "Withdrawn"), "neutral", "undo-2"),
    StateKey.DISQUALIFIED: Chip(Text("已取消资格", "Disqualified"), "bad", "ban"),
    StateKey.MERGED: Chip(Text("已合并", "Merged"), "neutral", "network"),
}


def chip(state: EntryState, *, inside: bool = False) -> Chip:
    """The state in one word. `inside` is for staff: entrants do not learn that a body has put the
    work on its list before it submits the list."""
    if state.key is StateKey.LISTED and not inside:
        return CHIPS[StateKey.ACCEPTED]
    return CHIPS[state.key]


def award_chip(level: str, rulebook: Rulebook) -> Chip:
    """The chip of an awarded work: the name of its level."""
    names = {rung.key: rung.name for rung in rulebook.ladder}
    return Chip(names.get(level, level), "award", "trophy")


@dataclass(frozen=True)
class _Facts:
    """All that the stations are made of, loaded once."""

    entry: Entry
    version: Version | None
    state: EntryState
    waits: list[Referral]
    rulebook: Rulebook
    now: datetime


def of_entry(entry: Entry, now: datetime) -> list[Station]:
    """The whole road of one entry, done and ahead."""
    facts = _Facts(
        entry=entry,
        version=entries.latest_version(entry),
        state=states.of_entries([entry.pk])[entry.pk],
        waits=referrals.of_entry(entry_id=entry.pk),
        rulebook=campaigns.rulebook_of(entry.campaign),
        now=now,
    )
    whole = [*_own(facts), *_units(facts), *_lists(facts), *_final(facts)]
    return _cut_off(facts, whole)


def _own(facts: _Facts) -> Iterable[Station]:
    """What the entrant and the gate do."""
    entry, version = facts.entry, facts.version
    first = min((one.submitted_at for one in entry.versions.all()), default=None)
    film = entry.film
    yield Station(
        key="form", name=STATION_NAMES["form"], state="done" if first else "now", at=first
    )
    yield Station(
        key="upload",
        name=STATION_NAMES["upload"],
        state="done" if film else "ahead",
        at=film.sealed_at if film else None,
    )
    if version is None:
        yield Station(key="inspection", name=STATION_NAMES["inspection"])
    elif version.refused_at:
        note = Text("改好影片后重新提交，已填写的内容都在。", "Fix the film and submit again.")
        yield _check("stopped", version.refused_at, note)
    elif version.cleared_at:
        yield _check("done", version.cleared_at, "")
    else:
        yield _check("now", None, Text("正在检测影片。", "The film is being checked."))


def _check(state: StationState, at: datetime | None, note: Text | str) -> Station:
    return Station(
        key="inspection", name=STATION_NAMES["inspection"], state=state, at=at, note=note
    )


def _units(facts: _Facts) -> Iterable[Station]:
    """One station per unit that decides, in the order of the road."""
    latest = {wait.unit_id: wait for wait in facts.waits}
    stops = roads.stops_of(facts.entry)
    passed = {unit.pk for unit in stops}
    gone = [wait.unit for wait in facts.waits if wait.unit_id not in passed]
    for unit in [*dict.fromkeys(gone), *stops]:
        yield _unit(facts, unit, latest.get(unit.pk))


def _unit(facts: _Facts, unit: Organisation, wait: Referral | None) -> Station:
    individual = facts.entry.route == Route.INDIVIDUAL
    name = DESK if individual else LEVELS.get(Level(unit.level), STATION_NAMES["grassroots"])
    by = Text(f"{unit.short_name}审核员", f"Clerk of {unit.short_words.en}")
    if wait is None:
        return Station(key=unit.code, name=name, by=unit.short_words)
    decision = getattr(wait, "decision", None)
    if decision is None or hasattr(decision, "reversal"):
        if wait.closed_at is not None:
            return Station(key=unit.code, name=name, by=unit.short_words)
        note = Text("等待审核。", "Waits to be reviewed.")
        return Station(
            key=unit.code,
            name=name,
            state="now",
            at=wait.arrived_at,
            by=unit.short_words,
            note=note,
        )
    state: StationState = "done" if decision.outcome == "accept" else "stopped"
    return Station(
        key=unit.code, name=name, state=state, at=decision.at, by=by, note=decision.reason
    )


def _lists(facts: _Facts) -> Iterable[Station]:
    """The body's list (recommended route only) and the shortlist."""
    key, since = facts.state.key, facts.state.since
    on_list = key in (StateKey.RECOMMENDED, StateKey.SHORTLISTED, StateKey.NOT_SHORTLISTED)
    if facts.entry.route == Route.RECOMMENDED:
        body = facts.state.unit.short_words if facts.state.unit else ""
        if on_list:
            at = recommendation_lists.submitted_at(entry_id=facts.entry.pk)
            yield Station(key="list", name=LIST, state="done", at=at, by=body)
        elif key in (StateKey.ACCEPTED, StateKey.LISTED):
            note = Text("等待确定推荐名单。", "The body is drawing up its list.")
            yield Station(key="list", name=LIST, state="now", by=body, note=note)
        elif key is StateKey.RESERVE:
            note = Text("列为候补，有作品退出时递补。", "In reserve: moves up when a work leaves.")
            yield Station(key="list", name=LIST, state="now", at=since, by=body, note=note)
        elif key is StateKey.NOT_RECOMMENDED:
            note = Text("未列入推荐名单。", "Not on the list that was submitted.")
            yield Station(key="list", name=LIST, state="stopped", at=None, by=body, note=note)
        else:
            yield Station(key="list", name=LIST)
    yield _shortlist(facts)


def _shortlist(facts: _Facts) -> Station:
    name, key = STATION_NAMES["shortlist"], facts.state.key
    waits = key is StateKey.RECOMMENDED or (
        key is StateKey.ACCEPTED and facts.entry.route == Route.INDIVIDUAL
    )
    if key is StateKey.SHORTLISTED:
        by = Text(facts.rulebook.organiser.name.zh, facts.rulebook.organiser.name.en)
        return Station(key="shortlist", name=name, state="done", at=facts.state.since, by=by)
    if key is StateKey.NOT_SHORTLISTED:
        return Station(
            key="shortlist",
            name=name,
            state="stopped",
            at=facts.state.since,
            note=Text("感谢参与，作品未进入入围名单。", "Thank you. The work was not shortlisted."),
        )
    if waits:
        note = Text("等待主办方确定入围名单。", "The organiser is drawing up the shortlist.")
        return Station(key="shortlist", name=name, state="now", note=note)
    return Station(key="shortlist", name=name)


def _final(facts: _Facts) -> Iterable[Station]:
    """Vote, jury and award: dates from the rulebook, the award from its row."""
    shortlisted = facts.state.key is StateKey.SHORTLISTED
    yield _window("vote", facts, stages.window(facts.rulebook, "vote"), on=shortlisted)
    yield _window("jury", facts, stages.window(facts.rulebook, "judge"), on=shortlisted)
    award: Any = getattr(facts.entry, "award", None)
    if award is not None and award.revoked_at is None:
        names = {rung.key: rung.name for rung in facts.rulebook.ladder}
        yield Station(
            key="award",
            name=STATION_NAMES["award"],
            state="done",
            at=award.result.published_at,
            note=names.get(award.level, award.level),
        )
    else:
        yield Station(key="award", name=STATION_NAMES["award"])


def _window(key: str, facts: _Facts, window: Period | None, *, on: bool) -> Station:
    name = STATION_NAMES[key]
    if not on or window is None:
        return Station(key=key, name=name)
    if window.is_before(facts.now):
        return Station(key=key, name=name, state="done", at=window.end)
    if facts.now in window:
        return Station(key=key, name=name, state="now", at=window.end)
    return Station(key=key, name=name, at=window.start)


def _cut_off(facts: _Facts, whole: list[Station]) -> list[Station]:
    """A work that left the call: what was done, and where it ended."""
    if facts.state.key not in OVER:
        return whole
    done = [station for station in whole if station.state == "done"]
    reason = ""
    if facts.state.key is StateKey.DISQUALIFIED:
        reason = facts.entry.disqualification.reason
    elif facts.state.key is StateKey.MERGED:
        reason = facts.entry.merger.reason
    words = CHIPS[facts.state.key].label
    # A merged work has not failed: it goes on under another number.
    how: StationState = "done" if facts.state.key is StateKey.MERGED else "stopped"
    end = Station(key="end", name=words, state=how, at=facts.state.since, note=reason)
    return [*done, end]
