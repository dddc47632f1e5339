"""What an editor finds when the captions of a film are to be corrected."""

from collections.abc import Iterable
from uuid import UUID

from paike.media.models import Examination, Transcript
from paike.media.queries import captions, examinations, inspections
from paike.media.rules import captions as rules
from paike.media.rules import transcripts, word_search
from paike.media.rules.captions import Row
from paike.media.rules.report import Report
from paike.media.rules.word_search import Line


def kept(film_id: UUID) -> Transcript | None:
    """What somebody typed and did not publish yet."""
    return Transcript.objects.select_related("by").filter(film_id=film_id).first()


def rows(film_id: UUID) -> tuple[Row, ...]:
    """Where to go on: what was typed; else the captions that are there, as its entrant's own file
    goes before anything a machine has read; else the draft from the inspection."""
    typed = kept(film_id)
    if typed is not None:
        return tuple(Row(**row) for row in typed.rows)
    live = captions.of_film(film_id)
    if live is not None:
        return transcripts.rows_of(rules.read(live.text.encode()))
    report = _report(film_id)
    return transcripts.draft(report.readings) if report is not None else ()


def was_read(film_id: UUID) -> bool:
    """Whether the full inspection has looked for words."""
    report = _report(film_id)
    return report is not None and "subtitles" in report.readings


def length(film_id: UUID) -> int | None:
    """The film's length in ms where its inspection found one."""
    report = _report(film_id)
    found = report.facts.get("duration_ms") if report is not None else None
    return int(found) if found else None


def saying(film_ids: Iterable[UUID], words: str) -> dict[UUID, tuple[Line, ...]]:
    """Those of the films in which these words are said, and where: by their captions; where there
    are none, by what was read of them. Two queries."""
    wanted = set(film_ids)
    if not word_search.terms_of(words):
        return {}
    live = captions.of_films(wanted)
    said = {film: word_search.lines_of(rules.read(one.text.encode())) for film, one in live.items()}
    read = Examination.objects.filter(
        inspection__film_id__in=wanted - set(live), report__isnull=False
    ).order_by("inspection__requested_at")  # the latest wins
    for film, lines in read.values_list("inspection__film_id", "report__readings__subtitles"):
        said[film] = tuple(Line(int(one["start"]), str(one["text"])) for one in lines or ())
    found = {film: word_search.hits(lines, words) for film, lines in said.items()}
    return {film: lines for film, lines in found.items() if lines}


def _report(film_id: UUID) -> Report | None:
    inspection = inspections.latest_of(film_id)
    if inspection is None:
        return None
    seen = examinations.report_of(examinations.of(inspection.pk))
    return seen or inspections.report_of(inspection)
