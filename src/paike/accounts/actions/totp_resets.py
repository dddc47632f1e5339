"""A colleague lost the authenticator app and the recovery codes: the next sign-in sets up a new one."""

from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account, RecoveryCode
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.kernel.text import Text
from paike.notify.actions import messages


class NoReason(Exception):
    """A reset opens an account to whoever knows its password; it needs a reason on record."""

    text = Text(
        zh="请写明理由，例如：更换手机，已当面核实。",
        en="Give a reason, such as: new phone, checked in person.",
    )


class NothingToReset(Exception):
    """The account has no authenticator in force."""

    text = Text(
        zh="对方还没有启用动态验证码，登录时会引导设置。",
        en="No authenticator is set up yet; the next sign-in leads through it.",
    )


@transaction.atomic
def reset(*, account: Account, by: Account, reason: str, now: datetime) -> Account:
    """Take the authenticator and the recovery codes out of force, and tell the person at once, who
    may know nothing of it. Raises NoReason, NothingToReset."""
    if not reason.strip():
        raise NoReason
    row = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if row.totp_confirmed_at is None:
        raise NothingToReset
    row.totp_secret, row.totp_confirmed_at = None, None
    row.save(update_fields=["totp_secret", "totp_confirmed_at"])
    RecoveryCode.objects.filter(account=row).delete()
    records.write(
        now=now,
        act="totp.reset",
        thing="account",
        thing_id=row.pk,
        actor=by,
        audience=Audience.STAFF,
        details={"reason": reason.strip()},
    )
    messages.send(
        recipient_id=row.pk,
        kind="totp.reset",
        subject=Text("您的动态验证码已被重置", "Your authenticator was reset"),
        body=Text(
            f"{by.display_name or by.username}重置了您的动态验证码，理由：\n{reason.strip()}\n\n"
            "下次登录时请用密码登录并重新设置。如果不是您要求的，请立即修改密码并联系主办方。",
            f"{by.display_name or by.username} reset your authenticator, because:\n"
            f"{reason.strip()}\n\nSign in with your password and set it up again. If you did not "
            "ask for this, change your password now and call the organiser.",
        ),
        link="/sign-in/staff/",
        now=now,
    )
    return row
