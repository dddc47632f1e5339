"""The demo's last act before the curtain: shortlist, vote, jury, result."""

import random
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from paike.campaigns.rules.rulebook import Rulebook
from paike.demo import cast, people
from paike.demo.people import PASSWORD, Staff
from paike.demo.visitor import Refused, Visitor
from paike.kernel import clock
from paike.voting.queries import candidates

JURORS = ("林老师", "韩导演", "孟编辑", "苏教授", "邵摄影", "贺记者", "施编剧")
UUID = "[0-9a-f-]{36}"
WAVE = 3  # people who ask for a code at the same time
CROWD = 24  # and who vote at the same time
PATIENCE = 300  # tenths of a second


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
    """Everybody in `phones` registers; then they vote, many at once, a crowd every hour."""
    voters = {phone: Visitor(url) for phone in phones}
    for number, wave in enumerate(_parts(phones, WAVE)):
        clock.move_to(begin - timedelta(days=1) + number * timedelta(minutes=20))
        with ThreadPoolExecutor(WAVE) as pool:
            list(pool.map(lambda phone: people.register(voters[phone], phone), wave))
    works = sorted(candidates.numbers_of(rulebook.slug))
    for number, crowd in enumerate(_parts(phones, CROWD)):
        clock.move_to(begin + number * timedelta(hours=1))
        _until_open(voters[crowd[0]], rulebook)
        with ThreadPoolExecutor(CROWD) as pool:
            tokens = dict(pool.map(lambda phone: (phone, _token(voters[phone], rulebook)), crowd))
            # They look at films for some minutes; a token lasts ten.
            clock.move_to(clock.now() + timedelta(minutes=4))
            for job in [
                pool.submit(_vote, voters[phone], rulebook, works, phone, tokens[phone])
                for phone in crowd
            ]:
                job.result()
                step()
    for voter in voters.values():
        voter.close()


def _parts(phones: Sequence[str], size: int) -> list[Sequence[str]]:
    return [phones[at : at + size] for at in range(0, len(phones), size)]


def _until_open(visitor: Visitor, rulebook: Rulebook) -> None:
    """The sequencer opens the vote within a second or two of its hour."""
    for _ in range(PATIENCE):
        answer = visitor.http.get(f"/intake/{rulebook.slug}/state")
        if answer.status_code == 200 and answer.json()["open"]:
            return
        time.sleep(0.1)
    raise Refused("the vote does not open")


def _token(visitor: Visitor, rulebook: Rulebook) -> dict[str, str]:
    """The vote tap: a pass, and with it a token for one ballot."""
    visitor.get(f"/c/{rulebook.slug}/ballots/pass/?next=/c/{rulebook.slug}/vote/")
    answer = visitor.http.post(f"/intake/{rulebook.slug}/tokens", json={"key": str(uuid4())})
    if answer.status_code != 200:
        raise Refused(f"tokens: {answer.status_code} {answer.text[:500]}")
    given: dict[str, str] = answer.json()
    return given


def _vote(
    visitor: Visitor, rulebook: Rulebook, works: Sequence[int], phone: str, given: dict[str, str]
) -> None:
    chance = random.Random(phone)
    # Some works move more people than others.
    weights = [1 + work * 7919 % 9 for work in works]
    chosen: list[int] = []
    while len(chosen) < rulebook.ballot.works_min:
        work = chance.choices(works, weights)[0]
        if work not in chosen:
            chosen.append(work)
    body = {
        "token": given["token"],
        "works": chosen,
        "traces": {"watched": chance.randint(2, 12)},
    }
    answer = visitor.http.post(given["cast"], json=body)
    if answer.status_code != 201:
        raise Refused(f"{phone}: {answer.status_code} {answer.text[:500]}")


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
    with ThreadPoolExecutor(len(jurors)) as pool:
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
