"""Who gets what at every address of Paike: one row per URL name, and more where the thing there may
be live or not (“work”, and “work: published”).

Whoever adds an address adds its row here; `test_access.py` fails until then. A row says how to call
the address in the little world of `world.py`, and what each role must be answered:

    "ok"             whatever the page does for those who may (200, a redirect, a form fault)
    "sign-in"        sent to the sign-in of people, to come back afterwards
    "staff-sign-in"  sent to password and TOTP, to come back afterwards
    403 404 405 410  the refusal
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.web.world import ROLES, World

Answer = str | int
Answers = dict[str, Answer]
Values = Callable[[World], dict[str, Any]]

WEAK = ("entrant", "stranger", "weak")  # signed in, but not with password and TOTP


def nothing(_: World) -> dict[str, Any]:
    return {}


def anyone(answer: Answer = "ok") -> Answers:
    return dict.fromkeys(ROLES, answer)


def signed_in(*, otherwise: Answer = "ok", **special: Answer) -> Answers:
    """Everybody with an account; `special` names roles that are answered differently."""
    return dict.fromkeys(ROLES, otherwise) | {"anonymous": "sign-in"} | special


def owner_only(refusal: Answer = 404, **special: Answer) -> Answers:
    """The entrant whose thing it is."""
    return signed_in(otherwise=refusal, entrant="ok", **special)


def strong(*allowed: str, refusal: Answer = 403) -> Answers:
    """Signed in with password and TOTP, and one of the `allowed` roles."""
    answers: Answers = dict.fromkeys(ROLES, refusal)
    answers |= dict.fromkeys(WEAK, "staff-sign-in") | {"anonymous": "sign-in"}
    return answers | dict.fromkeys(allowed, "ok")


STAFF = ("clerk", "clerk_elsewhere", "body_clerk", "editor", "juror", "organiser")


@dataclass(frozen=True)
class Row:
    """How an address is called and what it answers. `address`: the URL's arguments."""

    answers: Answers
    address: Values = nothing
    method: str = "get"
    data: Values = nothing


def slug(world: World) -> dict[str, Any]:
    return {"slug": world.call.slug}


def referral(world: World) -> dict[str, Any]:
    return {"referral_id": world.referral.pk}


def entry(world: World) -> dict[str, Any]:
    return {"entry_id": world.entry.pk}


def draft(world: World) -> dict[str, Any]:
    return {"entry_id": world.draft.pk}


def conversion(world: World) -> dict[str, Any]:
    return draft(world) | {"conversion_id": world.conversion.pk}


def body_list(world: World) -> dict[str, Any]:
    return {"list_id": world.body_list.pk}


def ballot_ruling(world: World) -> dict[str, Any]:
    return slug(world) | {"ruling_id": world.ruling.pk}


def post(answers: Answers, address: Values = nothing, data: Values = nothing) -> Row:
    return Row(answers, address, "post", data)


SHARED = {
    "health": Row(anyone()),
    "robots": Row(anyone()),
    "captions": Row(anyone(404), lambda _: {"token": "no-such-token"}),
    "thumbnails": Row(anyone(404), lambda _: {"token": "no-such-token"}),
    "language": post(anyone(), data=lambda _: {"language": "en"}),
    "style": Row(anyone()),
}

ACCOUNT = {
    "register": Row(anyone()),
    "sign-in": Row(anyone()),
    "sign-in-code": Row(anyone()),
    "sign-in-resend": post(anyone()),
    "staff-sign-in": Row(anyone()),
    "totp": Row(anyone()),
    "totp-setup": Row(anyone()),
    "password-reset": Row(anyone()),
    "password-reset-code": Row(anyone()),
    "password-reset-new": Row(anyone()),
    "staff-invitation": Row(anyone(410), lambda _: {"token": "no-such-token"}),
    "staff-invitation: live": Row(anyone(), lambda world: {"token": world.tokens["staff"]}),
    "sign-out": post(anyone()),
    "me": Row(signed_in()),
    "me-details": post(signed_in()),
    "me-language": post(signed_in(), data=lambda _: {"language": "en"}),
    "me-password": post(signed_in(otherwise=403, juror="ok")),  # only with a password, strong
    "me-contact": post(signed_in()),
    "me-contact-code": Row(signed_in()),
    "me-export": post(signed_in()),
    "me-consent-withdrawal": post(signed_in()),
    "me-closing": Row(signed_in()),
    "inbox": Row(signed_in()),
    "inbox-read": post(signed_in()),
}

DEVELOPMENT = {
    "dev-home": Row(anyone()),
    "dev-outbox": Row(anyone()),
    "dev-clock": post(anyone(403)),  # 403 for everybody: the tests run without a clock file
}

PUBLIC = {
    "home": Row(anyone()),
    "call": Row(anyone(), slug),
    "call-rules": Row(anyone(), slug),
    "call-card": Row(anyone(), slug),
}

