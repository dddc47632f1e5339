"""Cases of works whose films show the same."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from paike.entries.models import Entry, Version
from paike.entries.queries import race
from paike.media.models import Likeness
from paike.review.models import LikenessCase
from paike.review.rules import likeness as likeness_rules


def _whole() -> QuerySet[LikenessCase]:
    return LikenessCase.objects.select_related(
        "campaign",
        "likeness",
        "by",
        "credited_unit",
        "earlier__entry__unit",
        "earlier__entry__campaign",
        "later__entry__unit",
        "later__entry__campaign",
    ).prefetch_related("answers")


def by_id(case_id: UUID) -> LikenessCase | None:
    return _whole().filter(pk=case_id).first()


def of_campaign(campaign_id: UUID) -> list[LikenessCase]:
    """Those to be decided first, then the newest."""
    found = _whole().filter(campaign_id=campaign_id)
    return list(found.order_by("outcome", "-opened_at"))


def of_entry(entry: Entry) -> list[LikenessCase]:
    """The cases that a work is in, the newest first."""
    found = _whole().filter(Q(earlier__entry=entry) | Q(later__entry=entry))
    return list(found.order_by("-opened_at"))


def pairs(film_id: UUID, other_id: UUID) -> list[tuple[Version, Version]]:
    """The submitted versions with these films, the newest of each of two works, the work that came
    first with what they share before the other. A work that left, or a version that the gate refused,
    is nobody's copy."""
    found = []
    for one in _submitted(film_id):
        for other in _submitted(other_id):
            if one.entry_id != other.entry_id:
                first, second = sorted((one, other), key=lambda v: _since(v, one, other))
                found.append((first, second))
    return found


def works_of(one: Version, other: Version) -> str:
    """The name of a pair of works, whichever is named first."""
    return "/".join(sorted((str(one.entry_id), str(other.entry_id))))


def of_works(works: str) -> list[LikenessCase]:
    """All cases of the pair, the oldest first."""
    return list(_whole().filter(works=works).order_by("opened_at", "pk"))


def evidence_of(likeness: Likeness) -> likeness_rules.Evidence:
    """The stretches that both films share, by film."""
    both = {likeness.film_id: "", likeness.other_id: "other_"}
    return likeness_rules.Evidence(
        {
            film_id: tuple(
                (float(one[f"{side}start"]), float(one[f"{side}end"])) for one in likeness.stretches
            )
            for film_id, side in both.items()
        }
    )


def _since(version: Version, one: Version, other: Version) -> datetime:
    """Since when the version's work has had something of the other work's. A work that is submitted
    again with a corrected film is no younger for that."""
    rival = other if version == one else one
    films = Version.objects.filter(entry_id=rival.entry_id).values("film_id")
    own = Version.objects.filter(entry_id=version.entry_id, cleared_at__isnull=False)
    alike = own.filter(
        Q(film_id__in=Likeness.objects.filter(other_id__in=films).values("film_id"))
        | Q(film_id__in=Likeness.objects.filter(film_id__in=films).values("other_id"))
    )
    first = alike.order_by("submitted_at").first()
    return first.submitted_at if first is not None else version.submitted_at


def _submitted(film_id: UUID) -> list[Version]:
    """Of each work in the call, its newest version with this film."""
    found = Version.objects.select_related("entry__campaign", "entry__unit").filter(
        race.still_in("entry"), film_id=film_id, cleared_at__isnull=False
    )
    return list({one.entry_id: one for one in found.order_by("number")}.values())
