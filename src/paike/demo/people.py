"""Signing in as the demo's people: by code like an entrant, by password and TOTP like staff."""

import re
import time
from dataclasses import dataclass
from datetime import datetime

import pyotp

from paike.demo.visitor import Refused, Visitor
from paike.kernel import clock

PASSWORD = "paike-demo-2021"  # noqa: S105 - printed in the demo's table of logins
CODE = re.compile(r"\b(\d{6})\b")


@dataclass(frozen=True)
class Staff:
    """A login of the demo, and the TOTP secret that goes with it."""

    username: str
    display_name: str
    role: str
    unit_name: str
    secret: str

    def code(self, at: datetime) -> str:
        """What the authenticator app shows at a moment."""
        return str(pyotp.TOTP(self.secret).at(at))


def register(visitor: Visitor, phone: str, *, next_path: str = "/") -> None:
    """Register, or sign in, by phone code; the code is read on the development page."""
    visitor.get(f"/register/?next={next_path}")
    known = _codes(visitor, phone)
    visitor.post("/register/", {"contact": phone, "consent": "on", "next": next_path})
    visitor.post("/sign-in/code/", {"code": next_code(visitor, phone, known=known)})
    if not visitor.http.cookies.get("paike_session"):
        raise Refused(f"{phone} is not signed in")


def next_code(visitor: Visitor, phone: str, *, known: list[str]) -> str:
    """The code that reaches a phone after the `known` ones: the worker sends it, so it takes a
    moment, and somebody who signs in again must not take the code of the first time."""
    for _attempt in range(100):
        codes = _codes(visitor, phone)
        if codes[:1] != known[:1]:
            return codes[0]
        time.sleep(0.1)
    raise Refused(f"No code reached {phone}")


def _codes(visitor: Visitor, phone: str) -> list[str]:
    """The codes sent to a phone, latest first, as the development page shows them."""
    answer = visitor.http.get("/dev/outbox.json", params={"to": f"+86{phone}"})
    found = (CODE.search(letter["text"]) for letter in answer.json()["letters"])
    return [match[1] for match in found if match]


def sign_in(visitor: Visitor, staff: Staff) -> None:
    """Password, then TOTP: a strong session."""
    visitor.get("/sign-in/staff/")
    visitor.post("/sign-in/staff/", {"username": staff.username, "password": PASSWORD, "next": "/"})
    visitor.post("/sign-in/totp/", {"code": staff.code(clock.now())})
    if "/sign-in" in visitor.address:
        raise Refused(f"{staff.username} is not signed in")
