"""Begin an entry and save its draft while it is typed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from paike.accounts.models import Account
from paike.audit.actions import records
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.entries import access
from paike.entries.models import PERSONAL, Entry
from paike.entries.queries import entries
from paike.entries.rules import form
from paike.kernel.text import Text
from paike.orgs.models import Organisation

DRAFTS_MAX = 20
THEME_MAX = 60  # the column's; whether the call offers it is asked at submission


class Closed(Exception):
    """The call does not take works now."""

    text = Text(
        "征集阶段已结束或尚未开始，现在不能提交作品。已填写的内容都在。",
        "The call does not take works now. What you filled in is kept.",
    )


class TooManyDrafts(Exception):
    """More unfinished drafts than a person can mean."""

    text = Text(
        f"您已有 {DRAFTS_MAX} 份未提交的草稿，请先完成或删除其中一份。",
        f"You have {DRAFTS_MAX} unfinished drafts. Finish or withdraw one first.",
    )


class Locked(Exception):
    """The form is not the entrant's to change now."""

    text = Text(
        "作品已提交，内容不能再改。需要修改时，请等单位退回，或撤回作品。",
        "The work was submitted and can't be changed now. Wait until a unit returns it, or withdraw it.",
    )


@dataclass(frozen=True)
class Saved:
    """What became of a save: the entry, texts that did not fit (kept out, told at their field), and
    fields that another tab or device had changed since `seen`."""

    entry: Entry
    faults: tuple[form.Fault, ...]
    overwritten: tuple[str, ...]


@transaction.atomic
def begin(
    *, campaign: Campaign, owner: Account, now: datetime, unit: Organisation | None = None
) -> Entry:
    """A new draft, filled with what the account knows; `unit` comes from an invite link.

    Raises Closed, TooManyDrafts.
    """
    if not stages.allows(campaigns.rulebook_of(campaign), "submit", now):
        raise Closed
    Account.objects.select_for_update(no_key=True).get(pk=owner.pk)
    drafts = Entry.objects.filter(
        owner=owner, campaign=campaign, number__isnull=True, withdrawal__isnull=True
    )
    if drafts.count() >= DRAFTS_MAX:
        raise TooManyDrafts
    entry = Entry.objects.create(
        campaign=campaign,
        owner=owner,
        created_at=now,
        updated_at=now,
        unit=unit,
        route="recommended" if unit is not None else "",
        real_name=_plain(owner.real_name),
        reporting_unit=_plain(owner.unit_name),
        **_contacts(owner),
    )
    came_by = {} if unit is None else {"invited_by": str(unit.pk)}
    _record(entry, act="entry.begun", by=owner, now=now, **came_by)
    return entry


@transaction.atomic
def save_draft(
    *, entry: Entry, by: Account, changes: dict[str, str], now: datetime, seen: int | None = None
) -> Saved:
    """Save the fields in `changes` (texts; `unit` as an id). The last write of a field wins;
    `seen` is the revision the writer's page knew, so that it can be told what it overwrote.

    Raises Locked; KeyError for a field that does not exist.
    """
    locked = lock(entry.pk)
    if not access.may_edit(by, locked):
        raise Locked
    faults: list[form.Fault] = []
    overwritten: list[str] = []
    for field, raw in changes.items():
        value = form.tidy(field, raw)
        fault = _fault_of(field, value)
        if fault is not None:
            faults.append(fault)
        elif value != text_of(locked, field):
            if seen is not None and locked.revisions.get(field, 0) > seen:
                overwritten.append(field)
            _write(locked, field, value)
    locked.updated_at = now
    locked.save()
    return Saved(entry=locked, faults=tuple(faults), overwritten=tuple(overwritten))


def lock(entry_id: UUID) -> Entry:
    """The entry with its row locked until the transaction ends."""
    Entry.objects.select_for_update(no_key=True).get(pk=entry_id)
    found = entries.by_id(entry_id)
    assert found is not None  # noqa: S101 - locked in the line above
    return found


def text_of(entry: Entry, field: str) -> str:
    """A form field's text; personal fields are opened, so only for the owner's own form."""
    if field == "unit":
        return str(entry.unit_id or "")
    value = getattr(entry, field)
    return _plain(value) if field in PERSONAL else str(value)


def _write(entry: Entry, field: str, value: str) -> None:
    if field == "unit":
        entry.unit = _unit(value)
    else:
        setattr(entry, field, value)
    entry.revision += 1
    entry.revisions = {**entry.revisions, field: entry.revision}


def _fault_of(field: str, value: str) -> form.Fault | None:
    if field not in form.FIELDS:
        raise KeyError(field)
    offered = {
        "route": {"", "recommended", "individual"},
        "credit_kind": {"", "authors", "crew"},
    }
    if field in offered and value not in offered[field]:
        return form.Fault(field, form.NOT_OFFERED)
    if field == "theme" and len(value) > THEME_MAX:
        return form.Fault(field, form.NOT_OFFERED)
    if field == "unit" and value and _unit(value) is None:
        return form.Fault(field, form.NOT_OFFERED)
    return form.too_long(field, value)


def _unit(value: str) -> Organisation | None:
    try:
        return Organisation.objects.filter(pk=UUID(value)).first() if value else None
    except ValueError:
        return None


def _plain(sealed: object) -> str:
    """The text of a personal field: sealed as read back, a plain text as just assigned."""
    if sealed is None or isinstance(sealed, str):
        return sealed or ""
    return sealed.open() if sealed else ""  # type: ignore[attr-defined]  # vault.fields.Sealed


def _contacts(owner: Account) -> dict[str, str]:
    return {contact.kind: _plain(contact.value) for contact in owner.contacts.all()}


def _record(entry: Entry, *, act: str, by: Account, now: datetime, **details: str) -> None:
    records.write(
        now=now,
        act=act,
        thing="entry",
        thing_id=entry.pk,
        actor=by,
        role="entrant",
        campaign_id=entry.campaign_id,
        entry_id=entry.pk,
        details=dict(details),
    )
