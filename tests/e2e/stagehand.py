"""Behind the browser's back: opens a small call of its own in a demo installation, and plays every
part of its road that no test has walked, so that each test finds the stage it needs.

A process of its own, as the installation's database and keys are not those of the tests:
`python -m tests.e2e.stagehand open '{"slug": "road-1"}'`, then `reach` with `scene`.
"""

import json
import os
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from paike.accounts.actions import staff  # noqa: E402 - models need Django set up
from paike.accounts.models import Account  # noqa: E402
from paike.awards.actions import results  # noqa: E402
from paike.awards.models import Result  # noqa: E402
from paike.campaigns.actions import campaigns as campaign_actions  # noqa: E402
from paike.campaigns.models import Campaign  # noqa: E402
from paike.campaigns.queries import campaigns  # noqa: E402
from paike.campaigns.rules.rulebook import Rulebook  # noqa: E402
from paike.demo import cast, entering, rulebooks  # noqa: E402
from paike.demo.people import PASSWORD, Staff  # noqa: E402
from paike.entries.models import Entry, Version  # noqa: E402
from paike.entries.queries import race  # noqa: E402
from paike.exhibition.actions import publications  # noqa: E402
from paike.exhibition.queries import publications as shelf  # noqa: E402
from paike.jury.actions import panels, score_sheets, seats  # noqa: E402
from paike.jury.models import Panel, Seat  # noqa: E402
from paike.kernel import clock  # noqa: E402
from paike.media.models import Rendition  # noqa: E402
from paike.orgs.actions import invite_links, memberships, organisations  # noqa: E402
from paike.orgs.models import Organisation, Role  # noqa: E402
from paike.orgs.queries import memberships as members  # noqa: E402
from paike.review.actions import decisions, recommendation_lists, shortlists  # noqa: E402
from paike.review.models import RecommendationList, Referral, Shortlist  # noqa: E402
from paike.review.queries import recommendation_lists as lists  # noqa: E402
from paike.review.queries import shortlists as chosen  # noqa: E402
from paike.voting.models import Ballot  # noqa: E402
from paike.voting.queries import ballot_logs, candidates, forensics  # noqa: E402
from tests.e2e import calls  # noqa: E402
from tests.factories import ballots  # noqa: E402

SUPPORT = {calls.BODY: 3, calls.OTHER_BODY: 2}  # works that others enter, by body
VOTERS = 5
UNION = "滨江重型机械厂工会"
SCENES = (
    "collect",
    "review",
    "recommend",
    "shortlist",
    "vote",
    "judge",
    "award",
    "exhibit",
    "show",
)


def main() -> None:
    act, known = sys.argv[1], json.loads(sys.argv[2])
    answer = open_call(known["slug"]) if act == "open" else reach(known["slug"], known["scene"])
    sys.stdout.write(json.dumps(answer) + "\n")


def open_call(slug: str) -> dict[str, Any]:
    """A call that begins at once, with staff of its own and a few works already entered."""
    now = clock.now()
    source = calls.source(rulebooks.play_bill(rulebooks.built_in(), films=18, now=now), slug, now)
    call = campaign_actions.create(source=source, now=now)
    rulebook = campaigns.rulebook_of(call)
    clock.move_to(_moment(rulebook, "collect"))
    campaign_actions.open(campaign_id=call.pk, by=None, now=clock.now())
    base = _plant(slug)
    people = {
        role: _hire(slug, role, code, kind)
        for role, code, kind in (
            ("base", base, Role.CLERK),
            ("body", calls.BODY, Role.CLERK),
            ("organiser", "ORGANISER", Role.ORGANISER),
            ("editor", "UNDERTAKER", Role.EDITOR),
        )
    }
    _enter_others(call, rulebook, base)
    unit = Organisation.objects.get(code=base).name
    return {"source": source, "join": _link(call, base), "unit": unit, "staff": people}


def reach(slug: str, scene: str) -> dict[str, Any]:
    """Play what is missing before `scene`, then let the clock stand in it."""
    call = Campaign.objects.get(slug=slug)
    rulebook = campaigns.rulebook_of(call)
    parts = {
        "recommend": _reach_the_body,
        "shortlist": _climb,
        "vote": _choose,
        "judge": _vote,
        "award": _judge,
        "exhibit": _announce,
        "show": _publish,
    }
    for one in SCENES[: SCENES.index(scene) + 1]:
        if one in parts:
            parts[one](call, rulebook)
        moment = _moment(rulebook, one)
        if clock.now() < moment:
            clock.move_to(moment)
    if scene == "award":
        _until_counted(call)
    return {}


