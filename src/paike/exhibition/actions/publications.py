"""The editor puts a work before the public, takes it from there, brings it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.exhibition.actions import builds
from paike.exhibition.models import Publication
from paike.exhibition.rules import screening
from paike.kernel.text import Text
from paike.media.queries import captions
from paike.review.queries import shortlists


class NotForTheOpen(Exception):
    """The work is not on the sealed shortlist, or has left the call."""

    text = Text(
        zh="这部作品不在入围名单中，不能发布。",
        en="This work is not on the shortlist and cannot be published.",
    )


class LooksPersonal(Exception):
    """The texts seem to hold personal data, and nobody confirmed that they do not."""

    def __init__(self, found: list[screening.Finding]) -> None:
        super().__init__(", ".join(one.kind for one in found))
        self.found = found
        words = "、".join(f"“{one.words}”" for one in found)
        self.text = Text(
            zh=f"文字中疑似有个人信息：{words}。请删去；确认不是个人信息后可以发布。",
            en=f"This looks personal: {words}. Take it out, or confirm that it is not.",
        )


class NoReason(Exception):
    """Hiding a work needs a reason."""

    text = Text(zh="请写明下架理由。", en="Give a reason for taking it down.")


@transaction.atomic
def publish(
    *,
    entry: Entry,
    by: Account,
    now: datetime,
    synopsis: str | None = None,
    credit: str | None = None,
    confirmed: bool = False,
) -> Publication:
    """Publish, or publish anew with changed texts. Texts not given are the submitted ones.
    Raises NotForTheOpen or LooksPersonal."""
    Entry.objects.select_for_update(no_key=True).only("pk").get(pk=entry.pk)
    version = entries.latest_versions([entry.pk]).get(entry.pk)
    if version is None or not shortlists.is_shortlisted(entry.pk):
        raise NotForTheOpen
    texts = {
        "synopsis": version.snapshot.get("synopsis", "") if synopsis is None else synopsis.strip(),
        "credit": version.snapshot.get("credit", "") if credit is None else credit.strip(),
    }
    spoken = captions.of_film(version.film_id)
    public = [*texts.values(), spoken.text if spoken is not None else ""]
    found = [one for text in public for one in screening.findings(text)]
    if found and not confirmed:
        raise LooksPersonal(found)
    publication, _created = Publication.objects.update_or_create(
        entry_id=entry.pk,
        defaults={
            **texts,
            "version": version,
            "title": version.composed_title,
            "published_at": now,
            "published_by": by,
            "hidden_at": None,
            "hidden_why": "",
        },
    )
    _record(publication, "publication.published", by, now, {"confirmed": len(found)})
    return publication


@transaction.atomic
def hide(*, publication_id: UUID, by: Account, reason: str, now: datetime) -> Publication:
    """Take a work from the public; the exhibition is built again without it. Raises NoReason."""
    if not reason.strip():
        raise NoReason
    publication = Publication.objects.select_for_update(no_key=True).get(pk=publication_id)
    publication.hidden_at, publication.hidden_why = now, reason.strip()
    publication.save(update_fields=["hidden_at", "hidden_why"])
    _record(publication, "publication.hidden", by, now, {"reason": publication.hidden_why})
    builds.renew(campaign_id=_campaign_of(publication), now=now)
    return publication


@transaction.atomic
def unhide(*, publication_id: UUID, by: Account, now: datetime) -> Publication:
    """Show a hidden work again."""
    publication = Publication.objects.select_for_update(no_key=True).get(pk=publication_id)
    publication.hidden_at, publication.hidden_why = None, ""
    publication.save(update_fields=["hidden_at", "hidden_why"])
    _record(publication, "publication.shown", by, now, {})
    return publication


def _record(
    publication: Publication, act: str, by: Account, now: datetime, details: dict[str, object]
) -> None:
    records.write(
        now=now,
        act=act,
        thing="publication",
        thing_id=publication.pk,
        actor=by,
        role="editor",
        campaign_id=_campaign_of(publication),
        entry_id=publication.entry_id,
        details=dict(details),
    )


def _campaign_of(publication: Publication) -> UUID:
    return Entry.objects.values_list("campaign_id", flat=True).get(pk=publication.entry_id)
