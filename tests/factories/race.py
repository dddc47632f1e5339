"""A call whose shortlist is sealed: works in the race, voters, jurors, marks."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns as campaign_queries
from paike.entries.models import Entry, Route, Version, Withdrawal
from paike.jury.actions import panels, score_sheets, seats
from paike.jury.models import Panel, Seat
from paike.media.models import Inspection
from paike.orgs.models import Organisation
from paike.review.models import Recommendation, RecommendationList, Shortlist, Shortlisting
from paike.uploads.models import SealedObject, Upload
from tests.factories import accounts, campaigns, orgs

NOW = datetime(2021, 7, 5, 4, 0, tzinfo=UTC)


def campaign(
    *, now: datetime = NOW, slug: str = "", replace: dict[str, str] | None = None
) -> Campaign:
    """The built-in call in the middle of its vote; `replace` changes pieces of its TOML."""
    changes = dict(replace or {})
    if slug:
        changes['slug = "party-stories-2021"'] = f'slug = "{slug}"'
    return campaigns.campaign(now=now, deed="vote", replace=changes)


def after_the_vote(call: Campaign) -> datetime:
    """An hour after the close: the stage still lets the organiser award."""
    return campaign_queries.rulebook_of(call).ballot.closes + timedelta(hours=1)


def entry(
    call: Campaign,
    *,
    number: int,
    unit: Organisation | None = None,
    owner: Account | None = None,
    now: datetime = NOW,
) -> Entry:
    """A submitted work the gate let pass."""
    owner = owner or Account.objects.create(created_at=now)
    upload = Upload.objects.create(
        owner=owner,
        purpose="film",
        subject_id=uuid4(),
        size=1,
        created_at=now,
        expires_at=now,
        sealed_at=now,
    )
    film = SealedObject.objects.create(
        upload=upload, key=f"films/{upload.pk}.mp4", sha256="0" * 64, size=1, sealed_at=now
    )
    inspection = Inspection.objects.create(film=film, limits={}, requested_at=now)
    theme = campaign_queries.rulebook_of(call).themes[0].key
    made = Entry.objects.create(
        campaign=call,
        owner=owner,
        number=number,
        created_at=now,
        updated_at=now,
        route=Route.RECOMMENDED if unit else Route.INDIVIDUAL,
        unit=unit,
        workplace="" if unit else "某某厂",
        theme=theme,
        title=f"师傅的灯{number}",
        synopsis="夜班的灯，照着三代人。",
        credit="摄制组",
        film=film,
    )
    body = unit.short_name if unit else "某某厂"
    Version.objects.create(
        entry=made,
        number=1,
        film=film,
        inspection=inspection,
        composed_title=f"{body}《{made.title}》",
        snapshot={"title": made.title, "synopsis": made.synopsis, "theme": theme},
        submitted_at=now,
        cleared_at=now,
    )
    return made


def shortlist(
    call: Campaign, *, works: int, unit: Organisation | None = None, now: datetime = NOW
) -> list[Entry]:
    """`works` works on a sealed shortlist."""
    by = Account.objects.create(created_at=now)
    made, _ = Shortlist.objects.get_or_create(
        campaign=call, defaults={"size": works, "created_at": now, "sealed_at": now}
    )
    first = Entry.objects.filter(campaign=call).count() + 1
    chosen = [entry(call, number=first + n, unit=unit, now=now) for n in range(works)]
    for each in chosen:
        Shortlisting.objects.create(shortlist=made, entry=each, added_at=now, added_by=by)
    return chosen


def recommend(
    call: Campaign, *, body: Organisation, entries: list[Entry], now: datetime = NOW
) -> RecommendationList:
    """A body's submitted list."""
    by = Account.objects.create(created_at=now)
    made = RecommendationList.objects.create(
        campaign=call, body=body, quota_min=3, quota_max=5, created_at=now, submitted_at=now
    )
    for rank, each in enumerate(entries, start=1):
        Recommendation.objects.create(
            list=made, entry=each, rank=rank, quota_max=5, added_at=now, added_by=by
        )
    return made


def withdraw(work: Entry, *, now: datetime = NOW) -> None:
    """The entrant takes a work back, by row: what other rooms make of it is their own test."""
    Withdrawal.objects.create(entry=work, by=work.owner, at=now)


def panel(call: Campaign, *, now: datetime = NOW) -> Panel:
    return panels.open_panel(campaign_id=call.pk, by=orgs.organiser(), now=now)


def seat(on: Panel, *, account: Account | None = None, now: datetime = NOW) -> Seat:
    """A juror who has accepted."""
    _, token = seats.invite(panel_id=on.pk, name="评委", by=orgs.organiser(), now=now)
    juror = account or accounts.staff_account(display_name="评委", now=now)
    return seats.accept(token=token, account=juror, now=now)


def fill(juror: Seat, works: list[Entry], *, tenths: int = 0, now: datetime = NOW) -> None:
    """Complete sheets for `works`; the n-th work of the list gets n tenths more."""
    for index, work in enumerate(works):
        for criterion in juror.panel.scheme["criteria"]:
            score_sheets.mark(
                seat_id=juror.pk,
                entry_id=work.pk,
                criterion=criterion["key"],
                typed=f"{(tenths + index) // 10}.{(tenths + index) % 10}",
                now=now,
            )
