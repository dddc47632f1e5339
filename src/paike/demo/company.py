"""The demo's first staff, appointed as an operator would: the tree of units, clerks, organisers."""

from datetime import datetime

from django.db import transaction

from paike.accounts.actions import staff as staff_actions
from paike.accounts.models import Account
from paike.campaigns.rules.rulebook import Rulebook
from paike.demo import cast
from paike.demo.people import PASSWORD, Staff
from paike.kernel import clock
from paike.orgs.actions import memberships, organisations
from paike.orgs.models import Organisation, Role
from paike.orgs.queries import organisations as organisation_queries

WITH_CITY = 3  # bodies whose cities have a clerk of their own


@transaction.atomic
def appoint(rulebook: Rulebook) -> dict[str, Staff]:
    """The tree below the bodies and everybody who works in it: {user name: login}."""
    now = clock.now()
    organisations.plant(rulebook=rulebook, now=now)
    for parent, code, name, short_name, level in cast.units(rulebook):
        organisations.create(
            parent=organisation_queries.by_code(parent),
            code=code,
            name=name,
            short_name=short_name,
            level=level,
            now=now,
        )
    company: dict[str, Staff] = {}

    def hire(username: str, name: str, role: Role, unit: Organisation, title: str) -> Account:
        account = staff_actions.create(
            username=username, display_name=name, password=PASSWORD, now=now
        )
        memberships.appoint(account=account, organisation=unit, role=role, by=None, now=now)
        company[username] = Staff(username, name, title, unit.name, _totp(account, now))
        return account

    for number, body in enumerate(rulebook.bodies):
        code, unit = body.code.lower(), _unit(body.code)
        hire(
            f"{code}-clerk", f"{cast.name_of(300 + number)[0]}干事", Role.CLERK, unit, "省级审核员"
        )
        base = _unit(f"{body.code}-01-001")
        hire(f"{code}-base", f"{cast.name_of(400 + number)[0]}干事", Role.CLERK, base, "基层审核员")
    for body in rulebook.bodies[-WITH_CITY:]:
        hire(
            f"{body.code.lower()}-city",
            "陈干事",
            Role.CLERK,
            _unit(f"{body.code}-01"),
            "市级审核员",
        )
    national, undertaker = _unit("ORGANISER"), _unit("UNDERTAKER")
    hire("organiser", "组委会", Role.ORGANISER, national, "主办方")
    hire("editor", "编辑部", Role.EDITOR, undertaker, "编辑")
    hire("desk", "投稿组", Role.CLERK, undertaker, "个人投稿审核员")
    return company


def _unit(code: str) -> Organisation:
    unit = organisation_queries.by_code(code)
    if unit is None:
        raise LookupError(code)
    return unit


def _totp(account: Account, now: datetime) -> str:
    """Set up TOTP for an account; returns the secret that its authenticator app would hold."""
    uri = staff_actions.begin_totp(account=account, now=now)
    secret = uri.split("secret=")[1].split("&")[0]
    login = Staff(account.username or "", "", "", "", secret)
    staff_actions.confirm_totp(account=account, code=login.code(now), now=now)
    return secret
