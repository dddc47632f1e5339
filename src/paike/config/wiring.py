"""Who listens to whom. The only place that knows two rooms at once besides the web."""

from uuid import UUID

from django.conf import settings

from paike.accounts import events as accounts
from paike.accounts.adapters.address_book import Contacts
from paike.awards.actions import refills
from paike.campaigns import ports as campaigns_ports
from paike.config import options
from paike.entries import events as entries
from paike.entries import ports as entries_ports
from paike.entries.actions import conversions, erasures, films, versions
from paike.exhibition.actions import builds
from paike.jury import events as jury_events
from paike.jury.actions import shortlists as jury
from paike.jury.queries import panels as jury_panels
from paike.jury.queries import standings as jury_standings
from paike.kernel import clock, events
from paike.media.actions import signatures
from paike.media.events import (
    ConversionFinished,
    FilmsResemble,
    InspectionFinished,
    RenditionsReady,
)
from paike.notify import ports as notify
from paike.notify.adapters.in_app.channel import InApp
from paike.notify.adapters.mail.channel import ByMail
from paike.notify.adapters.mail.console import ConsoleMail
from paike.notify.adapters.mail.smtp import SmtpMail
from paike.notify.adapters.sms.channel import BySms
from paike.notify.adapters.sms.console import ConsoleSms
from paike.notify.adapters.sms.gateway import GatewaySms
from paike.objects import ports as objects
from paike.objects.adapters import choice
from paike.orgs.actions import memberships
from paike.review import events as review
from paike.review.actions import likeness_cases, referrals, replacements
from paike.review.models import Shortlist
from paike.review.queries import shortlists
from paike.uploads.actions import erasures as upload_erasures
from paike.uploads.events import Sealed
from paike.voting import ports as voting
from paike.voting.actions import ballot_logs, jury_entries
from paike.voting.adapters.intake import IntakeByHttp
from paike.voting.adapters.wechat import WeChatLogin
from paike.voting.queries import ballot_logs as voting_logs


def connect() -> None:
    """Wire every event to its listeners and every port to its adapter. Called once at start-up."""
    objects.use(lambda: choice.make(settings.STORE_URL, folder=settings.DATA / "objects"))
    _connect_notify()
    _connect_voting()
    _connect_entries()
    _connect_review()
    _connect_jury_and_awards()
    events.listen(entries.EntryLeft, builds.when_left)
    events.listen(entries.EntryMerged, builds.when_merged)


def _connect_notify() -> None:
    mail_url, sms_url = options.read("PAIKE_MAIL_URL"), options.read("PAIKE_SMS_URL")
    sender, token = options.read("PAIKE_MAIL_FROM"), options.read("PAIKE_SMS_TOKEN")
    notify.install(
        mail=SmtpMail(mail_url, sender) if mail_url else ConsoleMail(clock=clock.now),
        sms=GatewaySms(sms_url, token) if sms_url else ConsoleSms(clock=clock.now),
        addresses=Contacts(),
    )
    notify.register(InApp())
    if mail_url or settings.DEVELOPMENT:
        notify.register(ByMail())
    if sms_url or settings.DEVELOPMENT:
        notify.register(BySms())


def _connect_voting() -> None:
    app_id, secret = options.read("PAIKE_WECHAT_APP_ID"), options.read("PAIKE_WECHAT_APP_SECRET")
    api = options.read("PAIKE_WECHAT_API").rstrip("/")
    voting.install_wechat(WeChatLogin(app_id, secret, api) if app_id and secret else None)
    campaigns_ports.connect_vote(voting_logs.exists)
    voting.install_intake(
        IntakeByHttp(
            options.read("PAIKE_INTAKE_URL"),
            own=settings.PUBLIC_URL,
            proxies=settings.TRUSTED_PROXIES,
        )
    )


def _connect_entries() -> None:
    events.listen(Sealed, _film_arrived)
    events.listen(InspectionFinished, _gate_finished)
    events.listen(RenditionsReady, _copies_ready)
    events.listen(ConversionFinished, conversions.tell)
    events.listen(accounts.AccountClosed, erasures.erase)
    events.listen(accounts.AccountClosed, upload_erasures.erase)
    events.listen(accounts.AccountClosed, memberships.end_all)


def _film_arrived(event: Sealed) -> None:
    if event.purpose == films.PURPOSE:
        films.attach(
            film_id=event.film_id,
            entry_id=event.subject_id,
            owner_id=event.owner_id,
            now=event.at,
        )


def _gate_finished(event: InspectionFinished) -> None:
    versions.hear(inspection_id=event.inspection_id, now=event.at)


def _copies_ready(event: RenditionsReady) -> None:
    signatures.request(film_id=event.film_id)


def _connect_review() -> None:
    events.listen(FilmsResemble, likeness_cases.when_found)
    events.listen(entries.ReadyForReview, likeness_cases.when_ready)
    events.listen(entries.ReadyForReview, referrals.when_ready)
    events.listen(entries.EntryLeft, replacements.when_left)
    entries_ports.connect_shortlist(shortlists.is_shortlisted)


def _connect_jury_and_awards() -> None:
    voting.connect_jury(_jury_ranks)
    events.listen(jury_events.PileCommitted, _pile_committed)
    events.listen(review.ShortlistSealed, _shortlist_sealed)
    events.listen(review.ShortlistRefilled, _shortlist_refilled)
    events.listen(entries.EntryLeft, _left_the_vote)
    events.listen(entries.EntryLeft, refills.when_left)


def _jury_ranks(campaign_id: UUID) -> dict[UUID, int]:
    """The works' ranks by the jury, best first; none before the panel is closed."""
    panel = jury_panels.of_campaign(campaign_id)
    if panel is None or panel.closed_at is None:
        return {}
    totals = jury_standings.totals(campaign_id)
    ordered = sorted(totals, key=lambda entry: totals[entry], reverse=True)
    return {entry: rank for rank, entry in enumerate(ordered, start=1)}


def _pile_committed(event: jury_events.PileCommitted) -> None:
    jury_entries.state_commit(
        campaign_id=event.campaign_id, seat=event.seat, digest=event.digest, now=event.at
    )


def _shortlist_sealed(event: review.ShortlistSealed) -> None:
    jury.follow(campaign_id=event.campaign_id, now=event.at)
    ballot_logs.prepare(campaign_id=event.campaign_id, now=event.at)


def _shortlist_refilled(event: review.ShortlistRefilled) -> None:
    shortlist = Shortlist.objects.only("campaign_id").get(pk=event.shortlist_id)
    jury.follow(campaign_id=shortlist.campaign_id, now=event.at)
    ballot_logs.restate_candidates(
        campaign_id=shortlist.campaign_id, reason="refilled", now=event.at
    )


def _left_the_vote(event: entries.EntryLeft) -> None:
    ballot_logs.when_left(entry_id=event.entry_id, reason=event.how, now=event.at)
