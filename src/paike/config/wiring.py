"""Who listens to whom. The only place that knows two rooms at once besides the web."""

from django.conf import settings

from paike.accounts import events as accounts
from paike.accounts.adapters.address_book import Contacts
from paike.awards.actions import refills
from paike.config import options
from paike.entries import events as entries
from paike.entries import ports as entries_ports
from paike.entries.actions import erasures, films, versions
from paike.exhibition.actions import builds
from paike.jury.actions import shortlists as jury
from paike.kernel import clock, events
from paike.media.events import InspectionFinished
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
from paike.review.actions import referrals, replacements
from paike.review.models import Shortlist
from paike.review.queries import shortlists
from paike.uploads.actions import erasures as upload_erasures
from paike.uploads.events import Sealed


def connect() -> None:
    """Wire every event to its listeners and every port to its adapter. Called once at start-up."""
    objects.use(lambda: choice.make(settings.STORE_URL, folder=settings.DATA / "objects"))
    _connect_notify()
    _connect_entries()
    _connect_review()
    _connect_jury_and_awards()
    events.listen(entries.EntryWithdrawn, builds.when_withdrawn)
    events.listen(entries.EntryDisqualified, builds.when_disqualified)


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


def _connect_entries() -> None:
    events.listen(Sealed, _film_arrived)
    events.listen(InspectionFinished, _gate_finished)
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


def _connect_review() -> None:
    events.listen(entries.ReadyForReview, referrals.when_ready)
    events.listen(entries.EntryWithdrawn, replacements.when_withdrawn)
    events.listen(entries.EntryDisqualified, replacements.when_disqualified)
    entries_ports.connect_shortlist(shortlists.is_shortlisted)


def _connect_jury_and_awards() -> None:
    events.listen(review.ShortlistSealed, _shortlist_sealed)
    events.listen(review.ShortlistRefilled, _shortlist_refilled)
    events.listen(entries.EntryWithdrawn, refills.when_withdrawn)
    events.listen(entries.EntryDisqualified, refills.when_disqualified)


def _shortlist_sealed(event: review.ShortlistSealed) -> None:
    jury.follow(campaign_id=event.campaign_id, now=event.at)


def _shortlist_refilled(event: review.ShortlistRefilled) -> None:
    shortlist = Shortlist.objects.only("campaign_id").get(pk=event.shortlist_id)
    jury.follow(campaign_id=shortlist.campaign_id, now=event.at)