VOTE = {
    "vote": Row(anyone(), slug),
    "vote-en": Row(anyone(), slug),
    "ballot-log": Row(anyone(), slug),
    "ballot-log-verifier": Row(anyone(), slug),
    "ballot-confirm": Row(anyone(), slug),
    "ballot-pass": Row(signed_in(otherwise=403), slug),
    "my-ballots": Row(anyone(), slug),
    "receipt": Row(anyone(404), lambda world: slug(world) | {"code": "0" * 10}),
    "work": Row(anyone(404), lambda world: slug(world) | {"entry_id": world.entry.pk}),
    "work: shortlisted": Row(anyone(404), lambda world: contender(world)),
    "work: published": Row(anyone(), lambda world: shown(world)),
    "result": Row(anyone(), slug),
    "result-computation": Row(anyone(404), slug),
    "result-table": Row(anyone(404), slug),
    "vote-count": Row(anyone(), slug),
    "vote-count-data": Row(anyone(404), slug),
    "vote-count-table": Row(anyone(404), slug),
    "paper-check-form": Row(anyone()),
    "paper-check": Row(anyone(404), lambda _: {"code": "0" * 10}),
    "certificate": Row(anyone(404), lambda _: {"code": "0" * 10}),
}

ENTRANT = {
    "my-entries": Row(signed_in()),
    "entry-units": Row(signed_in(), slug),
    "entry-new": Row(signed_in(), slug),
    "entry": Row(owner_only(), entry),
    "entry-draft": post(owner_only(), draft),
    "entry-progress": Row(owner_only(), entry),
    "entry-submission": post(owner_only(), draft),
    "entry-inspection": post(owner_only(), entry),
    "entry-conversion": post(owner_only(), draft),
    "entry-comparison": Row(owner_only(), conversion),
    "entry-conversion-approval": post(owner_only(), conversion),
    "entry-conversion-refusal": post(owner_only(), conversion),
    "entry-poster": post(owner_only(), draft),
    "entry-captions": post(owner_only(), draft),
    "entry-captions-removal": post(owner_only(), draft),
    "entry-withdrawal": Row(owner_only(), entry),
    "entry-votes": Row(owner_only(), entry),
}

CLERK = {
    "desk": Row(strong("clerk", "clerk_elsewhere", "body_clerk")),
    "unit-queue": Row(strong("clerk"), lambda world: {"unit_id": world.unit.pk}),
    "unit-windows": Row(strong("clerk"), lambda world: {"unit_id": world.unit.pk}),
    "review-desk": Row(strong("clerk"), referral),
    "referral-decision": post(strong("clerk"), referral, lambda _: {"outcome": "accept"}),
    "referral-reveal": post(strong("clerk"), referral, lambda _: {"reason": "核对"}),
    "recommendation-list": Row(strong("body_clerk"), body_list),
    "list-places": post(strong("body_clerk"), body_list),
    "list-submission": post(strong("body_clerk"), body_list),
    "list-paper": Row(strong("body_clerk"), body_list),
}


def _inspection(world: World) -> UUID:
    return world.referral.version.inspection_id


def work(world: World) -> dict[str, Any]:
    return slug(world) | entry(world)


def panel(world: World) -> dict[str, Any]:
    return {"panel_id": world.seat.panel_id}


def sheet(world: World) -> dict[str, Any]:
    return panel(world) | {"entry_id": world.contender.pk}


def contender(world: World) -> dict[str, Any]:
    return slug(world) | {"entry_id": world.contender.pk}


def shown(world: World) -> dict[str, Any]:
    return slug(world) | {"entry_id": world.shown.pk}


def seat(world: World) -> dict[str, Any]:
    return slug(world) | {"seat_id": world.seat.pk}


def unit(world: World) -> dict[str, Any]:
    return slug(world) | {"unit_id": world.unit.pk}


MANAGING = ("clerk", "body_clerk", "organiser")  # of the unit or of one above it
IMPORTING = ("clerk", "clerk_elsewhere", "body_clerk", "organiser")

UNITS = {
    "join": Row(anyone(404), lambda _: {"code": "0" * 10}),
    "join: live": Row(anyone(), lambda world: {"code": world.tokens["join"]}),
    "units": Row(strong(*IMPORTING), slug),
    "units-import": post(strong(*IMPORTING), slug),
    "units-template": Row(strong(*IMPORTING), slug),
    "unit": Row(strong(*MANAGING), unit),
    "unit-children": post(strong(*MANAGING), unit),
    "unit-link": post(strong(*MANAGING), unit),
    "unit-link-renewals": post(strong(*MANAGING), unit),
    "unit-poster": Row(strong(*MANAGING), unit),
    "unit-invitations": post(strong(*MANAGING), unit, lambda _: {"role": "clerk"}),
    "unit-invitation-revocation": post(
        strong(*MANAGING), lambda world: slug(world) | {"invitation_id": world.invitation.pk}
    ),
    "membership-end": post(
        strong(*MANAGING), lambda world: slug(world) | {"membership_id": world.membership.pk}
    ),
    "staff": Row(strong("organiser"), slug),
    "totp-reset": post(
        strong("organiser", "body_clerk"),
        lambda world: slug(world) | {"account_id": world.people["clerk"].pk},
        lambda _: {"reason": "更换手机"},
    ),
}