def _moment(rulebook: Rulebook, scene: str) -> datetime:
    collect, select = rulebook.stages[0], rulebook.stages[1]
    return {
        "collect": collect.start + timedelta(hours=9),
        "review": collect.start + timedelta(days=60, hours=9),
        "recommend": collect.start + timedelta(days=70, hours=9),
        "shortlist": select.start + timedelta(hours=9),
        "vote": rulebook.ballot.opens + timedelta(minutes=5),
        "judge": rulebook.ballot.closes + timedelta(hours=1),
        "award": rulebook.ballot.closes + timedelta(days=2),
        "exhibit": select.end + timedelta(hours=9),
        "show": select.end + timedelta(hours=10),
    }[scene]


def _hire(slug: str, role: str, code: str, kind: Role) -> list[str]:
    now = clock.now()
    username = f"{slug}-{role}"
    account = staff.create(username=username, display_name="王干事", password=PASSWORD, now=now)
    unit = Organisation.objects.get(code=code)
    memberships.appoint(account=account, organisation=unit, role=kind, by=None, now=now)
    return [username, _set_up_totp(account, now)]


def _set_up_totp(account: Account, now: datetime) -> str:
    secret = staff.begin_totp(account=account, now=now).split("secret=")[1].split("&")[0]
    code = Staff("", "", "", "", secret).code(now)
    staff.confirm_totp(account=account, code=code, now=now)
    return secret


def _link(call: Campaign, code: str) -> str:
    unit = Organisation.objects.get(code=code)
    return invite_links.issue(organisation=unit, campaign_id=call.pk, by=None, now=clock.now()).code


def _plant(slug: str) -> str:
    """A grass-roots union of the call's own: nothing of other calls waits in its queue."""
    parent = Organisation.objects.get(code=f"{calls.BODY}-01")
    known = Organisation.objects.filter(parent=parent, name=UNION).exists()
    name = f"{UNION} {slug}" if known else UNION
    organisations.create(
        parent=parent, code=f"{calls.BODY}-01-{slug}", name=name, short_name=name,
        level="grassroots", now=clock.now(),
    )  # fmt: skip
    return f"{calls.BODY}-01-{slug}"


def _enter_others(call: Campaign, rulebook: Rulebook, base: str) -> None:
    """Entrants of the demo enter again, through HTTP, with the films they have."""
    played = campaigns.rulebook_of(Campaign.objects.order_by("opened_at")[0])
    people = [
        one
        for code, count in SUPPORT.items()
        for one in [
            each
            for each in cast.entrants(played, 18)
            if each.fate == "up" and each.body is not None and each.body.code == code
        ][:count]
    ]
    people = [
        replace(one, unit_code=base) if one.unit_code.startswith(calls.BODY) else one
        for one in people
    ]
    links = {one.unit_code: _link(call, one.unit_code) for one in people}
    now = clock.now()
    films = Path(os.environ["PAIKE_DATA"]) / "demo-films"
    shooting = entering.Shooting(people, films, step=lambda: None, end=lambda: None)
    entering.enter_all(
        os.environ["PAIKE_URL"], rulebook, people, links, shooting,
        begin=now, end=now + timedelta(hours=2), step=lambda: None,
    )  # fmt: skip
    _wait_for_films(call)


def _wait_for_films(call: Campaign) -> None:
    """Until the worker has looked at every film and made what players need."""
    limit = time.monotonic() + 120
    while time.monotonic() < limit:
        submitted = Version.objects.filter(entry__campaign=call, refused_at=None)
        films = set(submitted.values_list("film_id", flat=True))
        made = Rendition.objects.filter(film_id__in=films).exclude(finished_at=None).count()
        if not submitted.filter(cleared_at=None).exists() and made >= 3 * len(films):
            return
        time.sleep(0.2)
    raise TimeoutError("the worker stands still")


def _reach_the_body(call: Campaign, _rulebook: Rulebook) -> None:
    """Everything is accepted up to the body whose clerk the browser plays."""
    if not RecommendationList.objects.filter(campaign=call, submitted_at__isnull=False).exists():
        _accept_all(call, but_at=calls.BODY)


def _accept_all(call: Campaign, *, but_at: str) -> None:
    _wait_for_films(call)
    waiting = Referral.objects.filter(entry__campaign=call, closed_at=None)
    while one := waiting.exclude(unit__code=but_at).first():
        by = members.clerks_of(organisation=one.unit)[0]
        decisions.decide(referral_id=one.pk, outcome="accept", by=by, now=clock.now())


