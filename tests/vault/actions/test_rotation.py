"""Rotation changes every box and no text, also while people go on writing."""

import threading
from pathlib import Path
from typing import cast

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from paike.accounts.models import Account, Contact
from paike.vault import cipher, keyring
from paike.vault.actions import rotation
from tests.factories import accounts
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, settings: Settings) -> None:
    settings.KEYRING_FILE = tmp_path / "keyring.json"
    keyring.create(settings.KEYRING_FILE)


def boxes() -> dict[object, bytes]:
    rows = Account.objects.exclude(real_name=None).values_list("id", "real_name")
    return {pk: bytes(cast("memoryview", box)) for pk, box in rows}


def test_every_value_is_sealed_anew_and_reads_the_same() -> None:
    people = [accounts.account(real_name=f"王{i}") for i in range(7)]
    old = boxes()
    seen: list[rotation.Progress] = []
    report = rotation.rotate(now=NOW, progress=seen.append)
    new = boxes()
    assert all(cipher.key_id(box) == keyring.current().id for box in new.values())
    assert all(old[pk] != new[pk] for pk in old)
    for i, person in enumerate(people):
        found = Account.objects.get(pk=person.pk)
        assert found.real_name
        assert found.real_name.open() == f"王{i}"
        contact = Contact.objects.get(account=person)
        assert contact.value
        assert contact.value.open().startswith("+86")
    lines = {(line.table, line.column): line.sealed for line in report}
    assert lines["accounts_account", "real_name"] == 7
    assert lines["accounts_contact", "value"] == 7
    assert ("entries_entry", "phone") in lines
    assert seen


def test_stopped_in_the_middle_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(6):
        accounts.account(real_name=f"王{i}")
    monkeypatch.setattr(rotation, "BATCH", 2)

    def stop(progress: rotation.Progress) -> None:
        if progress.column == "real_name":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(now=NOW, progress=stop)
    assert len({cipher.key_id(box) for box in boxes().values()}) == 2
    rotation.rotate(now=NOW, add_key=False)
    assert {cipher.key_id(box) for box in boxes().values()} == {keyring.current().id}


class Traffic(threading.Thread):
    """People who save their names over and over, each save remembered once it is acknowledged."""

    def __init__(self, people: list[Account]) -> None:
        super().__init__()
        self.people = people
        self.wrote: dict[object, str] = {}
        self.turns = 0
        self.is_over = threading.Event()

    def run(self) -> None:
        try:
            while not self.is_over.is_set():
                self.turns += 1
                for i, person in enumerate(self.people):
                    person.real_name = name = f"王{i}-{self.turns}"
                    person.save(update_fields=["real_name"])
                    self.wrote[person.pk] = name
        finally:
            connection.close()


def test_rotation_under_traffic_loses_no_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    people = [accounts.account(real_name=f"王{i}-0") for i in range(20)]
    traffic = Traffic(people)
    traffic.start()
    rounds = 0
    try:
        while rounds < 3 or traffic.turns < 3:
            rotation.rotate(now=NOW)
            rounds += 1
    finally:
        traffic.is_over.set()
        traffic.join(timeout=30)
    for person in people:
        found = Account.objects.get(pk=person.pk)
        assert found.real_name
        assert found.real_name.open() == traffic.wrote[person.pk]
    assert {cipher.key_id(box) for box in boxes().values()} == {keyring.current().id}


def test_a_value_that_does_not_open_stops_the_rotation() -> None:
    one, other = accounts.account(real_name="王"), accounts.account(real_name="李")
    Account.objects.filter(pk=other.pk).update(real_name=boxes()[one.pk])
    with pytest.raises(cipher.Tampered):
        rotation.rotate(now=NOW)
