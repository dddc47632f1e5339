"""Entries at any stage, made as rows: `draft`, `submitted` (at the gate), `cleared`, `refused`."""

import itertools
from datetime import UTC, datetime
from typing import Any

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns as campaign_queries
from paike.entries.models import Entry, Version
from paike.entries.queries import entries
from paike.entries.rules import snapshot
from paike.kernel.text import Text
from paike.media.models import Inspection
from paike.media.rules.report import Outcome, Report, Verdict
from paike.orgs.models import Organisation
from paike.uploads.models import SealedObject
from tests.factories import accounts, campaigns, orgs, uploads

NOW = datetime(2021, 4, 1, 4, 0, tzinfo=UTC)
SYNOPSIS = "他在高炉前守了三十年，把每一班都当作第一班，徒弟们说他就是炉前的一盏灯。"
_number = itertools.count(1)


def form(**changes: Any) -> dict[str, Any]:
    """The texts of a form that can be submitted by the recommended route; `unit` is not in it."""
    return {
        "route": "recommended",
        "theme": campaigns.rules().themes[0].key,
        "title": f"炉前的灯{next(_number)}",
        "synopsis": SYNOPSIS,
        "credit_kind": "authors",
        "credit": "王小明",
        "subject_name": "李建国",
        "subject_unit": "第一钢铁厂炼铁车间",
        "real_name": "王小明",
        "phone": "13800138000",
        "email": "wang@example.com",
        "reporting_unit": "第一钢铁厂",
        **changes,
    }


def draft(
    *,
    campaign: Campaign | None = None,
    owner: Account | None = None,
    unit: Organisation | None = None,
    film: SealedObject | None = None,
    now: datetime = NOW,
    **fields: Any,
) -> Entry:
    """A complete form that was not submitted. Without `unit`, one of Guangdong's own works; with
    `route="individual"`, no unit. `film=None` still gives it a film row."""
    owner = owner or accounts.account()
    values = form(**fields)
    if values["route"] == "individual":
        values.setdefault("workplace", "第一钢铁厂")
    else:
        values["unit"] = unit or orgs.body()
    return Entry.objects.create(
        campaign=campaign or _call(now),
        owner=owner,
        created_at=now,
        updated_at=now,
        film=film or uploads.sealed_object(owner=owner, now=now),
        **values,
    )


def submitted(*, now: datetime = NOW, **fields: Any) -> Entry:
    """Submitted; the gate has not finished."""
    entry = draft(now=now, **fields)
    version(entry, now=now)
    return fresh(entry)


def cleared(*, now: datetime = NOW, outcome: Outcome = Outcome.PASS, **fields: Any) -> Entry:
    """Submitted, and the gate let it pass (or warned). No referral: `review` opens that on the
    event ReadyForReview, which this factory does not publish."""
    entry = draft(now=now, **fields)
    version(entry, now=now, outcome=outcome)
    return fresh(entry)


def refused(*, now: datetime = NOW, **fields: Any) -> Entry:
    """Submitted, and the gate refused it."""
    entry = draft(now=now, **fields)
    version(entry, now=now, outcome=Outcome.REFUSE)
    return fresh(entry)


def version(entry: Entry, *, now: datetime = NOW, outcome: Outcome | None = None) -> Version:
    """The next version of `entry`, inspected with `outcome` (None: not yet)."""
    if entry.number is None:
        top = Entry.objects.filter(campaign=entry.campaign, number__isnull=False).count()
        entry.number = top + 1
        entry.save()
    film = entry.film
    assert film is not None
    return Version.objects.create(
        entry=entry,
        number=entry.versions.count() + 1,
        film=film,
        inspection=inspection(film, entry.campaign, outcome=outcome, now=now),
        composed_title=entries.preview_title(entry),
        snapshot=snapshot.of(
            {key: str(getattr(entry, key) or "") for key in snapshot.FIELDS if key != "unit"}
            | {"unit": str(entry.unit_id or "")},
            named=entries.named_in_title(entry),
        ),
        submitted_at=now,
        cleared_at=now if outcome in (Outcome.PASS, Outcome.WARN) else None,
        refused_at=now if outcome is Outcome.REFUSE else None,
    )


def inspection(
    film: SealedObject, campaign: Campaign, *, outcome: Outcome | None, now: datetime = NOW
) -> Inspection:
    """An inspection of the film under the call's rules, finished when `outcome` is given."""
    limits = campaign_queries.rulebook_of(campaign).film.model_dump(mode="json")
    known = Inspection.objects.filter(film=film, limits=limits).first()
    made = known or Inspection.objects.create(film=film, limits=limits, requested_at=now)
    if outcome is not None and not made.outcome:
        made.started_at = made.finished_at = now
        made.outcome, made.report = outcome.value, report(outcome).to_json()
        made.save()
    return made


def report(outcome: Outcome) -> Report:
    """A report of one verdict on the duration."""
    long = outcome is Outcome.REFUSE
    return Report(
        verdicts=(
            Verdict(
                rule="duration",
                code="duration.too-long" if long else "duration.fits",
                outcome=outcome,
                name=Text("时长", "Duration"),
                measured=Text("92.4 秒", "92.4 s") if long else Text("61.0 秒", "61.0 s"),
                limit=Text("不超过 90 秒", "90 s at most"),
                advice=Text("请剪短 2.4 秒。", "Cut 2.4 s.") if long else Text("", ""),
                value="92.4" if long else "61.0",
                unit="s",
            ),
        ),
        facts={"duration_ms": 92400 if long else 61000},
    )


def fresh(entry: Entry) -> Entry:
    """The entry as the database has it, with its versions."""
    found = entries.by_id(entry.pk)
    assert found is not None
    return found


def _call(now: datetime) -> Campaign:
    return Campaign.objects.order_by("created_at").first() or campaigns.campaign(now=now)
