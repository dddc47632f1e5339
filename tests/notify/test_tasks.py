"""The job engine really runs what was deferred, once the transaction is through."""

import pytest
from procrastinate.contrib.django import app

from paike.kernel.text import Text
from paike.notify.actions import messages
from paike.notify.adapters.mail.memory import MemoryMail
from paike.notify.models import Delivery
from tests.factories import accounts
from tests.factories.accounts import NOW


@pytest.mark.django_db(transaction=True)
def test_a_worker_delivers(mail: MemoryMail) -> None:
    person = accounts.account(email="wang@example.com")
    messages.send(
        recipient_id=person.id,
        kind="x",
        subject=Text("收到", "Got it"),
        body=Text("正文", "Body"),
        now=NOW,
    )
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's own
    with app.replace_connector(connector) as worker:
        worker.run_worker(wait=False, queues=["messages"], install_signal_handlers=False)
    assert [letter.subject for letter in mail.letters] == ["收到"]
    assert Delivery.objects.get(channel="mail").sent_at is not None
