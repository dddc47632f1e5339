import pytest
from django.db import transaction

from paike.kernel.text import Text
from paike.notify import ports
from paike.notify.actions import deliveries, messages
from paike.notify.adapters.mail.memory import MemoryMail
from paike.notify.adapters.sms.memory import MemorySms
from paike.notify.models import Delivery, Message
from paike.notify.queries import inbox
from tests.factories import accounts, jobs
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db

SUBJECT = Text("作品已收到", "Your work has arrived")
BODY = Text("我们收到了您的作品。", "We have received your work.")


def send(person: object, kind: str = "entry.submitted") -> Message:
    return messages.send(
        recipient_id=person.id,  # type: ignore[attr-defined]  # an account
        kind=kind,
        subject=SUBJECT,
        body=BODY,
        link="/my/",
        now=NOW,
    )


def test_in_app_at_once_and_mail_by_a_job(mail: MemoryMail) -> None:
    person = accounts.account(email="wang@example.com")
    message = send(person)
    assert inbox.unread(recipient_id=person.id) == 1
    assert not mail.letters
    jobs.run("notify.deliver")
    (letter,) = mail.letters
    assert letter.to == "wang@example.com"
    assert letter.subject == "作品已收到"
    assert "http://127.0.0.1:8000/my/" in letter.text
    assert "<a href=" in letter.html
    channels = {
        row.channel for row in Delivery.objects.filter(message=message, sent_at__isnull=False)
    }
    assert channels == {"in_app", "mail"}


def test_in_the_language_of_the_recipient() -> None:
    assert send(accounts.account(language="en")).subject == "Your work has arrived"


def test_nothing_leaves_when_the_transaction_fails() -> None:
    person = accounts.account(email="wang@example.com")
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - send, then the fault
        send(person)
        raise ZeroDivisionError
    assert not jobs.waiting("notify.deliver")
    assert not Message.objects.exists()


def test_only_urgent_kinds_go_by_sms_and_only_without_mail(sms: MemorySms) -> None:
    only_phone, both = accounts.account(), accounts.account(email="li@example.com")
    send(only_phone, "entry.submitted")
    send(both, "review.returned")
    send(only_phone, "review.returned")
    jobs.run("notify.deliver")
    assert [text for _, text in sms.texts] == ["作品已收到 http://127.0.0.1:8000/my/"]


def test_a_failure_is_visible_and_can_be_run_again(mail: MemoryMail) -> None:
    send(accounts.account(email="wang@example.com"))
    row = Delivery.objects.get(channel="mail")
    mail.is_down = True
    for _ in range(deliveries.MOST_TRIES):
        with pytest.raises(ports.Undelivered):
            deliveries.deliver(delivery_id=row.id, now=NOW)
    row.refresh_from_db()
    assert row.tries == deliveries.MOST_TRIES
    assert row.given_up_at == NOW
    assert "does not answer" in row.fault
    mail.is_down = False
    deliveries.run_again(delivery_id=row.id)
    deliveries.deliver(delivery_id=row.id, now=NOW)
    row.refresh_from_db()
    assert row.sent_at == NOW
    assert len(mail.letters) == 1
