"""The life of a ballot log: made when the shortlist is sealed, opened and closed by the rulebook's
clock, and parted from its secret when nobody may appeal any more."""

import hashlib
import json
import secrets as random
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import IntegrityError, transaction

from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries.models import Entry
from paike.kernel import ids
from paike.voting.actions import statements
from paike.voting.models import BallotLog, Statement
from paike.voting.queries import candidates, method
from paike.voting.rules import secrets

# Ballots received in the last second are on disk well before this; none is accepted after it.
SETTLING = timedelta(seconds=30)
# Rulings on ballots, the public notice of the result and appeals against it all need the tags to be
# checkable. Our own figure: notices of such calls leave a week for objections, this leaves a quarter.
SECRET_KEPT = timedelta(days=90)
# How long a running vote may stand without a statement that says the time: nothing in the log dates
# a ballot more exactly.
MARKED = timedelta(hours=1)


def prepare(*, campaign_id: UUID, now: datetime) -> BallotLog:
    """Make the log of a call whose shortlist is sealed and state the rules in it; a log that is
    there already is returned as it is."""
    known = BallotLog.objects.filter(campaign_id=campaign_id).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return _prepare(campaign_id, now)
    except IntegrityError:  # somebody else was quicker
        return BallotLog.objects.get(campaign_id=campaign_id)


def prepare_missing(*, now: datetime) -> None:
    """Logs of calls whose shortlist was sealed before there were logs."""
    sealed = candidates.sealed_campaigns()
    for campaign_id in sealed - set(BallotLog.objects.values_list("campaign_id", flat=True)):
        prepare(campaign_id=campaign_id, now=now)


def _prepare(campaign_id: UUID, now: datetime) -> BallotLog:
    campaign = Campaign.objects.get(pk=campaign_id)
    rulebook = campaigns.rulebook_of(campaign)
    secret, signing = random.token_bytes(32), Ed25519PrivateKey.generate()
    log = BallotLog(
        id=ids.new_id(),
        campaign=campaign,
        origin=f"{urlsplit(settings.PUBLIC_URL).netloc}/c/{campaign.slug}/ballot-log",
        public_key=signing.public_key().public_bytes_raw(),
        made_at=now,
    )
    log.private_key = signing.private_bytes_raw().hex()
    log.secret = secret.hex()
    log.receipt_key = secrets.receipt_key(secret).hex()
    log.save(force_insert=True)
    statements.put(
        campaign_id=campaign_id, kind="rules", body=_rules(campaign, rulebook, now), now=now
    )
    return log


def _rules(campaign: Campaign, rulebook: Rulebook, now: datetime) -> dict[str, object]:
    ballot = rulebook.ballot.model_dump(mode="json")
    return {
        "hash": campaign.rulebook_hash,
        "rulebook": campaign.slug,
        "ballot": ballot,
        "detection": ballot.get("detection", {}),
        "method": method.digest(),
        "zone": rulebook.timezone,
        "works": sorted(candidates.numbers(campaign.pk).values()),
        "at": statements.moment(now),
    }


@transaction.atomic
def restate_candidates(*, campaign_id: UUID, reason: str, now: datetime) -> Statement | None:
    """State what has changed among the works that stand for the vote; None: nothing, or no log."""
    # As with the close: every batch under way is stored before this stands in the log, and those
    # that come after it see that what they were held to is out of date.
    log = BallotLog.objects.select_for_update().filter(campaign_id=campaign_id).first()
    if log is None:
        return None
    stated, present = _stated(campaign_id), set(candidates.numbers(campaign_id).values())
    if stated == present:
        return None
    log.candidates_version += 1
    log.save(update_fields=["candidates_version"])
    body = {
        "add": sorted(present - stated),
        "remove": sorted(stated - present),
        "reason": reason,
        "at": statements.moment(now),
    }
    return statements.put(campaign_id=campaign_id, kind="candidates", body=body, now=now)


def when_left(*, entry_id: UUID, reason: str, now: datetime) -> None:
    """A work was withdrawn, disqualified or merged into another."""
    campaign_id = Entry.objects.values_list("campaign_id", flat=True).get(pk=entry_id)
    restate_candidates(campaign_id=campaign_id, reason=reason, now=now)


