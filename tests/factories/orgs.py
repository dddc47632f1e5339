"""Units and those who serve in them, for tests."""

import itertools
from datetime import UTC, datetime

from paike.accounts.models import Account
from paike.orgs.actions import memberships
from paike.orgs.actions import organisations as actions
from paike.orgs.models import Level, Membership, Organisation, Role
from paike.orgs.queries import organisations
from tests.factories import campaigns

NOW = datetime(2021, 3, 1, 4, 0, tzinfo=UTC)
_number = itertools.count(1)


def tree(*, now: datetime = NOW) -> Organisation:
    """The national unit with the undertaker and the 35 bodies of the built-in call below it."""
    return actions.plant(rulebook=campaigns.rules(), now=now)


def body(code: str = "GD") -> Organisation:
    """A recommending body; plants the tree where it is missing."""
    found = organisations.by_code(code)
    if found is None:
        tree()
        found = organisations.by_code(code)
    assert found is not None
    return found


def unit(
    *,
    parent: Organisation | None = None,
    level: str = Level.GRASSROOTS,
    code: str = "",
    name: str = "",
    now: datetime = NOW,
) -> Organisation:
    """A unit below `parent` (Guangdong unless told otherwise)."""
    number = next(_number)
    parent = parent or body()
    name = name or f"第{number}工会"
    code = code or f"{parent.code}-{number:04}"
    return actions.create(
        parent=parent, code=code, name=name, short_name=name, level=level, now=now
    )


def branch() -> tuple[Organisation, Organisation, Organisation, Organisation]:
    """A grass-roots unit, its district, its city, its body: a whole road, lowest first."""
    top = body()
    city = unit(parent=top, level=Level.CITY)
    district = unit(parent=city, level=Level.DISTRICT)
    return unit(parent=district), district, city, top


def serving(
    *, account: Account, organisation: Organisation, role: str = Role.CLERK, now: datetime = NOW
) -> Membership:
    """A live membership."""
    return memberships.appoint(
        account=account, organisation=organisation, role=role, by=None, now=now
    )


def staff(
    *, organisation: Organisation | None = None, role: str = Role.CLERK, now: datetime = NOW
) -> Account:
    """An account with a user name that serves a unit (organisers and editors: the undertaker)."""
    number = next(_number)
    account = Account(username=f"{role}-{number}", display_name=f"同事{number}", created_at=now)
    account.set_unusable_password()
    account.save()
    if organisation is None:
        organisation = body() if role == Role.CLERK else body("UNDERTAKER")
    serving(account=account, organisation=organisation, role=role, now=now)
    return account


def clerk(organisation: Organisation | None = None) -> Account:
    return staff(organisation=organisation, role=Role.CLERK)


def organiser() -> Account:
    return staff(role=Role.ORGANISER)


def editor() -> Account:
    return staff(role=Role.EDITOR)
