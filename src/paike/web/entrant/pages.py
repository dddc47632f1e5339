"""What the pages of an entry show, gathered in one place for the page and its fragments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from paike.accounts.models import Account
from paike.audit.models import Audience
from paike.audit.queries import records
from paike.awards.models import Award
from paike.awards.queries import results
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.campaigns.rules.rulebook import Rulebook
from paike.entries import access
from paike.entries.actions import entries as drafts
from paike.entries.models import Entry, Version
from paike.entries.queries import entries, units
from paike.entries.rules import form as rules
from paike.entries.rules import standing
from paike.entries.rules.standing import Standing
from paike.kernel.text import Text
from paike.media.models import Inspection
from paike.media.queries import captions, conversions, examinations, inspections, renditions
from paike.media.rules.measured import Declared as DeclaredWords
from paike.orgs.queries import organisations
from paike.review.queries import states
from paike.review.rules.states import StateKey
from paike.uploads.models import Upload
from paike.uploads.queries import uploads
from paike.voting.queries import standings
from paike.web.entrant import comparing
from paike.web.entrant.forms import EntryForm, say
from paike.web.shared import cards, films, gate, road

NEXT: dict[Standing, Text] = {
    Standing.DRAFT: Text(
        "填好表格、上传影片，就可以提交。", "Fill in the form, upload the film, then submit."
    ),
    Standing.INSPECTING: Text(
        "正在检测影片，稍等片刻。", "The film is being checked; this takes a moment."
    ),
    Standing.REFUSED: Text(
        "影片需要修改，改好后重新提交。", "The film needs a change; then submit again."
    ),
    Standing.CLEARED: Text(
        "等待审核，每一步都会通知您。", "Under review; you will hear of every step."
    ),
    Standing.REOPENED: Text(
        "单位请您修改，改好后重新提交。", "A unit asks for a change; then submit again."
    ),
    Standing.WITHDRAWN: Text("作品已撤回。", "The work was withdrawn."),
    Standing.DISQUALIFIED: Text("作品已被取消资格。", "The work was disqualified."),
    Standing.MERGED: Text(
        "两个单位报送了同一部作品，已合并为一部参加评选，署名中保留您的单位。",
        "Two units sent the same work. It goes on as one, and your unit is credited with it.",
    ),
}
# What a work that passed the gate waits for, by where the review has it.
FURTHER: dict[StateKey, Text] = {
    StateKey.DECLINED: Text("这次没有通过审核，原因见下。", "Not accepted; the reason is below."),
    StateKey.ACCEPTED: Text(
        "审核已通过，等待确定名单。", "Accepted; the lists are being drawn up."
    ),
    StateKey.NOT_RECOMMENDED: Text(
        "未列入推荐名单，感谢参与。", "Not on the submitted list. Thank you for taking part."
    ),
    StateKey.RESERVE: Text(
        "列为候补，有作品退出时递补。", "In reserve: it moves up when a work leaves."
    ),
    StateKey.RECOMMENDED: Text(
        "已获推荐，等待确定入围名单。", "Recommended; the shortlist is being drawn up."
    ),
    StateKey.SHORTLISTED: Text(
        "已入围，参加投票和评审。", "Shortlisted: it goes to the vote and the jury."
    ),
    StateKey.NOT_SHORTLISTED: Text(
        "未入围，感谢参与。", "Not shortlisted. Thank you for taking part."
    ),
}
FURTHER[StateKey.LISTED] = FURTHER[StateKey.ACCEPTED]  # entrants learn of a list once it is sent
AWARDED = Text("祝贺获奖！", "Congratulations on the award!")


def _next(entry: Entry, state: states.EntryState, award: Award | None) -> Text:
    """What comes next for the entrant, in a sentence."""
    where = entries.standing_of(entry)
    if award is not None:
        return AWARDED
    return FURTHER.get(state.key, NEXT[where]) if where is Standing.CLEARED else NEXT[where]


def _chip(entry: Entry, state: states.EntryState, award: Award | None) -> cards.Chip:
    if award is None:
        return road.chip(state)
    return road.award_chip(award.level, campaigns.rulebook_of(entry.campaign))


@dataclass(frozen=True)
class Declared:
    """A declaration to sign, and its fault when it was left out."""

    key: str
    title: Any
    text: Any
    signed: bool
    fault: str


@dataclass(frozen=True)
class Story:
    """A submitted version with its verdicts, as it was."""

    version: Version
    verdicts: list[cards.VerdictLine]


def load(entry_id: UUID, account: Account) -> Entry:
    """The owner's entry, or 404: that an entry exists is nobody else's business."""
    entry = gate.find(entries.by_id(entry_id))
    gate.find(entry if access.is_owner(account, entry) else None)
    return entry


def listed(owned: list[Entry]) -> list[tuple[cards.WorkCard, Text]]:
    """A card and what comes next for each of a person's entries; a fixed number of queries."""
    known = states.of_entries([entry.pk for entry in owned])
    posters = films.posters([entry.film_id for entry in owned if entry.film_id])
    given = results.of_entries([entry.pk for entry in owned])
    return [
        (
            _card(entry, known[entry.pk], posters, given.get(entry.pk)),
            _next(entry, known[entry.pk], given.get(entry.pk)),
        )
        for entry in owned
    ]


