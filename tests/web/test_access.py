"""Every address, for every role: nothing is reachable that the table does not say."""

from collections import Counter
from collections.abc import Iterator
from typing import cast

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from paike.web.shared import gate
from tests.web import world
from tests.web.access_table import TABLE, Answer, Row


def patterns(within: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every URL pattern of the project."""
    for found in (within or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found)
        else:
            yield found


def test_every_address_has_a_name_of_its_own() -> None:
    names = Counter(pattern.name for pattern in patterns())
    assert not [name for name, times in names.items() if name is None or times > 1]


def test_every_view_says_who_may_enter() -> None:
    without = [p.name for p in patterns() if not isinstance(_door(p), gate.Door)]
    assert not without, f"views without @gate.open_to: {without}"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    names = {pattern.name for pattern in patterns()}
    assert names - set(TABLE) == set(), "add these to tests/web/access_table.py"
    assert {_name(row) for row in TABLE} - names == set(), "these rows have no address any more"


def test_every_row_answers_every_role() -> None:
    assert {name for name, row in TABLE.items() if set(row.answers) != set(world.ROLES)} == set()


@pytest.mark.django_db
def test_every_role_gets_the_answer_of_the_table() -> None:
    here = world.build()
    names = {pattern.name for pattern in patterns()}
    wrong = []
    for name, row in TABLE.items():
        if _name(name) not in names:
            continue
        for role in world.ROLES:
            got = _ask(here, name, row, role)
            if got != row.answers[role]:
                wrong.append(f"{name} as {role}: expected {row.answers[role]}, got {got}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.django_db
def test_the_test_can_fail() -> None:
    here = world.build()
    assert _ask(here, "me", TABLE["me"], "anonymous") == "sign-in"
    assert _ask(here, "me", TABLE["me"], "entrant") == "ok"
    assert _ask(here, "unit-queue", TABLE["unit-queue"], "weak") == "staff-sign-in"
    assert _ask(here, "unit-queue", TABLE["unit-queue"], "clerk_elsewhere") == 403


def _door(pattern: URLPattern) -> object:
    """The door of a view; decorators around the gate keep it by functools.wraps."""
    return getattr(pattern.callback, "door", None)


def _name(row: str) -> str:
    """The address's name: what stands before the colon."""
    return row.partition(":")[0]


def _ask(here: world.World, name: str, row: Row, role: str) -> Answer:
    """What the address answers; whatever it changed is undone."""
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined]  # as a TestCase does: durable actions may run inside
    with undone:
        browser = here.browser(role)
        browser.raise_request_exception = False
        ask = browser.post if row.method == "post" else browser.get
        response = ask(reverse(_name(name), kwargs=row.address(here)), row.data(here))
        transaction.set_rollback(True)
    return _class_of(cast("HttpResponse", response))


def _class_of(response: HttpResponse) -> Answer:
    place = response.headers.get("Location", "")
    if response.status_code == 302 and "?next=" in place:
        if place.startswith("/sign-in/staff/"):
            return "staff-sign-in"
        if place.startswith("/sign-in/"):
            return "sign-in"
    if response.status_code in (403, 404, 405, 410) or response.status_code >= 500:
        return response.status_code
    return "ok"
