import pytest

from paike.accounts.actions import recovery_codes, totp_resets
from paike.accounts.actions import staff as staff_actions
from paike.audit.models import Record
from paike.kernel import clock
from paike.notify.models import Message
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def test_after_a_reset_the_next_sign_in_sets_up_a_new_one() -> None:
    organiser, clerk, now = accounts.staff_account(), accounts.staff_account(), clock.now()
    assert clerk.totp_confirmed_at is not None
    recovery_codes.renew(account=clerk, now=now)
    row = totp_resets.reset(account=clerk, by=organiser, reason="更换手机", now=now)
    assert row.totp_confirmed_at is None
    assert recovery_codes.left(account=row) == 0
    with pytest.raises(staff_actions.WrongCode):
        staff_actions.check_totp(account=row, code="123456", now=now)
    assert staff_actions.begin_totp(account=row, now=now).startswith("otpauth://")
    record = Record.objects.get(act="totp.reset")
    assert (record.actor_id, record.audience) == (organiser.pk, "staff")
    assert record.details == {"reason": "更换手机"}
    assert "更换手机" in Message.objects.get(recipient=clerk, kind="totp.reset").body


def test_it_needs_a_reason_and_something_to_reset() -> None:
    organiser, clerk, now = accounts.staff_account(), accounts.staff_account(), clock.now()
    with pytest.raises(totp_resets.NoReason):
        totp_resets.reset(account=clerk, by=organiser, reason="  ", now=now)
    totp_resets.reset(account=clerk, by=organiser, reason="更换手机", now=now)
    with pytest.raises(totp_resets.NothingToReset):
        totp_resets.reset(account=clerk, by=organiser, reason="更换手机", now=now)