def _climb(call: Campaign, _rulebook: Rulebook) -> None:
    """Everything that waits is accepted; every body submits its list."""
    if Shortlist.objects.filter(campaign=call, sealed_at__isnull=False).exists():
        return
    _accept_all(call, but_at="")
    for kept in RecommendationList.objects.filter(campaign=call, submitted_at=None):
        by = members.clerks_of(organisation=kept.body)[0]
        free = kept.quota_max - len(lists.ranking_of(kept).ranked)
        for entry in lists.candidates(kept)[:free]:
            recommendation_lists.add(list_id=kept.pk, entry_id=entry, by=by, now=clock.now())
        recommendation_lists.submit(list_id=kept.pk, by=by, now=clock.now())


def _choose(call: Campaign, rulebook: Rulebook) -> None:
    """The shortlist is filled and sealed."""
    shortlist = shortlists.ensure(campaign=call, now=clock.now())
    if shortlist.sealed_at is not None:
        return
    by, now = _organiser(call), clock.now()
    standing = chosen.chosen_ids(campaign_id=call.pk)
    recommended = [one.entry_id for one in lists.recommended(campaign_id=call.pk)]
    missing = [one for one in recommended if one not in standing]
    missing = missing[: rulebook.funnel.shortlist - len(standing)]
    shortlists.add(campaign_id=call.pk, entry_ids=missing, by=by, now=now)
    shortlists.seal(campaign_id=call.pk, reason="评审工作会议讨论通过。", by=by, now=now)


def _vote(call: Campaign, rulebook: Rulebook) -> None:
    """A few people vote, each for others."""
    now = clock.now()
    works = list(candidates.numbers(call.pk).values())
    ballots.open_vote(call, now=now)
    for number in range(VOTERS - Ballot.objects.filter(campaign=call).count()):
        picked = (works[number:] + works[:number])[: rulebook.ballot.works_min]
        ballots.cast(call, picked, now=now)


def _until_counted(call: Campaign) -> None:
    """The sequencer closes the vote and states the count within seconds; the worker looks at all
    ballots a last time within the minute."""
    for _ in range(1200):
        if not ballot_logs.awaits_count(call.pk) and not forensics.awaits_last_look(call.pk):
            return
        time.sleep(0.1)
    raise TimeoutError(call.slug)


def _judge(call: Campaign, rulebook: Rulebook) -> None:
    """There are at least as many sealed seats as the quorum asks for."""
    by, now = _organiser(call), clock.now()
    panel = panels.open_panel(campaign_id=call.pk, by=by, now=now)
    if panel.closed_at is not None:
        return
    for number in range(rulebook.jury.quorum - _sealed(panel)):
        seat, token = seats.invite(panel_id=panel.pk, name=f"评委{number + 1}", by=by, now=now)
        username = f"{call.slug}-judge{number + 1}"
        juror = staff.create(username=username, display_name=seat.name, password=PASSWORD, now=now)
        seat = seats.accept(token=token, account=juror, now=now)
        _mark_all(seat, call, rulebook, by=juror)


def _sealed(panel: Panel) -> int:
    return Seat.objects.filter(panel=panel, sealed_at__isnull=False).count()


def _mark_all(seat: Seat, call: Campaign, rulebook: Rulebook, *, by: Account) -> None:
    entries = list(race.of_campaign(call.pk).order_by("number"))
    for place, entry in enumerate(entries):
        for criterion in rulebook.jury.criteria:
            share = 0.95 - 0.06 * place - 0.01 * seat.number
            score_sheets.mark(
                seat_id=seat.pk, entry_id=entry.pk, criterion=criterion.key,
                typed=f"{criterion.points * share:.1f}", now=clock.now(),
            )  # fmt: skip
    seats.seal(seat_id=seat.pk, by=by, now=clock.now())


def _announce(call: Campaign, _rulebook: Rulebook) -> None:
    """The panel is closed, those who never sealed notwithstanding; the result is published."""
    if Result.objects.filter(campaign=call).exists():
        return
    by, now = _organiser(call), clock.now()
    panel = Panel.objects.get(campaign=call)
    if panel.closed_at is None:
        panels.close(panel_id=panel.pk, reason="按期关闭。", by=by, now=now)
    _until_counted(call)
    results.publish(campaign_id=call.pk, by=by, now=now)


def _publish(call: Campaign, _rulebook: Rulebook) -> None:
    """The editor publishes what still waits."""
    by = Account.objects.get(username=f"{call.slug}-editor")
    for waiting in shelf.waiting(campaign_id=call.pk):
        publications.publish(
            entry=Entry.objects.get(pk=waiting.entry_id), by=by, now=clock.now(), confirmed=True
        )


def _organiser(call: Campaign) -> Account:
    return Account.objects.get(username=f"{call.slug}-organiser")


if __name__ == "__main__":
    main()