def _card(
    entry: Entry, state: states.EntryState, posters: dict[UUID, str], award: Award | None
) -> cards.WorkCard:
    rulebook = campaigns.rulebook_of(entry.campaign)
    themes = {theme.key: theme.name for theme in rulebook.themes}
    return cards.WorkCard(
        title=entries.title_of(entry) or say(Text("未命名的作品", "Untitled work")),
        url=f"/entries/{entry.pk}/",
        poster=posters.get(entry.film_id, "") if entry.film_id else "",
        theme=themes.get(entry.theme, ""),
        credit=entry.credit,
        chip=_chip(entry, state, award),
        number=f"№ {entry.number:03d}" if entry.number else "",
    )


def whole(
    entry: Entry,
    now: datetime,
    *,
    faults: Iterable[rules.Fault] = (),
    signed: Iterable[str] = (),
) -> dict[str, Any]:
    """The context of the entry page."""
    rulebook = campaigns.rulebook_of(entry.campaign)
    where = entries.standing_of(entry)
    open_ = standing.takes_submission(rulebook, where, now)
    found = tuple(faults)
    state, award = states.of_entries([entry.pk])[entry.pk], results.of_entry(entry.pk)
    context: dict[str, Any] = {
        "campaign": entry.campaign,
        "rulebook": rulebook,
        "entry": entry,
        "title": entries.preview_title(entry)
        if where in standing.EDITABLE
        else entries.title_of(entry),
        "standing": where.value,
        "next": _next(entry, state, award),
        "editable": where in standing.EDITABLE and open_,
        "closed": where in standing.EDITABLE and not open_,
        "deadline": _deadline(rulebook),
        "latest": entries.latest_version(entry),
        "stations": road.of_entry(entry, now),
        "trail": records.of_entry(
            entry_id=entry.pk, audiences=[Audience.PUBLIC, Audience.CONCERNED]
        ),
        "stories": _stories(entry),
        "withdrawable": where not in standing.OUT and state.key is not StateKey.SHORTLISTED,
        "chip": _chip(entry, state, award),
        "ballots_set_aside": standings.is_asked(entry.pk),
    }
    context |= film(entry, now)
    if context["editable"]:
        context |= _form(entry, rulebook, found, tuple(signed))
    return context


def fragment(entry: Entry, now: datetime) -> dict[str, Any]:
    """The context of the part that renews itself."""
    open_ = standing.takes_submission(
        campaigns.rulebook_of(entry.campaign), entries.standing_of(entry), now
    )
    editable = entries.standing_of(entry) in standing.EDITABLE and open_
    return {"entry": entry, "editable": editable, **film(entry, now)}


