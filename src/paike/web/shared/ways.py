"""The ways through the house: which desks an account may enter. One list for the account menu and
the staff's side navigation; the doors themselves check again (`gate`)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from paike.accounts.models import Account
from paike.kernel.text import Text
from paike.orgs.queries import memberships
from paike.orgs.queries.memberships import Offices
from paike.web.shared.cards import Words


@dataclass(frozen=True)
class Place:
    """A desk this account may enter."""

    url: str
    name: Words
    icon: str
    here: bool = False
    is_desk: bool = True  # a place of staff: in the side navigation too


@dataclass(frozen=True)
class Way:
    name: Text
    icon: str
    url_name: str
    of_call: bool  # its address carries the call's slug
    allows: Callable[[Offices], bool]


def _everybody(_offices: Offices) -> bool:
    return True


def _clerk(offices: Offices) -> bool:
    return offices.is_clerk


def _organiser(offices: Offices) -> bool:
    return offices.is_organiser


def _organiser_or_clerk(offices: Offices) -> bool:
    return offices.is_organiser or offices.is_clerk


def _organiser_or_editor(offices: Offices) -> bool:
    return offices.is_organiser or offices.is_editor


def _editor(offices: Offices) -> bool:
    return offices.is_editor


WAYS = (
    Way(Text("我的作品", "My works"), "clapperboard", "my-entries", False, _everybody),
    Way(Text("审核台", "Review desk"), "list-checks", "desk", False, _clerk),
    Way(Text("活动总览", "Overview"), "chart-no-axes-column", "organise", True, _organiser),
    Way(Text("全部作品", "All works"), "film", "organise-entries", True, _organiser),
    Way(Text("相似影片", "Films alike"), "copy", "likeness-cases", True, _organiser_or_editor),
    Way(Text("入围名单", "Shortlist"), "star", "organise-shortlist", True, _organiser),
    Way(Text("评审团", "Jury"), "users", "jury-panel", True, _organiser),
    Way(Text("选票核查", "Ballot check"), "search", "forensics", True, _organiser),
    Way(Text("评奖", "Results"), "trophy", "result-draft", True, _organiser),
    Way(Text("组织机构", "Units"), "network", "units", True, _organiser_or_clerk),
    Way(Text("修订记录", "Amendments"), "file-pen-line", "amendments", True, _organiser),
    Way(Text("后台任务", "Jobs"), "list-restart", "jobs", True, _organiser),
    Way(Text("编辑台", "Editor's desk"), "newspaper", "editor-desk", True, _editor),
)


def open_to(account: Account, request: HttpRequest, *, slug: str) -> list[Place]:
    """The places of this account. Ways of a call are left out while there is no call."""
    offices = memberships.offices(account=account)
    found = ((way, _address(way, slug)) for way in WAYS if way.allows(offices))
    places = [(way, url) for way, url in found if url is not None]
    here = max((url for _way, url in places if request.path.startswith(url)), key=len, default="")
    return [
        Place(
            url=url,
            name=way.name,
            icon=way.icon,
            here=url == here,
            is_desk=way.allows is not _everybody,
        )
        for way, url in places
    ]


def _address(way: Way, slug: str) -> str | None:
    if way.of_call and not slug:
        return None
    try:
        return reverse(way.url_name, args=[slug] if way.of_call else [])
    except NoReverseMatch:
        return None
