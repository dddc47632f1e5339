"""Addresses of films and posters: signed, expiring, the same for everybody within the hour so that
a browser can keep what it has loaded. Whoever makes a link has checked access before."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from paike.kernel import clock
from paike.media.models import Captions, Rendition, RenditionKind
from paike.media.queries.storyboards import Storyboard
from paike.uploads.models import SealedObject

SALT = "paike.media"
LIFE_HOURS = 6
MIME = {
    kind: "video/mp4" if kind.startswith("film") else "image/jpeg" for kind in RenditionKind.values
}


class BadToken(Exception):
    """Not a token of ours."""


@dataclass(frozen=True)
class Grant:
    """What a token allows: to read one stored object, as one type, until a moment."""

    key: str
    mime: str
    expires_at: datetime


def film(rendition: Rendition | None) -> str:
    """The address of a film to play; empty while the film is not made."""
    return _link(rendition.key, MIME[rendition.kind]) if rendition and rendition.key else ""


def poster(rendition: Rendition | None) -> str:
    """The address of a poster; empty while there is none (the work card shows its placeholder)."""
    return film(rendition)


def evidence(key: str) -> str:
    """The address of a picture that shows a finding; empty where none could be taken."""
    return _link(key, "image/jpeg") if key else ""


def captions(one: Captions | None) -> str:
    """The address of a film's captions; empty where there are none."""
    return reverse("captions", args=[_row(one.pk)]) if one is not None else ""


def thumbnails(one: Storyboard | None) -> str:
    """The address of the track of a film's small pictures; empty where there are none."""
    return reverse("thumbnails", args=[_row(one.picture.pk)]) if one is not None else ""


def row_id(token: str, now: datetime) -> UUID:
    """Of which captions or small pictures a token is. Raises BadToken for a strange or expired
    one."""
    try:
        key, expires = signing.Signer(salt=SALT).unsign_object(token)
        if now.timestamp() >= float(expires):
            raise BadToken(token[:40])
        return UUID(hex=key)
    except (signing.BadSignature, ValueError, TypeError, OverflowError) as fault:
        raise BadToken(token[:40]) from fault


def converted(key: str) -> str:
    """The address of a converted film, or of the copy of how it was; for its author only."""
    return _link(key, "video/mp4") if key else ""


def original(film: SealedObject) -> str:
    """The address of the file as it was uploaded: it may carry metadata, so staff and owner only."""
    return _link(film.key, "video/mp4")


def read(token: str) -> Grant:
    """What a token grants, expired or not. Raises BadToken."""
    try:
        key, mime, expires = signing.Signer(salt=SALT).unsign_object(token)
        return Grant(key, mime, datetime.fromtimestamp(expires, tz=clock.now().tzinfo))
    except (signing.BadSignature, ValueError, TypeError, OverflowError) as fault:
        raise BadToken(token[:40]) from fault


def _link(key: str, mime: str) -> str:
    return f"/media/{signing.Signer(salt=SALT).sign_object([key, mime, _until()])}"


def _row(number: UUID) -> str:
    return signing.Signer(salt=SALT).sign_object([number.hex, _until()])


def _until() -> int:
    """The same moment for all links of an hour."""
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    return int((hour + timedelta(hours=LIFE_HOURS + 1)).timestamp())
