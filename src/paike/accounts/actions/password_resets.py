"""Staff or a juror forgot the password: a code to a contact they confirmed, then the second factor
as at every sign-in, then a new password.

Neither alone is enough: who holds the phone lacks the authenticator, who holds the authenticator
lacks the phone. An account whose authenticator is not set up can't be opened this way.
"""

from datetime import datetime

from django.db import transaction

from paike.accounts.actions import (
    one_time_codes,
    recovery_codes,
    registrations,
    staff,
)
from paike.accounts.models import Account, Contact
from paike.accounts.rules import contacts, usernames
from paike.kernel.text import Text
from paike.notify.actions import messages

PURPOSE = "password-reset"


@transaction.atomic
def send(
    *,
    username: str,
    kind: str,
    value: str,
    session_key: str,
    network: str,
    now: datetime,
    language: str = "zh-hans",
) -> None:
    """Send a code to `value`, if that is a confirmed contact of this account. Nothing tells the
    caller whether it is: what is limited is counted either way.

    Raises contacts.NotAContact, attempts.TooMany.
    """
    if _account(username, kind, contacts.read(kind, value)) is None:
        one_time_codes.count(kind=kind, value=value, network=network, now=now)
        return
    one_time_codes.send(
        kind=kind,
        value=value,
        session_key=session_key,
        purpose=PURPOSE,
        network=network,
        now=now,
        language=language,
    )


def confirm(
    *, username: str, kind: str, value: str, code: str, session_key: str, now: datetime
) -> Account:
    """The account, now that the code was typed; nothing is changed yet. Raises
    contacts.NotAContact, one_time_codes.WrongCode."""
    one_time_codes.prove(
        kind=kind, value=value, code=code, session_key=session_key, purpose=PURPOSE, now=now
    )
    account = _account(username, kind, contacts.read(kind, value))
    if account is None:
        raise one_time_codes.WrongCode
    return account


def finish(
    *, account: Account, new: str, code: str = "", recovery_code: str = "", now: datetime
) -> Account:
    """Check the second factor and set the password. Every session of the account ends, and the
    person is told. With neither kind of code it counts as a wrong one.

    Raises staff.WeakPassword before a code is used up, staff.WrongCode, recovery_codes.WrongCode,
    attempts.TooMany.
    """
    staff.check_strength(new, account)
    if recovery_code:
        recovery_codes.use(account=account, code=recovery_code, now=now)
    else:
        staff.check_totp(account=account, code=code, now=now)
    with transaction.atomic():
        row = staff.put_password(
            account=account,
            new=new,
            act="staff.password-reset",
            details={"by": "recovery code" if recovery_code else "authenticator"},
            now=now,
        )
        _tell(row, now)
    return row


def _account(username: str, kind: str, address: str) -> Account | None:
    """The account that has this name, this contact, and an authenticator in force."""
    index = registrations.contact_index(kind, address)
    found = Contact.objects.select_related("account").filter(
        kind=kind,
        index=index,
        account__username=usernames.fold(username),
        account__is_active=True,
        account__totp_confirmed_at__isnull=False,
    )
    contact = found.first()
    return contact.account if contact else None


def _tell(account: Account, now: datetime) -> None:
    messages.send(
        recipient_id=account.pk,
        kind="password.reset",
        subject=Text("您的密码已重设", "Your password was reset"),
        body=Text(
            "您的工作账号刚刚用绑定的联系方式和动态验证码（或恢复码）重设了密码，其他设备都已退出登录。"
            "\n\n如果不是您本人操作，请立即联系主办方停用账号。",
            "The password of your staff account was just reset with your contact and your "
            "authenticator (or a recovery code). Other devices are signed out.\n\nIf it was not "
            "you, call the organiser now and have the account closed.",
        ),
        link="/me/",
        now=now,
    )