CLERK |= {
    "decision-reversal": post(strong("clerk"), lambda world: {"decision_id": world.decision.pk}),
}

ORGANISER = {
    "organise": Row(strong("organiser"), slug),
    "organise-entries": Row(strong("organiser"), slug),
    "organise-entry": Row(strong("organiser"), work),
    "organise-reveal": post(strong("organiser"), work, lambda _: {"reason": "核对"}),
    "disqualification": post(strong("organiser"), work),
    "organise-export": Row(strong("organiser"), slug),
    "organise-shortlist": Row(strong("organiser"), slug),
    "shortlist-works": post(strong("organiser"), slug),
    "shortlist-seal": post(strong("organiser"), slug),
    "shortlist-refill": post(strong("organiser"), slug),
    "stage-extension": Row(strong("organiser"), slug),
    "jobs": Row(strong("organiser"), slug),
    "job-rerun": post(
        strong("organiser"),
        lambda world: slug(world) | {"kind": "inspections", "job_id": _inspection(world)},
    ),
    "amendments": Row(strong("organiser"), slug),
}

JUROR = {
    "jury-rooms": Row(strong(*STAFF)),
    "jury-invitation": Row(anyone(410), lambda _: {"token": "no-such-token"}),
    "jury-invitation: live": Row(anyone(), lambda world: {"token": world.tokens["jury"]}),
    "jury-refusal: live": post(anyone(), lambda world: {"token": world.tokens["jury"]}),
    "jury-refusal": post(anyone(410), lambda _: {"token": "no-such-token"}),
    "jury-room": Row(strong("juror", refusal=404), panel),
    "sheets-seal": post(strong("juror", refusal=404), panel),
    "score-sheet": Row(strong("juror", refusal=404), sheet),
    "score-sheet-marks": post(strong("juror", refusal=404), sheet),
    "score-sheet-later": post(strong("juror", refusal=404), sheet),
    "recusal": post(strong("juror", refusal=404), sheet),
}

EDITOR = {
    "editor-desk": Row(strong("editor"), slug),
    "package-build": post(strong("editor"), slug),
    "package-state": Row(strong("editor"), slug),
    "package-archive": Row(
        strong("editor") | {"editor": 404},  # nothing is built
        lambda world: slug(world) | {"package_id": UUID(int=0)},
    ),
    "publication": Row(strong("editor"), contender),
    "publication-captions": post(strong("editor"), contender),
    "publication-captions-removal": post(strong("editor"), contender),
    "transcript": Row(strong("editor"), contender),
    "transcript-draft": post(strong("editor"), contender),
    "transcript-publication": post(strong("editor"), contender),
    "publication-hiding": post(strong("editor"), shown),
    "publication-showing": post(strong("editor"), shown),
}

LIKENESS = {
    "likeness-cases": Row(strong("organiser", "editor"), slug),
    "likeness-case": Row(
        strong("organiser", "editor"), lambda world: slug(world) | {"case_id": world.likeness.pk}
    ),
    "likeness-decision": post(
        strong("organiser", "editor"),
        lambda world: slug(world) | {"case_id": world.likeness.pk},
        lambda world: {"outcome": "allowed", "reason": ""},
    ),
    "likeness": Row(owner_only(), lambda world: entry(world) | {"case_id": world.likeness.pk}),
}

FORENSICS = {
    "forensics": Row(strong("organiser"), slug),
    "forensics-work": Row(
        strong("organiser"), lambda world: slug(world) | {"number": world.contender.number}
    ),
    "forensics-table": Row(strong("organiser"), slug),
    "forensics-ranking": Row(strong(), slug),  # nobody before the close
    "forensics-data": Row(strong("organiser"), slug),
    "ballot-rulings": post(
        strong("organiser"), lambda world: slug(world) | {"quarantine_id": world.quarantine.pk}
    ),
    "ballot-ruling-confirmation": post(strong("organiser"), ballot_ruling),
    "ballot-ruling-refusal": post(strong("organiser"), ballot_ruling),
}

RESULT = {
    "jury-panel": Row(strong("organiser"), slug),
    "jury-opening": post(strong("organiser"), slug),
    "jury-closing": post(strong("organiser"), slug),
    "seats": post(strong("organiser"), slug),
    "seat-invitation": post(strong("organiser"), seat),
    "seat-leave": post(strong("organiser"), seat),
    "result-draft": Row(strong("organiser"), slug),
    "committee-ballots": post(strong("organiser"), slug),
    "result-publication": post(strong("organiser"), slug),
}

TABLE: dict[str, Row] = (
    SHARED
    | ACCOUNT
    | DEVELOPMENT
    | PUBLIC
    | VOTE
    | ENTRANT
    | CLERK
    | UNITS
    | ORGANISER
    | JUROR
    | EDITOR
    | FORENSICS
    | LIKENESS
    | RESULT
)
