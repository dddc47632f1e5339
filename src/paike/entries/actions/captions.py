"""A work gets captions, from its entrant or from the editor."""

from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries import access
from paike.entries.actions import entries as drafts
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel.text import Text
from paike.media.actions import captions as media
from paike.media.models import Captions
from paike.uploads.models import SealedObject


class NotNow(Exception):
    """The form is not the entrant's to change, or the work has left the call."""

    text = Text(
        "作品已提交或已退出，现在不能改字幕。需要改时请联系编辑。",
        "The work was submitted or has left the call; its captions can't be changed now. Ask the "
        "editor if they must be.",
    )


class NoFilm(Exception):
    """There is nothing to caption yet."""

    text = Text("请先上传影片，再上传字幕。", "Upload the film first, then its captions.")


@transaction.atomic
def put(*, entry: Entry, by: Account, source: bytes, now: datetime) -> Captions:
    """Give the film that counts these captions. Raises NotNow, NoFilm, and
    media.rules.captions.Unreadable, and then the earlier ones stay."""
    locked, film = lock(entry, by=by)
    made = media.put(film=film, source=source, by=by, now=now)
    record_put(locked, made, by=by, now=now)
    return made


def record_put(entry: Entry, made: Captions, *, by: Account, now: datetime) -> None:
    """That these captions were put, and by whom."""
    details = {"captions_sha256": made.sha256, "cues": made.cues}
    _record(entry, act="captions.put", by=by, now=now, **details)


@transaction.atomic
def remove(*, entry: Entry, by: Account, now: datetime) -> None:
    """Show the film without. Raises NotNow, NoFilm."""
    locked, film = lock(entry, by=by)
    if media.remove(film=film, now=now):
        _record(locked, act="captions.removed", by=by, now=now)


def lock(entry: Entry, *, by: Account) -> tuple[Entry, SealedObject]:
    """The locked entry and the film whose captions these are. Raises NotNow, NoFilm."""
    locked = drafts.lock(entry.pk)
    if not access.may_caption(by, locked):
        raise NotNow
    film = _film(locked, by=by)
    if film is None:
        raise NoFilm
    return locked, film


def _film(entry: Entry, *, by: Account) -> SealedObject | None:
    """The form's own film for who may change the form, for others the one that was submitted."""
    if access.may_edit(by, entry):
        return entry.film
    latest = entries.latest_version(entry)
    return latest.film if latest is not None else None


def _record(entry: Entry, *, act: str, by: Account, now: datetime, **details: object) -> None:
    records.write(
        now=now,
        act=act,
        thing="entry",
        thing_id=entry.pk,
        actor=by,
        role="entrant" if access.is_owner(by, entry) else "editor",
        campaign_id=entry.campaign_id,
        entry_id=entry.pk,
        details=details,
    )
