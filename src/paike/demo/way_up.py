"""The demo's middle: clerks decide at their desks, bodies recommend."""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from paike.demo import people
from paike.demo.people import Staff
from paike.demo.visitor import Refused, Visitor
from paike.kernel import clock

REFERRAL = re.compile(r"/desk/referrals/([0-9a-f-]{36})/")
UNIT_QUEUE = re.compile(r"/desk/units/([0-9a-f-]{36})/queue/")
LIST = re.compile(r"/desk/lists/([0-9a-f-]{36})/")
NO = ("declined", "returned")
AT_ONCE = 5  # clerks at their desks at the same moment of the demo's clock
APART = timedelta(minutes=21)  # a network may sign in 20 times an hour
RETURNED = "片头字幕里的作者姓名与表单不一致，请改正后重新提交。"
DECLINED = "作品内容与本次征集的主题不符，感谢参与。"


def decide_all(
    url: str,
    clerks: Iterable[Staff],
    *,
    begin: datetime,
    fates: dict[str, str],
    step: Callable[[], None],
) -> None:
    """Every clerk signs in and empties the queue. `fates` says by bare title what is to be
    declined or returned instead of accepted."""

    def work(clerk: Staff) -> None:
        _empty_queue(url, clerk, fates, step)

    _in_waves(clerks, begin=begin, work=work)


def _in_waves(clerks: Iterable[Staff], *, begin: datetime, work: Callable[[Staff], None]) -> None:
    """`AT_ONCE` clerks side by side, the next ones when the limits on sign-ins allow them."""
    waiting = list(clerks)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number, start in enumerate(range(0, len(waiting), AT_ONCE)):
            clock.move_to(begin + number * APART)
            for done in [pool.submit(work, one) for one in waiting[start : start + AT_ONCE]]:
                done.result()


def _empty_queue(url: str, clerk: Staff, fates: dict[str, str], step: Callable[[], None]) -> None:
    visitor = Visitor(url)
    people.sign_in(visitor, clerk)
    visitor.get("/desk/")
    queue = visitor.find(UNIT_QUEUE.pattern)
    while True:
        page = visitor.get(f"/desk/units/{queue}/queue/")
        waiting = list(dict.fromkeys(REFERRAL.findall(page)))
        if not waiting:
            break
        for referral in waiting:
            visitor.get(f"/desk/referrals/{referral}/")
            outcome, reason = _decision(visitor.page, fates)
            visitor.post(
                f"/desk/referrals/{referral}/decisions/", {"outcome": outcome, "reason": reason}
            )
            step()
    visitor.close()


def _decision(page: str, fates: dict[str, str]) -> tuple[str, str]:
    for title, fate in fates.items():
        if title in page:
            return ("decline", DECLINED) if fate == "declined" else ("return", RETURNED)
    return "accept", ""


def recommend_all(
    url: str,
    clerks: Iterable[Staff],
    *,
    begin: datetime,
    least: int,
    most: int,
    step: Callable[[], None],
) -> None:
    """Every body's clerk ranks the candidates and submits the list."""

    def work(clerk: Staff) -> None:
        visitor = Visitor(url)
        people.sign_in(visitor, clerk)
        visitor.get("/desk/")
        address, candidates = _candidates(visitor)
        if len(candidates) < least:
            raise Refused(f"{clerk.unit_name}: {len(candidates)} candidates")
        for entry in candidates[:most]:
            visitor.post(f"{address}places/", {"entry": entry, "act": "add"})
        visitor.post(f"{address}submission/", {}, expect="推荐名单已提交")
        visitor.close()
        step()

    _in_waves(clerks, begin=begin, work=work)


def _candidates(visitor: Visitor) -> tuple[str, list[str]]:
    """The list with works to choose from, and the works: a body may keep lists of other calls."""
    for kept in dict.fromkeys(LIST.findall(visitor.page)):
        address = f"/desk/lists/{kept}/"
        page = visitor.get(address)
        candidates = re.findall(r'name="entry" value="([0-9a-f-]{36})"', page)
        if candidates:
            return address, list(dict.fromkeys(candidates))
    return "", []
