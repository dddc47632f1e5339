"""How fast the organiser's pages answer when a call is full: the funnel by body, and the first page
of all works.

    python -m bench.funnel [--json] [--works 5000] [--rounds 5]

The rows are those of a call in its selection: a third waits at a unit, a third at its body, the rest
is accepted, of which each body ranks five. The yardstick is what a page must at least do: count the
same works by route and unit, without their states. `--explain` prints the database's plans.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paike.config.settings")

from tests import environment  # noqa: F401 - a database and keys of our own, before Django starts

import django  # isort: skip

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count, QuerySet  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from tests.factories import campaigns, orgs, review  # noqa: E402

from paike.accounts.models import Account  # noqa: E402
from paike.campaigns.models import Campaign  # noqa: E402
from paike.campaigns.queries import campaigns as rulebooks  # noqa: E402
from paike.entries.models import Entry, Route, Version  # noqa: E402
from paike.media.models import Inspection  # noqa: E402
from paike.orgs.models import Organisation  # noqa: E402
from paike.orgs.queries import organisations  # noqa: E402
from paike.review.models import (  # noqa: E402
    Decision,
    Recommendation,
    RecommendationList,
    Referral,
)
from paike.review.queries import works  # noqa: E402
from paike.uploads.models import SealedObject, Upload  # noqa: E402

PAGE = 48
RANKED = 5


def fill(number: int) -> Campaign:
    """A call with so many works on their way, by rows."""
    campaign = campaigns.campaign()
    now = review.moment(campaign, "review")
    orgs.tree()
    bodies = organisations.bodies(rulebooks.rulebook_of(campaign))
    units = [orgs.unit(parent=body) for body in bodies for _ in range(3)]
    clerk = Account.objects.create(created_at=now)
    uploads = Upload.objects.bulk_create(
        Upload(
            owner=clerk, purpose="film", subject_id=uuid4(), size=1, created_at=now,
            expires_at=now, sealed_at=now,
        )
        for _ in range(number)
    )  # fmt: skip
    films = SealedObject.objects.bulk_create(
        SealedObject(upload=one, key=f"films/{one.pk}.mp4", sha256="0" * 64, size=1, sealed_at=now)
        for one in uploads
    )
    found = Inspection.objects.bulk_create(
        Inspection(film=one, limits={}, requested_at=now, finished_at=now, outcome="pass")
        for one in films
    )
    entries = Entry.objects.bulk_create(
        Entry(
            campaign=campaign, owner=clerk, number=at, created_at=now, updated_at=now,
            route=Route.RECOMMENDED, unit=units[at % len(units)], theme="model-workers",
            title=f"第{at}个故事", credit="摄制组",
        )
        for at in range(1, number + 1)
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        Version(
            entry=entry, number=1, film=film, inspection=inspection, submitted_at=now,
            composed_title=f"某某工会 {entry.title}", snapshot={"title": entry.title},
            cleared_at=now,
        )
        for entry, film, inspection in zip(entries, films, found, strict=True)
    )  # fmt: skip
    _send_up(campaign, versions, clerk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return campaign


def _send_up(campaign: Campaign, versions: list[Version], clerk: Account) -> None:
    now = versions[0].submitted_at
    referrals: list[Referral] = []
    accepted: list[Referral] = []
    top: list[Referral] = []
    for at, version in enumerate(versions):
        unit: Organisation = version.entry.unit  # type: ignore[assignment]  # every work here has one
        first = Referral(entry=version.entry, version=version, number=1, unit=unit, arrived_at=now)
        referrals.append(first)
        if at % 3 == 0:
            continue
        body: Organisation = unit.parent
        second = Referral(entry=version.entry, version=version, number=2, unit=body, arrived_at=now)
        referrals.append(second)
        accepted.append(first)
        if at % 3 == 2:
            accepted.append(second)
            top.append(second)
    for one in accepted:
        one.closed_at = now
    Referral.objects.bulk_create(referrals)
    Decision.objects.bulk_create(
        Decision(referral=one, outcome="accept", by=clerk, at=now) for one in accepted
    )
    for body in organisations.bodies(rulebooks.rulebook_of(campaign)):
        kept = RecommendationList.objects.create(
            campaign=campaign, body=body, quota_min=3, quota_max=RANKED, created_at=now,
            submitted_at=now,
        )  # fmt: skip
        mine = [one for one in top if one.unit_id == body.pk][:RANKED]
        Recommendation.objects.bulk_create(
            Recommendation(
                list=kept, entry=one.entry, rank=rank, quota_max=RANKED, added_at=now,
                added_by=clerk,
            )
            for rank, one in enumerate(mine, start=1)
        )  # fmt: skip


def _median(work: Callable[[], object], rounds: int) -> float:
    runs = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        runs.append(time.perf_counter() - start)
    return round(statistics.median(runs), 4)


def measure(campaign: Campaign, rounds: int) -> dict[str, float]:
    """Median seconds of each."""
    pk = campaign.pk
    everything = Entry.objects.filter(campaign=campaign, number__isnull=False)
    late = works.Filter(step="recommended")
    return {
        "works": everything.count(),
        "funnel_s": _median(lambda: works.by_body(campaign), rounds),
        "first_page_s": _median(lambda: list(_found(pk)[:PAGE]), rounds),
        "filtered_count_s": _median(
            lambda: works.find(campaign_id=pk, wanted=late).count(), rounds
        ),
        "yardstick_s": _median(
            lambda: list(everything.order_by().values("route", "unit_id").annotate(n=Count("pk"))),
            rounds,
        ),
    }


def _found(campaign_id: UUID) -> QuerySet[Any]:
    return works.find(campaign_id=campaign_id, wanted=works.Filter())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--works", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        campaign = fill(asked.works)
        if asked.explain:
            print(works.states_of(campaign.pk).explain(analyze=True))
            print(_found(campaign.pk)[:PAGE].explain(analyze=True))
        found = measure(campaign, asked.rounds)
    finally:
        teardown_databases(made, verbosity=0)
    if asked.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:18} {value}")


if __name__ == "__main__":
    main()
