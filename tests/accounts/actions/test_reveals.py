import pytest

from paike.accounts.actions import reveals
from paike.audit.models import Audience, Record
from tests.factories import accounts
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


def test_a_reveal_opens_and_is_audited_without_the_content() -> None:
    person, clerk = accounts.account(real_name="王师傅"), accounts.staff_account()
    opened = reveals.open_fields(
        thing=person, fields=["real_name", "unit_name"], by=clerk, reason="核对署名", now=NOW
    )
    assert opened == {"real_name": "王师傅", "unit_name": ""}
    record = Record.objects.get(act="personal-data.revealed")
    assert record.actor_id == clerk.id
    assert record.audience == Audience.STAFF
    assert record.details == {"fields": ["real_name", "unit_name"], "reason": "核对署名"}


def test_without_a_reason_nothing_opens() -> None:
    person, clerk = accounts.account(real_name="王师傅"), accounts.staff_account()
    with pytest.raises(reveals.NoReason):
        reveals.open_fields(thing=person, fields=["real_name"], by=clerk, reason=" ", now=NOW)
    assert not Record.objects.filter(act="personal-data.revealed").exists()


def test_only_sealed_fields_are_asked_for() -> None:
    clerk = accounts.staff_account()
    with pytest.raises(ValueError, match="not a sealed field"):
        reveals.open_fields(thing=clerk, fields=["password"], by=clerk, reason="x", now=NOW)
