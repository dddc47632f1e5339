"""Captions are corrected: the draft from what was read, kept while typed, published with the work."""

import json

import pytest
from django.test import Client

from paike.entries.models import Entry
from paike.entries.queries import entries
from paike.kernel import clock
from paike.media.models import Captions, Examination, Inspection, Transcript
from paike.media.queries import captions
from paike.media.queries import transcripts as queries
from paike.media.rules.report import Report
from tests.factories import accounts, orgs, review

pytestmark = pytest.mark.django_db

READ = {
    "subtitles": [
        {"start": 1000, "end": 2500, "text": "今天我们来到纺织车间", "sure": 97},
        {"start": 3000, "end": 4500, "text": "老师溥每天第一个到岗", "sure": 71},
    ],
    "speech": [{"start": 1000, "end": 2500}, {"start": 6000, "end": 8000}],
}
TYPED = {
    "start": ["0:01.0", "0:03.0"],
    "end": ["0:02.5", "0:04.5"],
    "words": ["今天我们来到纺织车间", "老师傅每天第一个到岗"],
}


@pytest.fixture
def entry() -> Entry:
    """A work in review whose film was looked through."""
    entry = review.waiting(campaign=review.small_call()).entry
    _looked_through(entry)
    return entry


def _looked_through(entry: Entry) -> None:
    version = entries.latest_version(entry)
    assert version is not None
    inspection = Inspection.objects.get(pk=version.inspection_id)
    report = Report((), readings=READ).to_json()
    Examination.objects.create(
        inspection=inspection, requested_at=clock.now(), finished_at=clock.now(), report=report
    )


@pytest.fixture
def browser() -> Client:
    return accounts.client(orgs.editor(), strong=True)


def _url(entry: Entry) -> str:
    return f"/editor/{entry.campaign.slug}/works/{entry.pk}/transcript/"


def test_what_was_read_stands_there_to_be_corrected(browser: Client, entry: Entry) -> None:
    page = browser.get(_url(entry)).content.decode()
    assert "老师溥每天第一个到岗" in page
    assert 'value="0:06.0"' in page  # somebody speaks, nothing was read: a row to fill
    assert captions.of_film(entry.versions.get().film_id) is None  # nobody sees a draft


def test_typed_right_or_wrong_it_is_kept_and_found_again(browser: Client, entry: Entry) -> None:
    wrong = TYPED | {"end": ["0:02.5", "gar nicht"]}
    kept = browser.post(f"{_url(entry)}draft/", wrong, headers={"Accept": "application/json"})
    assert json.loads(kept.content) == {"kept": 2}
    other = accounts.client(orgs.editor(), strong=True).get(_url(entry)).content.decode()
    assert "gar nicht" in other
    assert "老师傅每天第一个到岗" in other


def test_a_faulty_line_is_named_and_nothing_typed_is_lost(browser: Client, entry: Entry) -> None:
    wrong = TYPED | {"end": ["0:02.5", "0:02.0"]}
    answer = browser.post(f"{_url(entry)}publication/", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 行" in page
    assert "老师傅每天第一个到岗" in page
    assert not Captions.objects.exists()
    assert Transcript.objects.count() == 1


def test_published_they_are_the_captions_of_the_work(browser: Client, entry: Entry) -> None:
    browser.post(f"{_url(entry)}draft/", TYPED)
    browser.post(f"{_url(entry)}publication/", TYPED)
    made = captions.of_film(entry.versions.get().film_id)
    assert made is not None
    assert "00:00:03.000 --> 00:00:04.500\n老师傅每天第一个到岗" in made.text
    assert not Transcript.objects.exists()
    assert "老师傅" in browser.get(_url(entry)).content.decode()  # to be corrected again


def test_the_entrants_own_file_goes_before_what_was_read(browser: Client, entry: Entry) -> None:
    film = entry.versions.get().film
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n他自己写的\n"
    Captions.objects.create(
        film=film, text=text, sha256="0" * 64, cues=1, by=entry.owner, at=clock.now()
    )
    page = browser.get(_url(entry)).content.decode()
    assert "他自己写的" in page
    assert "老师溥" not in page
    assert "机器从画面里读出" not in page
    assert "播放器现在显示的就是这些字幕" in page
    assert [row.words for row in queries.rows(film.pk)] == ["他自己写的"]


def test_works_are_found_by_what_is_said_in_them(browser: Client) -> None:
    campaign = review.small_call()
    review.shortlist(campaign=campaign)
    entry, *_ = review.shortlisted(campaign=campaign)
    _looked_through(entry)
    desk = f"/editor/{entry.campaign.slug}/?q="
    assert entries.title_of(entry) in browser.get(f"{desk}纺织车间").content.decode()
    assert entries.title_of(entry) not in browser.get(f"{desk}没有人说过").content.decode()
    browser.post(f"{_url(entry)}publication/", TYPED)
    found = browser.get(f"{desk}老師傅每天").content.decode()  # typed in traditional characters
    assert entries.title_of(entry) in found
    assert f"/works/{entry.pk}/?t=3.0" in found  # the page begins where it is said
    assert "?t=1.0" not in found
