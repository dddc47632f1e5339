"""A unit's clerk declares when its people will vote together."""

from datetime import datetime

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.audit.models import Audience
from paike.campaigns.queries import campaigns
from paike.entries.models import Entry
from paike.kernel.period import Period
from paike.kernel.text import Text
from paike.orgs.models import Organisation
from paike.voting import access
from paike.voting.models import MobilisationWindow
from paike.voting.rules import mobilisation


class NotAllowed(Exception):
    text = Text(
        "只有作品所经单位的审核员可以声明。",
        "Only a clerk of a unit on the work's road may declare it.",
    )


class ReasonMissing(Exception):
    text = Text(
        "请写明缘由，例如“下班时在厂门口贴海报”。", "Say what for, such as “poster at the gate”."
    )


class NotPossible(Exception):
    """The window can't be; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


@transaction.atomic
def declare(
    *,
    entry: Entry,
    unit: Organisation,
    start: datetime,
    end: datetime,
    reason: str,
    by: Account,
    now: datetime,
) -> MobilisationWindow:
    """Declare a window for one of the unit's works; what is past of it already is cut off. It is
    public at once. Raises NotAllowed, ReasonMissing, NotPossible."""
    if not access.may_declare(by, unit, entry):
        raise NotAllowed
    if not reason.strip():
        raise ReasonMissing
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    declared = [
        Period(one.start, one.end) for one in MobilisationWindow.objects.filter(entry=locked)
    ]
    rule = campaigns.rulebook_of(entry.campaign).ballot
    window = mobilisation.declare(start=start, end=end, now=now, rule=rule, declared=declared)
    if isinstance(window, Text):
        raise NotPossible(window)
    made = MobilisationWindow.objects.create(
        campaign_id=locked.campaign_id,
        entry=locked,
        unit=unit,
        start=window.start,
        end=window.end,
        reason=reason.strip()[:200],
        declared_by=by,
        declared_at=now,
    )
    records.write(
        now=now,
        act="mobilisation.declared",
        thing="entry",
        thing_id=locked.pk,
        audience=Audience.PUBLIC,
        actor=by,
        role="clerk",
        unit_name=unit.short_name,
        campaign_id=locked.campaign_id,
        entry_id=locked.pk,
        details={"start": window.start.isoformat(), "end": window.end.isoformat()},
    )
    return made
