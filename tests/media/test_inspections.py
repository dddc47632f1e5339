"""Requesting, finishing, giving up and repeating inspections, against the real database."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from paike.campaigns.rules.rulebook import FilmRules
from paike.kernel import clock, events
from paike.kernel.text import Text
from paike.media.actions import inspections, renditions
from paike.media.events import InspectionFinished
from paike.media.models import Inspection, Rendition, RenditionKind
from paike.media.rules.report import Outcome, Report, Verdict
from tests.factories import media

pytestmark = pytest.mark.django_db

LINE = Text(zh="一", en="one")


def _report(outcome: Outcome) -> Report:
    return Report((Verdict("duration", "duration.ok", outcome, LINE, LINE, LINE, LINE),))


def _jobs(task: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=task).count()


def test_asking_twice_gives_one_inspection_and_one_job() -> None:
    film, rules = media.sealed_object(), media.film_rules()
    first = inspections.request(film=film, limits=rules, now=clock.now())
    again = inspections.request(film=film, limits=rules, now=clock.now())
    assert again == first
    assert _jobs("media.inspect") == 1
    assert FilmRules.model_validate(first.limits) == rules


def test_other_limits_are_another_inspection() -> None:
    film = media.sealed_object()
    inspections.request(film=film, limits=media.film_rules(), now=clock.now())
    inspections.request(film=film, limits=media.film_rules(size_max=1), now=clock.now())
    assert Inspection.objects.filter(film=film).count() == 2


def test_a_stored_report_is_told_once_and_asks_for_renditions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[InspectionFinished] = []
    monkeypatch.setitem(events._listeners, InspectionFinished, [heard.append])
    inspection = media.inspection()
    for _ in range(2):
        inspections.finish(
            inspection_id=inspection.pk, report=_report(Outcome.WARN), now=clock.now()
        )
    assert [event.outcome for event in heard] == ["warn"]
    kinds = Rendition.objects.filter(film=inspection.film).values_list("kind", flat=True)
    assert sorted(kinds) == sorted(RenditionKind.values)
    assert _jobs("media.render") == 1


def test_a_refused_film_gets_no_renditions() -> None:
    inspection = media.inspection()
    inspections.finish(inspection_id=inspection.pk, report=_report(Outcome.REFUSE), now=clock.now())
    assert not Rendition.objects.exists()


def test_a_film_that_kills_its_workers_is_given_up_and_can_be_run_again() -> None:
    inspection = media.inspection()
    for _ in range(inspections.MAX_ATTEMPTS):
        assert inspections.begin(inspection_id=inspection.pk, now=clock.now())
    assert inspections.begin(inspection_id=inspection.pk, now=clock.now()) is None
    inspection.refresh_from_db()
    assert inspection.fault
    inspections.run_again(inspection=inspection, by=None, now=clock.now())
    inspection.refresh_from_db()
    assert (inspection.fault, inspection.attempts) == ("", 0)
    assert _jobs("media.inspect") == 1
    with pytest.raises(inspections.NothingToRepeat):
        inspections.run_again(inspection=inspection, by=None, now=clock.now())


def test_a_stumble_is_tried_again_then_shown() -> None:
    inspection = media.inspection()
    for attempt in range(inspections.MAX_ATTEMPTS):
        inspections.begin(inspection_id=inspection.pk, now=clock.now())
        inspections.stumble(inspection_id=inspection.pk, fault="store unreachable")
        inspection.refresh_from_db()
        assert bool(inspection.fault) == (attempt == inspections.MAX_ATTEMPTS - 1)
    assert _jobs("media.inspect") == inspections.MAX_ATTEMPTS - 1


def test_renditions_that_were_given_up_can_be_run_again() -> None:
    film = media.sealed_object()
    renditions.request(film=film, now=clock.now())
    assert renditions.begin(film_id=film.pk, now=clock.now()) == film
    renditions.stumble(film_id=film.pk, fault="broken", again=False)
    assert renditions.begin(film_id=film.pk, now=clock.now()) is None
    renditions.run_again(film=film, by=None, now=clock.now())
    assert renditions.begin(film_id=film.pk, now=clock.now()) == film
