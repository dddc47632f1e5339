"""Time-based codes of an authenticator app (RFC 6238: 30 s, 6 digits, SHA-1 as every app does)."""

import hmac
from datetime import datetime

import pyotp

STEP = 30
DRIFT = 1  # steps before and after the current one
ISSUER = "Paike 拍客"


def new_secret() -> str:
    return pyotp.random_base32()


def uri(secret: str, *, name: str) -> str:
    """What the QR code of the set-up page says."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """The time step whose code this is, within the drift and later than step `after` (the last
    one used, so that no code works twice); None when there is none."""
    current = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in range(current - DRIFT, current + DRIFT + 1):
        expected = totp.generate_otp(step)
        if hmac.compare_digest(expected.encode(), code.encode()) and step > after:
            return step
    return None
