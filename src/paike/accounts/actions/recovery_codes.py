"""Ten codes on paper for the day the phone with the authenticator app is lost."""

import hmac
import unicodedata
from datetime import datetime

from django.db import transaction

from paike.accounts.actions import attempts, trail
from paike.accounts.models import Account, RecoveryCode
from paike.accounts.rules import limits
from paike.kernel import ids
from paike.kernel.text import Text
from paike.vault import cipher

HOW_MANY = 10
LENGTH = 10  # 50 bits each


class WrongCode(Exception):
    text = Text(
        "恢复码不正确或已用过。每个恢复码只能用一次。",
        "The recovery code is wrong or was used already. Each works once.",
    )


@transaction.atomic
def renew(*, account: Account, now: datetime) -> list[str]:
    """Ten new codes, written as XXXXX-XXXXX; older ones stop working."""
    RecoveryCode.objects.filter(account=account).delete()
    plain = [ids.new_code(LENGTH) for _ in range(HOW_MANY)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=_hash(account, code)) for code in plain
    )
    trail.write(act="recovery-codes.renewed", account=account, now=now)
    return [f"{code[:5]}-{code[5:]}" for code in plain]


def use(*, account: Account, code: str, now: datetime) -> None:
    """Instead of a TOTP code, once. Raises WrongCode, attempts.TooMany (5 in 15 minutes)."""
    subject = str(account.id)
    attempts.count(
        kind="totp.account", subject=subject, allowed=limits.SIGN_INS_PER_ACCOUNT, now=now
    )
    wanted = _hash(account, ids.read_code(unicodedata.normalize("NFKC", code)))
    with transaction.atomic():
        rows = RecoveryCode.objects.select_for_update(no_key=True).filter(
            account=account, used_at__isnull=True
        )
        right = [row for row in rows if hmac.compare_digest(row.code_hash, wanted)]
        if not right:
            raise WrongCode
        right[0].used_at = now
        right[0].save(update_fields=["used_at"])
        trail.write(act="recovery-code.used", account=account, now=now)


def left(*, account: Account) -> int:
    """How many codes still work."""
    return RecoveryCode.objects.filter(account=account, used_at__isnull=True).count()


def _hash(account: Account, code: str) -> str:
    return cipher.blind_index(f"{account.id}.{code}", purpose="recovery-code")
