"""Staff and jurors: user name and password first, then a code of an authenticator app."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from paike.accounts.actions import attempts, recovery_codes, trail
from paike.accounts.models import Account
from paike.accounts.rules import codes, limits, totp, usernames
from paike.kernel.text import Text


class UsernameTaken(Exception):
    text = Text(
        "这个用户名已被使用，请换一个。", "This user name is taken. Please choose another one."
    )


class WeakPassword(Exception):
    """`messages`: what Django's validators said, in the current language."""

    text = Text(
        "密码太弱：至少 10 个字符，不要只用数字，也不要用常见密码。",
        "The password is too weak: at least 10 characters, not only digits, not a common one.",
    )

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__(*messages)


class WrongCredentials(Exception):
    """User name or password is wrong; which of them is nobody's business."""

    text = Text(
        "用户名或密码不正确。请检查后重新输入。",
        "The user name or password is not right. Please check and type again.",
    )


class WrongCode(Exception):
    """The code of the authenticator app is wrong, too old, or was used already."""

    text = Text(
        "动态验证码不正确或已用过。请等应用里出现下一个，再输入。",
        "The code is wrong or was used already. Wait for the next one in your app.",
    )


@transaction.atomic
def create(*, username: str, display_name: str, password: str, now: datetime) -> Account:
    """A new staff or juror account, without TOTP yet: that is set up at the first sign-in.

    Raises usernames.NotAUsername, UsernameTaken, WeakPassword.
    """
    account = Account(
        username=usernames.read(username), display_name=display_name.strip(), created_at=now
    )
    check_strength(password, account)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as fault:
        raise UsernameTaken from fault
    trail.write(act="staff.created", account=account, now=now)
    return account


def sign_in(*, username: str, password: str, network: str, now: datetime) -> Account:
    """The first step: the account, if the password is right. Counted per account (5 in 15
    minutes) and per network (20 an hour). Raises WrongCredentials, attempts.TooMany.

    A name that does not exist costs the same time as one that does.
    """
    name = usernames.fold(username)
    attempts.count(
        kind="password.network", subject=network, allowed=limits.SIGN_INS_PER_NETWORK, now=now
    )
    attempts.count(
        kind="password.account", subject=name, allowed=limits.SIGN_INS_PER_ACCOUNT, now=now
    )
    account = Account.objects.filter(username=name, is_active=True).first()
    if account is None:
        make_password(password)
        raise WrongCredentials
    if not check_password(password, account.password):
        raise WrongCredentials
    attempts.forget(kind="password.account", subject=name)
    return account


@transaction.atomic
def begin_totp(*, account: Account, now: datetime) -> str:
    """A new secret, not in force until confirmed; returns the URI for the QR code. Asked again
    before the confirmation, the same secret comes back (a reloaded page must not break the app)."""
    row = Account.objects.select_for_update(no_key=True).get(id=account.id)
    if row.totp_confirmed_at is not None:
        raise ValueError("TOTP is set up already; a recovery code or an organiser resets it.")
    secret = row.totp_secret.open() if row.totp_secret else totp.new_secret()
    if not row.totp_secret:
        row.totp_secret = secret
        row.save(update_fields=["totp_secret"])
    return totp.uri(secret, name=row.username or str(row.id))


def confirm_totp(*, account: Account, code: str, now: datetime) -> list[str]:
    """The app shows the right code: TOTP is in force. Returns ten recovery codes, shown once.
    Raises WrongCode, attempts.TooMany."""
    check_totp(account=account, code=code, now=now)
    with transaction.atomic():
        row = Account.objects.select_for_update(no_key=True).get(id=account.id)
        row.totp_confirmed_at = row.totp_confirmed_at or now
        row.save(update_fields=["totp_confirmed_at"])
        trail.write(act="totp.confirmed", account=row, now=now)
        return recovery_codes.renew(account=row, now=now)


def check_totp(*, account: Account, code: str, now: datetime) -> None:
    """The second step. A code works once, with a drift of one step either way. Raises WrongCode,
    attempts.TooMany (5 in 15 minutes)."""
    subject = str(account.id)
    attempts.count(
        kind="totp.account", subject=subject, allowed=limits.SIGN_INS_PER_ACCOUNT, now=now
    )
    with transaction.atomic():
        row = Account.objects.select_for_update(no_key=True).get(id=account.id)
        secret = row.totp_secret.open() if row.totp_secret else ""
        step = (
            totp.step_of(secret, codes.read(code), after=row.totp_last_step, now=now)
            if secret
            else None
        )
        if step is None:
            raise WrongCode
        row.totp_last_step = step
        row.save(update_fields=["totp_last_step"])
    attempts.forget(kind="totp.account", subject=subject)


@transaction.atomic
def signed_in(*, account: Account, now: datetime) -> None:
    """Write down that a strong session began."""
    trail.write(act="staff.signed-in", account=account, now=now)


def change_password(*, account: Account, old: str, new: str, now: datetime) -> Account:
    """Other sessions of the account end, since a session is tied to the password's hash. Raises
    WrongCredentials, WeakPassword, attempts.TooMany."""
    subject = str(account.id)
    attempts.count(
        kind="password.change", subject=subject, allowed=limits.SIGN_INS_PER_ACCOUNT, now=now
    )
    if not check_password(old, account.password):
        raise WrongCredentials
    check_strength(new, account)
    return put_password(account=account, new=new, act="staff.password-changed", now=now)


@transaction.atomic
def put_password(
    *, account: Account, new: str, act: str, now: datetime, details: dict[str, str] | None = None
) -> Account:
    """Set a password that was checked; `act` is what the trail calls it. Wrong tries before it do
    not count any more."""
    row = Account.objects.select_for_update(no_key=True).get(id=account.id)
    row.set_password(new)
    row.save(update_fields=["password"])
    trail.write(act=act, account=row, now=now, details=details)
    attempts.forget(kind="password.account", subject=usernames.fold(row.username or ""))
    return row


def check_strength(password: str, account: Account) -> None:
    """Raises WeakPassword."""
    try:
        validate_password(password, account)
    except ValidationError as fault:
        raise WeakPassword(list(fault.messages)) from fault
