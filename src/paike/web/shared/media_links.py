"""Addresses of films and posters: signed, expiring, the same for everybody within the hour so that
a browser can keep what it has loaded. Whoever makes a link has checked access before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from paike.kernel import clock
from paike.media.models import Rendition, RenditionKind
from paike.uploads.models import SealedObject

SALT = "paike.media"
LIFE_HOURS = 6
MIME = {
    RenditionKind.FILM_576.value: "video/mp4",
    RenditionKind.FILM_360.value: "video/mp4",
    RenditionKind.POSTER.value: "image/jpeg",
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
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    expires = int((hour + timedelta(hours=LIFE_HOURS + 1)).timestamp())
    return f"/media/{signing.Signer(salt=SALT).sign_object([key, mime, expires])}"
