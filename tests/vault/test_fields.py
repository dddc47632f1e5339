"""A sealed field is never readable by accident, whatever Django is asked to do with it."""

import copy
import json
import logging
import pickle
from typing import cast

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, transaction
from django.db.models import Value
from django.forms.models import model_to_dict

from paike.accounts.models import Account
from paike.vault import cipher
from paike.vault.fields import Sealed
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db

NAME = "王师傅"


def person(**values: str) -> Account:
    return Account.objects.create(created_at=NOW, real_name=NAME, **values)


def opened(account: Account) -> str:
    assert isinstance(account.real_name, Sealed)
    return account.real_name.open()


def test_sealed_from_the_moment_of_the_assignment() -> None:
    account = Account(created_at=NOW, real_name=NAME)
    assert NAME not in repr(account.__dict__)
    assert opened(account) == NAME


def test_encrypted_in_the_table() -> None:
    account = person()
    with connection.cursor() as cursor:
        cursor.execute("select real_name from accounts_account where id = %s", [account.pk])
        box = bytes(cursor.fetchone()[0])
    assert NAME.encode() not in box
    assert cipher.open_box(box, place=f"accounts_account.real_name.{account.pk}") == NAME


def test_update_and_filter_with_plain_text_raise() -> None:
    person()
    plain = Value("plain", output_field=Account._meta.get_field("real_name"))
    for value in ("plain", plain):
        with pytest.raises(FieldError), transaction.atomic():
            Account.objects.update(real_name=value)
    with pytest.raises(FieldError):
        Account.objects.filter(real_name=NAME).exists()
    assert opened(Account.objects.get()) == NAME
    assert Account.objects.update(real_name=None) == 1


def test_bulk_create_and_bulk_update_encrypt() -> None:
    rows = [Account(created_at=NOW, real_name=f"{NAME}{i}") for i in range(3)]
    Account.objects.bulk_create(rows)
    assert sorted(map(opened, Account.objects.all())) == [f"{NAME}{i}" for i in range(3)]
    for row in rows:
        row.real_name = "李师傅"
    Account.objects.bulk_update(rows, ["real_name"])
    assert {opened(row) for row in Account.objects.all()} == {"李师傅"}


def test_values_give_boxes() -> None:
    person()
    boxes: list[object] = [
        Account.objects.values("real_name")[0]["real_name"],
        Account.objects.values_list("real_name", flat=True)[0],
    ]
    for found in boxes:
        assert isinstance(found, bytes | memoryview)
        assert NAME.encode() not in bytes(found)


def test_copies_pickles_dicts_and_serializers_show_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    account = Account.objects.get(pk=person().pk)
    assert NAME not in f"{account.real_name} {account.real_name!r} {model_to_dict(account)}"
    assert NAME.encode() not in pickle.dumps(account)
    assert opened(copy.deepcopy(account)) == NAME
    assert opened(pickle.loads(pickle.dumps(account))) == NAME  # noqa: S301 - our own pickle
    text = serializers.serialize("json", [account])
    assert json.loads(text)[0]["fields"]["real_name"] == "•••"
    logging.getLogger("test").warning("%s %s", account.real_name, vars(account))
    assert NAME not in caplog.text


def test_deferred_only_and_refresh() -> None:
    pk = person().pk
    assert opened(Account.objects.defer("real_name").get(pk=pk)) == NAME
    assert opened(Account.objects.only("id").get(pk=pk)) == NAME
    account = Account.objects.get(pk=pk)
    Account.objects.get(pk=pk)
    account.real_name = "李师傅"
    account.refresh_from_db()
    assert opened(account) == NAME
    account.real_name = "赵师傅"
    account.save(update_fields=["real_name"])
    assert opened(Account.objects.get(pk=pk)) == "赵师傅"


def test_a_value_does_not_move_to_another_row() -> None:
    one, other = person(), person()
    with pytest.raises(ValueError, match="open it first"):
        other.real_name = one.real_name
    box = Account.objects.values_list("real_name", flat=True).get(pk=one.pk)
    Account.objects.filter(pk=other.pk).update(real_name=bytes(cast("memoryview", box)))
    with pytest.raises(cipher.Tampered):
        opened(Account.objects.get(pk=other.pk))


def test_nothing_and_empty_are_nothing() -> None:
    account = Account.objects.create(created_at=NOW, real_name="")
    assert Account.objects.get(pk=account.pk).real_name is None
