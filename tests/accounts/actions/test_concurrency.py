"""Two requests at the same moment are not both the last one allowed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from paike.accounts.actions import attempts, one_time_codes, registrations, staff
from paike.accounts.models import Account, OneTimeCode
from paike.accounts.rules.limits import Limit
from tests.factories import accounts
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], object], *, times: int) -> list[object]:
    """Run `act` in parallel connections; its results, or what it raised."""

    def run(_: int) -> object:
        try:
            return act()
        except Exception as fault:  # noqa: BLE001 - the fault is the result
            return fault
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_a_limit_holds_under_parallel_requests() -> None:
    allowed = [Limit(3, timedelta(hours=1))]
    results = at_once(
        lambda: attempts.count(kind="x", subject="same", allowed=allowed, now=NOW), times=8
    )
    assert sum(isinstance(result, int) for result in results) == 3
    assert sum(isinstance(result, attempts.TooMany) for result in results) == 5


def test_a_code_works_once_even_when_typed_twice_at_once() -> None:
    row = one_time_codes.send(
        kind="phone", value="13800138000", session_key="s", purpose="sign-in", network="n", now=NOW
    )
    row = OneTimeCode.objects.get(pk=row.pk)
    assert row.letter
    code = row.letter.open()
    results = at_once(
        lambda: one_time_codes.confirm(
            kind="phone",
            value="13800138000",
            code=code,
            session_key="s",
            purpose="sign-in",
            now=NOW,
        ),
        times=6,
    )
    assert sum(isinstance(result, Account) for result in results) == 1
    assert sum(isinstance(result, one_time_codes.WrongCode) for result in results) == 5


def test_one_person_registering_twice_at_once_is_one_account() -> None:
    results = at_once(
        lambda: registrations.find_or_register(kind="phone", value="+8613800138000", now=NOW),
        times=6,
    )
    assert len({result.pk for result in results if isinstance(result, Account)}) == 1
    assert all(isinstance(result, Account) for result in results), results


def test_a_totp_step_is_used_once_even_at_once() -> None:
    person = accounts.staff_account()
    later = NOW + timedelta(minutes=10)
    code = accounts.totp_code(person, now=later)
    results = at_once(lambda: staff.check_totp(account=person, code=code, now=later), times=4)
    assert sum(result is None for result in results) == 1
