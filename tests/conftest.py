"""Fixtures that every room's tests may use."""

from collections.abc import Iterator

import pytest
from django.test import Client

from paike.notify import ports
from paike.notify.adapters.mail.memory import MemoryMail
from paike.notify.adapters.sms.memory import MemorySms
from tests.factories import accounts


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
