"""Submit a version, hear the gate's verdict about it, give it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries import access, events
from paike.entries.actions import entries as drafts
from paike.entries.actions import letters
from paike.entries.models import Declaration, Entry, Version
from paike.entries.queries import entries, units
from paike.entries.rules import form, snapshot, standing
from paike.kernel import canonical_json
from paike.kernel import events as kernel_events
from paike.kernel.text import Text
from paike.media.actions import inspections
from paike.media.models import Inspection
from paike.media.rules.report import Outcome


class Incomplete(Exception):
    """The form has faults: all of them, each at its field."""

    text = Text(
        "还有内容需要补充或修改，已在对应的位置标出。",
        "Some fields need attention; each is marked.",
    )

    def __init__(self, faults: tuple[form.Fault, ...]) -> None:
        super().__init__(", ".join(fault.field for fault in faults))
        self.faults = faults


@transaction.atomic
def submit(*, entry: Entry, by: Account, declarations: list[str], now: datetime) -> Version:
    """Submit the working copy with the keys of the signed `declarations`.

    A second click finds the version that the first one made. Raises drafts.Closed, drafts.Locked,
    Incomplete.
    """
    locked = drafts.lock(entry.pk)
    where, latest = entries.standing_of(locked), entries.latest_version(locked)
    if where is standing.Standing.INSPECTING and access.is_owner(by, locked) and latest is not None:
        return latest
    if not access.may_edit(by, locked):
        raise drafts.Locked
    rulebook = campaigns.rulebook_of(locked.campaign)
    if not standing.takes_submission(rulebook, where, now):
        raise drafts.Closed
    found = faults(locked, declarations=declarations, rulebook=rulebook)
    if found:
        raise Incomplete(found)
    version = _make(locked, latest, rulebook=rulebook, now=now)
    _sign(version, declarations, rulebook=rulebook, now=now)
    _record(version, act="version.submitted", by=by, role="entrant", now=now)
    letters.submitted(version, now=now)
    settle(version, now=now)
    return version


def faults(entry: Entry, *, declarations: list[str], rulebook: Rulebook) -> tuple[form.Fault, ...]:
    """All that keeps the working copy from being submitted."""
    filled = form.Form(
        values={field: drafts.text_of(entry, field) for field in form.FIELDS},
        has_body=entry.unit is not None and units.may_send_in(entry.unit, rulebook=rulebook),
        has_film=entry.film_id is not None,
        film_refused=any(
            each.film_id == entry.film_id and each.refused_at is not None
            for each in entry.versions.all()
        ),
        signed=frozenset(declarations),
    )
    return form.faults(filled, rulebook=rulebook)


@transaction.atomic
def hear(*, inspection_id: UUID, now: datetime) -> None:
    """The gate has finished: clear or refuse every version that waited for it."""
    waiting = Version.objects.filter(
        inspection_id=inspection_id, cleared_at__isnull=True, refused_at__isnull=True
    ).order_by("submitted_at")
    for version in waiting:
        drafts.lock(version.entry_id)
        version.refresh_from_db()
        settle(version, now=now)


def settle(version: Version, *, now: datetime) -> None:
    """Clear or refuse a version whose inspection has an outcome; does nothing otherwise, or a
    second time. The caller holds the entry's lock."""
    version.inspection = Inspection.objects.get(pk=version.inspection_id)
    if version.cleared_at or version.refused_at or not version.inspection.outcome:
        return
    if entries.standing_of(drafts.lock(version.entry_id)) in standing.OUT:
        return
    if version.inspection.outcome == Outcome.REFUSE:
        version.refused_at = now
        version.save(update_fields=["refused_at"])
        _record(version, act="version.refused", by=None, role="gate", now=now)
        letters.refused(version, now=now)
        kernel_events.publish(events.VersionRefused(version_id=version.pk, at=now))
        return
    version.cleared_at = now
    version.save(update_fields=["cleared_at"])
    _record(version, act="version.cleared", by=None, role="gate", now=now)
    letters.cleared(version, now=now)
    kernel_events.publish(
        events.ReadyForReview(entry_id=version.entry_id, version_id=version.pk, at=now)
    )


def _make(entry: Entry, latest: Version | None, *, rulebook: Rulebook, now: datetime) -> Version:
    film = entry.film
    assert film is not None  # noqa: S101 - a form without a film is Incomplete
    if entry.number is None:
        entry.number = _next_number(entry.campaign_id)
    entry.updated_at = now
    entry.save()
    inspection = inspections.request(film=film, limits=rulebook.film, now=now)
    named = entries.named_in_title(entry)
    return Version.objects.create(
        entry=entry,
        number=1 if latest is None else latest.number + 1,
        film=film,
        inspection=inspection,
        composed_title=entries.preview_title(entry),
        snapshot=snapshot.of(
            {field: drafts.text_of(entry, field) for field in snapshot.FIELDS}, named=named
        ),
        submitted_at=now,
    )


def _next_number(campaign_id: UUID) -> int:
    """The next number of the campaign. Its row stays locked until commit and a rollback gives the
    number back, so that numbers have no gaps however many people submit at once."""
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    highest = Entry.objects.filter(campaign_id=campaign_id).aggregate(top=Max("number"))["top"]
    return int(highest or 0) + 1


def _sign(version: Version, keys: list[str], *, rulebook: Rulebook, now: datetime) -> None:
    Declaration.objects.bulk_create(
        Declaration(
            version=version,
            kind=text.key,
            text_version=text.version,
            text_hash=canonical_json.digest(text.model_dump(mode="json")),
            signed_at=now,
        )
        for text in rulebook.declarations
        if text.key in keys
    )


def _record(version: Version, *, act: str, by: Account | None, role: str, now: datetime) -> None:
    records.write(
        now=now,
        act=act,
        thing="version",
        thing_id=version.pk,
        actor=by,
        role=role,
        campaign_id=version.entry.campaign_id,
        entry_id=version.entry_id,
        details={"version": version.number, "film_sha256": version.film.sha256},
    )