def film(entry: Entry, now: datetime) -> dict[str, Any]:
    """The film's part of the page: what is under way, its verdicts, its copies."""
    upload = uploads.under_way(subject_id=entry.pk, owner_id=entry.owner_id, now=now)
    sealed = entry.film
    inspection = inspections.latest_of(sealed.pk) if sealed is not None else None
    examination = examinations.of(inspection.pk) if inspection is not None else None
    looking = examination is not None and not (examination.finished_at or examination.fault)
    making = sealed is not None and inspection is not None and not renditions.is_ready(sealed.pk)
    conversion = conversions.of(inspection.pk) if inspection is not None else None
    converting = conversion is not None and not (conversion.finished_at or conversion.fault)
    verdicts = films.verdict_lines(inspection, _declared(entry)) if inspection is not None else []
    latest = entries.latest_version(entry)
    if latest is not None and sealed is not None and latest.film_id == sealed.pk:
        verdicts = films.version_lines(latest)
    return {
        "film": sealed,
        "upload": upload,
        "received": uploads.received(upload) if upload is not None else 0,
        "inspection": inspection,
        "verdicts": verdicts,
        "examination": examination,
        "looking": looking,
        "player": films.player(film_id=sealed.pk, title=entries.title_of(entry))
        if sealed
        else None,
        "posters": films.poster_choices(sealed.pk) if sealed is not None else [],
        "percent": renditions.progress(sealed.pk) if sealed is not None else 0,
        "pending": converting or _pending(upload, inspection, making=making or looking),
        "conversion": conversion,
        "converting": converting,
        "offer": conversion is None and comparing.is_offered(inspection),
        "made_of": conversions.made(sealed.pk) if sealed is not None else None,
        "passed": inspection is not None and inspection.outcome in ("pass", "warn"),
        "hinted": any(one.outcome == "warn" for one in verdicts),
        "refused": inspection is not None and inspection.outcome == "refuse",
    }


def _declared(entry: Entry) -> DeclaredWords:
    """What the form, as it stands, says about the opening titles."""
    return films.declared(
        title=drafts.text_of(entry, "title"),
        credit=drafts.text_of(entry, "credit"),
        credit_kind=drafts.text_of(entry, "credit_kind"),
    )


def _pending(upload: Upload | None, inspection: Inspection | None, *, making: bool) -> bool:
    """Whether the page should look again in a moment."""
    if upload is not None and uploads.received(upload) == upload.size:
        return True
    if inspection is None or inspection.fault:
        return False
    return not inspection.outcome or (inspection.outcome != "refuse" and making)


def _form(
    entry: Entry, rulebook: Rulebook, faults: tuple[rules.Fault, ...], signed: tuple[str, ...]
) -> dict[str, Any]:
    values = {field: drafts.text_of(entry, field) for field in rules.FIELDS}
    form = EntryForm(values, rulebook=rulebook)
    form.mark(faults)
    by_field = {fault.field: say(fault.text) for fault in faults}
    return {
        "form": form,
        "faults": faults,
        "captions": captions.of_film(entry.film_id) if entry.film_id else None,
        "unit_fault": by_field.get("unit", ""),
        "film_fault": by_field.get("film", ""),
        "unit": units.choice(entry.unit) if entry.unit is not None else None,
        "bodies": organisations.bodies(rulebook),
        "declarations": [
            Declared(
                key=text.key,
                title=text.title,
                text=text.text,
                signed=text.key in signed,
                fault=by_field.get(f"declarations:{text.key}", ""),
            )
            for text in rulebook.declarations
        ],
    }


def _stories(entry: Entry) -> list[Story]:
    """Every version that was submitted, the latest first."""
    versions = sorted(entry.versions.all(), key=lambda one: one.number, reverse=True)
    return [
        Story(
            version=one,
            verdicts=films.version_lines(one),
        )
        for one in versions
    ]


def _deadline(rulebook: Rulebook) -> datetime | None:
    window = stages.window(rulebook, "submit")
    return window.end if window is not None else None