def _stated(campaign_id: UUID) -> set[int]:
    stated: set[int] = set()
    said = Statement.objects.filter(campaign_id=campaign_id, kind__in=("rules", "candidates"))
    for body in said.order_by("id").values_list("body", flat=True):
        value = json.loads(bytes(body))
        stated |= set(value.get("works", ())) | set(value.get("add", ()))
        stated -= set(value.get("remove", ()))
    return stated


def open_due(*, now: datetime) -> list[BallotLog]:
    """State the opening of every vote whose hour has come. From then on ballots are taken."""
    due = []
    for log in BallotLog.objects.filter(opened_at=None).select_related("campaign"):
        rule = campaigns.rulebook_of(log.campaign).ballot
        if rule.opens <= now < rule.closes and _open(log.pk, now):
            due.append(log)
    return due


def halt(log_id: UUID, *, now: datetime) -> None:
    """Take no more ballots: more may have been published than the database knows."""
    BallotLog.objects.filter(pk=log_id, halted_at=None).update(halted_at=now)


@transaction.atomic
def _open(log_id: UUID, now: datetime) -> bool:
    log = BallotLog.objects.select_for_update().get(pk=log_id)
    if log.opened_at is not None:
        return False
    log.opened_at = now
    log.save(update_fields=["opened_at"])
    body = {"at": statements.moment(now)}
    statements.put(campaign_id=log.campaign_id, kind="open", body=body, now=now)
    return True


def close_due(*, now: datetime) -> list[BallotLog]:
    """Close every vote whose hour is past and whose last ballots had time to reach the disk."""
    due = []
    for log in BallotLog.objects.filter(closed_at=None).select_related("campaign"):
        closes = campaigns.rulebook_of(log.campaign).ballot.closes
        if now >= closes + SETTLING and _close(log.pk, now):
            due.append(log)
    return due


@transaction.atomic
def _close(log_id: UUID, now: datetime) -> bool:
    # Every batch of ballots holds this row for sharing until its COMMIT: with the lock in our
    # hands all of them are stored, and those that wait for it will see the close.
    log = BallotLog.objects.select_for_update().get(pk=log_id)
    if log.closed_at is not None:
        return False
    log.closed_at = now
    log.save(update_fields=["closed_at"])
    body = {"at": statements.moment(now)}
    statements.put(campaign_id=log.campaign_id, kind="close", body=body, now=now)
    return True


def mark_due(*, now: datetime) -> list[BallotLog]:
    """State the time in the log of every running vote in which nothing else did for an hour."""
    lately = Statement.objects.filter(at__gt=now - MARKED).values("campaign_id")
    silent = BallotLog.objects.filter(opened_at__isnull=False, closed_at=None).exclude(
        campaign_id__in=lately
    )
    return [log for log in silent if _mark(log.pk, now)]


@transaction.atomic
def _mark(log_id: UUID, now: datetime) -> bool:
    log = BallotLog.objects.select_for_update(no_key=True).get(pk=log_id)
    if log.closed_at is not None:
        return False
    body = {"at": statements.moment(now)}
    statements.put(campaign_id=log.campaign_id, kind="mark", body=body, now=now)
    return True


def state_result(*, campaign_id: UUID, digest: str, now: datetime) -> Statement | None:
    """State which computation was published as the result; None where the call has no vote."""
    if not BallotLog.objects.filter(campaign_id=campaign_id).exists():
        return None
    body = {"digest": digest, "at": statements.moment(now)}
    return statements.put(campaign_id=campaign_id, kind="result", body=body, now=now)


def destroy_due_secrets(*, now: datetime) -> list[BallotLog]:
    """Destroy the secrets of votes that closed `SECRET_KEPT` ago, and state it in their logs."""
    due = BallotLog.objects.filter(closed_at__lte=now - SECRET_KEPT, secret_destroyed_at=None)
    return [log for log in due if _destroy(log.pk, now)]


@transaction.atomic
def _destroy(log_id: UUID, now: datetime) -> bool:
    log = BallotLog.objects.select_for_update().get(pk=log_id)
    if log.secret is None or log.secret_destroyed_at is not None:
        return False
    digest = hashlib.sha256(bytes.fromhex(log.secret.open())).hexdigest()
    log.secret, log.secret_destroyed_at = None, now
    log.save(update_fields=["secret", "secret_destroyed_at"])
    body = {"sha256": digest, "at": statements.moment(now)}
    statements.put(campaign_id=log.campaign_id, kind="secret-destroyed", body=body, now=now)
    return True
