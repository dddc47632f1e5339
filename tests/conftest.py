"""Fixtures that every room's tests may use."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from paike.notify import ports
from paike.notify.adapters.mail.memory import MemoryMail
from paike.notify.adapters.sms.memory import MemorySms
from tests.e2e import chromium as browsers
from tests.factories import accounts


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was tried once more: why the first try failed."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"first try of {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


@pytest.fixture(autouse=True)
def _committed_jobs_end_with_their_test(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Django empties the tables of its own models only; the job engine keeps its tables itself."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An application that ran in a test leaves the connections of its threads open, and a database
    with connections is not dropped."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def mail() -> Iterator[MemoryMail]:
    """The mail server's twin, in place of the real one."""
    before, twin = ports.mail(), MemoryMail()
    ports.install(mail=twin, sms=ports.sms(), addresses=ports.addresses())
    yield twin
    ports.install(mail=before, sms=ports.sms(), addresses=ports.addresses())


@pytest.fixture
def sms() -> Iterator[MemorySms]:
    """The SMS gateway's twin, in place of the real one."""
    before, twin = ports.sms(), MemorySms()
    ports.install(mail=ports.mail(), sms=twin, addresses=ports.addresses())
    yield twin
    ports.install(mail=ports.mail(), sms=before, addresses=ports.addresses())


@pytest.fixture
def person_client(db: None) -> Client:
    """The browser of an ordinary person who signed in by code."""
    return accounts.client(accounts.account())


@pytest.fixture
def strong_client(db: None) -> Client:
    """The browser of somebody who signed in with password and TOTP (no role yet)."""
    return accounts.client(accounts.staff_account(), strong=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests; every person in it has a context of their own."""
    # Playwright's loop runs in this thread; Django's guard would refuse plain queries beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with browsers.launched() as browser:
        yield browser
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
