"""The demo's last act before the curtain: shortlist, vote, jury, result."""

import random
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from paike.campaigns.rules.rulebook import Rulebook
from paike.demo import cast, people
from paike.demo.people import PASSWORD, Staff
from paike.demo.visitor import Refused, Visitor
from paike.kernel import clock

JURORS = ("林老师", "韩导演", "孟编辑", "苏教授", "邵摄影", "贺记者", "施编剧")
UUID = "[0-9a-f-]{36}"
WAVE = 3


def shortlist(organiser: Visitor, rulebook: Rulebook) -> None:
    """The formal act: as many candidates as the rulebook says, in the page's order."""
    address = f"/organise/{rulebook.slug}/shortlist/"
    page = organiser.get(address)
    found = list(dict.fromkeys(re.findall(rf'name="entries" value="({UUID})"', page)))
    size = rulebook.funnel.shortlist
    if len(found) < size:
        raise Refused(f"{address}: {len(found)} candidates for {size} places")
    organiser.post(f"{address}works/", {"entries": found[:size], "act": "add"})
    reason = "评审工作会议讨论通过，会议纪要另存。兼顾各主题与各推荐单位。"
    organiser.post(f"{address}seal/", {"reason": reason}, expect="入围名单已确认")


def vote_all(
    url: str,
    rulebook: Rulebook,
    phones: Sequence[str],
    *,
    begin: datetime,
    step: Callable[[], None],
) -> None:
    """Everybody in `phones` registers and casts one ballot, in waves from `begin` on."""
    waves = [phones[at : at + WAVE] for at in range(0, len(phones), WAVE)]
    with ThreadPoolExecutor(WAVE) as pool:
        for number, wave in enumerate(waves):
            clock.move_to(begin + number * timedelta(minutes=20))
            for job in [pool.submit(_vote, url, rulebook, phone) for phone in wave]:
                job.result()
                step()


def _vote(url: str, rulebook: Rulebook, phone: str) -> None:
    visitor = Visitor(url)
    paper = f"/c/{rulebook.slug}/vote/"
    people.register(visitor, phone, next_path=paper)
    page = visitor.get(paper)
    works = list(dict.fromkeys(re.findall(rf'name="works" value="({UUID})"', page)))
    chance = random.Random(phone)
    # Some works move more people than others.
    weights = [1 + int(work[:4], 16) % 9 for work in works]
    chosen: list[str] = []
    while len(chosen) < rulebook.ballot.works_min:
        work = chance.choices(works, weights)[0]
        if work not in chosen:
            chosen.append(work)
    fields = {"works": chosen, "key": visitor.find(rf'name="key" value="({UUID})"'), "s": "DEMO"}
    visitor.post(f"/c/{rulebook.slug}/ballots/", fields)
    if f"/c/{rulebook.slug}/ballots/" not in str(visitor.address):
        raise Refused(f"{phone}: the ballot was not counted")
    visitor.close()


@dataclass(frozen=True)
class Juror:
    """A juror's login and the address of the room."""

    staff: Staff
    room: str


def seat_jury(url: str, organiser: Visitor, rulebook: Rulebook) -> list[Juror]:
    """The organiser opens the panel and invites; every juror accepts and sets up TOTP."""
    address = f"/organise/{rulebook.slug}/jury/"
    organiser.get(address)
    organiser.post(f"{address}opening/", {})
    jurors = []
    for number, name in enumerate(JURORS, start=1):
        organiser.get(address)
        organiser.post(f"{address}seats/", {"name": name})
        link = organiser.find(r"(/jury/invitations/[A-Za-z0-9_-]+/)")
        jurors.append(_take_seat(url, link, f"juror{number}", name))
    return jurors


def _take_seat(url: str, link: str, username: str, name: str) -> Juror:
    visitor = Visitor(url)
    visitor.get(link)
    visitor.post(link, {"username": username, "password": PASSWORD})
    room = re.search(rf"/jury/({UUID})/", visitor.address.replace("%2F", "/"))
    if room is None:
        raise Refused(f"{link}: no room after accepting ({visitor.address})")
    fields = {"username": username, "password": PASSWORD, "next": room[0]}
    visitor.post("/sign-in/staff/", fields)
    secret = visitor.find(r"otpauth://[^\"']*secret=([A-Z2-7]+)")
    staff = Staff(username, name, "评委", "评审团", secret)
    visitor.post("/sign-in/totp/setup/", {"code": staff.code(clock.now())})
    visitor.close()
    return Juror(staff, room[0])


def judge_all(
    url: str,
    rulebook: Rulebook,
    jurors: Sequence[Juror],
    *,
    begin: datetime,
    step: Callable[[], None],
) -> None:
    """Every juror marks every work that is not recused, and seals."""
    clock.move_to(begin)
    with ThreadPoolExecutor(WAVE) as pool:
        for job in [pool.submit(_judge, url, rulebook, juror, step) for juror in jurors]:
            job.result()


def _judge(url: str, rulebook: Rulebook, juror: Juror, step: Callable[[], None]) -> None:
    visitor = Visitor(url)
    people.sign_in(visitor, juror.staff)
    page = visitor.get(juror.room)
    works = dict.fromkeys(re.findall(rf"{juror.room}works/({UUID})/", page))
    severity = random.Random(juror.staff.username).uniform(-0.04, 0.04)
    for work in works:
        # What comes back is the sheet as it is now saved: the juror sees it and goes on.
        visitor.post(
            f"{juror.room}works/{work}/marks/",
            _marks(rulebook, work, juror.staff.username, severity),
        )
        step()
    visitor.get(juror.room)
    visitor.post(f"{juror.room}seal/", {}, expect="已封卷")
    visitor.close()


def _marks(rulebook: Rulebook, work: str, juror: str, severity: float) -> dict[str, str]:
    """Jurors agree about a work more or less, not quite."""
    merit = 0.62 + 0.33 * (int(work[:6], 16) / 0xFFFFFF)
    chance = random.Random(work + juror)
    marks = {}
    for criterion in rulebook.jury.criteria:
        share = min(1.0, max(0.3, merit + severity + chance.gauss(0, 0.04)))
        marks[criterion.key] = f"{round(criterion.points * share, 1):.1f}"
    return marks


def announce(organiser: Visitor, rulebook: Rulebook) -> None:
    """Close the panel, look at the draft, publish the result."""
    jury, result = f"/organise/{rulebook.slug}/jury/", f"/organise/{rulebook.slug}/result/"
    organiser.get(jury)
    organiser.post(f"{jury}closing/", {"reason": ""}, expect="评审团已关闭")
    organiser.get(result)
    organiser.post(f"{result}publication/", {}, expect="结果已公布")


def voters(count: int) -> list[str]:
    """Phones of people who only vote."""
    return [cast.phone_of(5000 + number) for number in range(count)]
