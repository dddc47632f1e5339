"""The full inspection, run for real: a stored film through the sandbox to a report with pictures."""

import io
import time
from itertools import count

import numpy
import pytest
from PIL import Image

from paike.kernel import clock, events
from paike.media import tasks
from paike.media.actions import examinations, inspections, removals
from paike.media.events import ExaminationFinished
from paike.media.models import Examination, Inspection
from paike.media.queries import examinations as queries
from paike.media.rules.report import Outcome, Verdict
from paike.objects import ports as objects
from tests.corpus import films, making
from tests.corpus.recipe import Recipe
from tests.factories import jobs, media

pytestmark = pytest.mark.django_db
# Short, so that it is made in a few seconds: black from the start, then a title, no subtitles.
FAULTY = films.good("tuning", "bunny", "examined", seconds=9.0, black=((0, 2.6),), subtitles=(),
                    title_at=(3.0, 6.0), spoken=films.good("tuning", "bunny").spoken[1:2])  # fmt: skip


def _gate(recipe: Recipe | None = None) -> Inspection:
    content = making.film(recipe).read_bytes() if recipe else None
    inspection = inspections.request(
        film=media.sealed_object(content=content), limits=media.film_rules(), now=clock.now()
    )
    tasks.inspect(inspection_id=str(inspection.pk))
    inspection.refresh_from_db()
    return inspection


def _examined(inspection: Inspection) -> tuple[Examination, dict[str, Verdict]]:
    tasks.examine(inspection_id=str(inspection.pk))
    found = Examination.objects.get(inspection=inspection)
    report = queries.report_of(found)
    assert report is not None, found.fault
    return found, {verdict.rule: verdict for verdict in report.verdicts}


def test_a_faulty_film_is_told_where_and_shown_why(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[ExaminationFinished] = []
    monkeypatch.setitem(events._listeners, ExaminationFinished, [heard.append])
    inspection = _gate(FAULTY)
    assert inspection.outcome == "pass"
    assert [job.args for job in jobs.waiting("media.examine")] == [
        {"inspection_id": str(inspection.pk)}
    ]
    examination, said = _examined(inspection)
    assert (examination.progress, [one.outcome for one in heard]) == (100, ["warn"])
    black = said["black"]
    assert black.outcome is Outcome.WARN
    assert black.spans[0].start == 0
    assert abs(black.spans[0].end - 2600) <= 300
    assert said["duration"].outcome is Outcome.PASS  # the gate's verdicts are there too
    assert said["subtitles"].code == "subtitles.few"
    assert "车间里的灯" in said["titles"].measured.zh
    picture = Image.open(io.BytesIO(objects.store().open_read(black.sights[0].picture).read()))
    assert picture.height == 240
    assert numpy.asarray(picture.convert("L")).max() < 40


def test_what_a_clerk_sees_goes_with_the_film() -> None:
    inspection = _gate(FAULTY)
    _examined(inspection)
    pictures = list(examinations.pictures_of(Examination.objects.get()))
    assert pictures
    removals.remove(film_id=inspection.film_id)
    for key in pictures:
        with pytest.raises(objects.NoSuchObject):
            objects.store().stat(key)
    assert not Examination.objects.exists()


def test_a_refused_film_is_not_looked_through() -> None:
    inspection = _gate()
    assert Examination.objects.filter(inspection=inspection).exists()
    refused = inspections.request(
        film=media.sealed_object(), limits=media.film_rules(size_max=1), now=clock.now()
    )
    tasks.inspect(inspection_id=str(refused.pk))
    assert not Examination.objects.filter(inspection=refused).exists()


def test_switched_off_checks_say_nothing() -> None:
    limits = media.film_rules(checks={"black": {"on": False}, "titles": {"on": False}})
    film = media.sealed_object(content=making.film(FAULTY).read_bytes())
    inspection = inspections.request(film=film, limits=limits, now=clock.now())
    tasks.inspect(inspection_id=str(inspection.pk))
    _, said = _examined(inspection)
    assert {"black", "titles"} & set(said) == set()
    assert "frozen" in said


def test_running_the_job_again_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[ExaminationFinished] = []
    monkeypatch.setitem(events._listeners, ExaminationFinished, [heard.append])
    inspection = _gate()
    for _ in range(2):
        tasks.examine(inspection_id=str(inspection.pk))
    assert len(heard) == 1


def test_a_job_that_never_comes_back_is_given_up_and_can_be_run_again() -> None:
    inspection = _gate()
    for _ in range(examinations.MAX_ATTEMPTS):
        assert examinations.begin(inspection_id=inspection.pk, now=clock.now())
    assert examinations.begin(inspection_id=inspection.pk, now=clock.now()) is None
    found = Examination.objects.get()
    assert found.fault
    examinations.run_again(examination=found, by=None, now=clock.now())
    _examined(inspection)
    with pytest.raises(examinations.NothingToRepeat):
        examinations.run_again(examination=found, by=None, now=clock.now())


def test_a_lost_file_is_tried_again_then_shown() -> None:
    inspection = _gate()
    objects.store().delete(inspection.film.key)
    for _ in range(examinations.MAX_ATTEMPTS):
        tasks.examine(inspection_id=str(inspection.pk))
    assert "NoSuchObject" in Examination.objects.get().fault


def test_progress_is_told_while_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(ticks)) * 2)
    inspection = _gate(FAULTY)
    told: list[int] = []
    write = examinations.report_progress

    def keep(*, inspection_id: object, percent: int) -> None:
        told.append(percent)
        write(inspection_id=inspection.pk, percent=percent)

    monkeypatch.setattr(examinations, "report_progress", keep)
    _examined(inspection)
    assert told == sorted(told)
    assert len(told) >= 2
