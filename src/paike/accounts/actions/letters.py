"""Letters to people that did not arrive, sent once more by staff."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.notify.actions import deliveries
from paike.notify.models import Delivery


@transaction.atomic
def deliver_again(*, delivery_id: UUID, by: Account, now: datetime) -> Delivery:
    """Hand a message over anew after its mail or SMS was given up. Raises
    notify.actions.deliveries.NothingToRepeat."""
    delivery = deliveries.run_again(delivery_id=delivery_id)
    records.write(
        now=now,
        act="delivery.run-again",
        thing="delivery",
        thing_id=delivery.pk,
        actor=by,
        audience=Audience.STAFF,
        details={"channel": delivery.channel},  # a fault may quote the address
    )
    return delivery
