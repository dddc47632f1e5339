"""The signature of a film: asked for when its copies are made, stored once, and what it found."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.kernel import events
from paike.media.actions import jobs
from paike.media.events import FilmsResemble
from paike.media.models import FilmSignature, Likeness, Rendition, RenditionKind
from paike.media.rules.resemblance import signature as signatures
from paike.media.rules.resemblance.kinds import Resemblance
from paike.media.rules.resemblance.signature import Signature


@transaction.atomic
def request(*, film_id: UUID) -> None:
    """Have the film signed and compared. Asking again does no harm."""
    if not FilmSignature.objects.filter(film_id=film_id, compared_at__isnull=False).exists():
        jobs.defer_signature(film_id)


def source_of(film_id: UUID) -> str:
    """The key of the small copy whose signature is still to be taken; empty where there is none, or
    the film has one of this version."""
    if FilmSignature.objects.filter(film_id=film_id, version=signatures.VERSION).exists():
        return ""
    copy = Rendition.objects.filter(
        film_id=film_id, kind=RenditionKind.FILM_360, finished_at__isnull=False
    ).first()
    return copy.key if copy is not None else ""


@transaction.atomic
def store(*, film_id: UUID, signature: Signature, now: datetime) -> None:
    """Keep it. One of an older version is replaced and gets a new number, for the indexes."""
    FilmSignature.objects.filter(film_id=film_id).exclude(version=signatures.VERSION).delete()
    FilmSignature.objects.get_or_create(
        film_id=film_id,
        defaults={
            "version": signatures.VERSION,
            "content": signature.to_bytes(),
            "seeds": signature.seeds.astype("<u8").tobytes(),
            "sound_seeds": signature.sound_seeds.astype("<u8").tobytes(),
            "made_at": now,
        },
    )


@transaction.atomic
def record(*, film_id: UUID, found: Mapping[UUID, Resemblance], now: datetime) -> None:
    """Keep what the comparison found, and tell the rooms above of each new pair."""
    row = FilmSignature.objects.select_for_update(no_key=True).filter(film_id=film_id).first()
    if row is None:
        return
    for other_id, one in sorted(found.items(), key=lambda pair: pair[0]):
        known = Likeness.objects.filter(film_id=other_id, other_id=film_id).exists()
        if known:
            continue
        likeness, new = Likeness.objects.get_or_create(
            film_id=film_id,
            other_id=other_id,
            defaults={
                "kind": one.kind.value,
                "stretches": [asdict(stretch) for stretch in one.stretches],
                "share": round(one.share * 100),
                "other_share": round(one.other_share * 100),
                "found_at": now,
            },
        )
        if new:
            events.publish(FilmsResemble(likeness.pk, now))
    row.compared_at = now
    row.save(update_fields=["compared_at"])
