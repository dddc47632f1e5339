"""Captions in the players, and by their address."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.kernel import clock
from paike.media.models import Captions, RenditionKind
from paike.review.queries import shortlists
from paike.web.shared import films, media_links
from tests.factories import accounts, campaigns, exhibition, media, orgs, review
from tests.factories import entries as factory

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00.500 --> 00:01.500\n<b>炉前的灯</b><script>x</script>\n".encode()


def file(content: bytes = VTT, name: str = "灯.srt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def call() -> Campaign:
    return campaigns.campaign(now=clock.now())


def address(entry: Entry) -> str:
    assert entry.film_id is not None
    return films.player(film_id=entry.film_id, title="").captions


def test_what_the_entrant_sends_is_shown_as_plain_webvtt(call: Campaign) -> None:
    entry = factory.draft(campaign=call)
    browser = accounts.client(entry.owner)
    assert address(entry) == ""
    sent = {"captions": file(), "title": "改了的标题"}
    page = browser.post(reverse("entry-captions", args=[entry.pk]), sent, follow=True)
    assert "共 1 条" in page.content.decode()
    entry.refresh_from_db()
    assert entry.title == "改了的标题"  # what stood in the form is not lost
    answer = Client().get(address(entry))
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.content.decode() == ("WEBVTT\n\n00:00:00.500 --> 00:00:01.500\n炉前的灯x\n")
    browser.post(reverse("entry-captions-removal", args=[entry.pk]))
    assert address(entry) == ""


@pytest.mark.parametrize(
    ("content", "words"), [(b"\x00\x00\x00\x18ftyp", "不是字幕文件"), (b"", "请先选择字幕文件")]
)
def test_a_refusal_is_said_on_the_page(call: Campaign, content: bytes, words: str) -> None:
    entry = factory.draft(campaign=call)
    sent = {"captions": file(content)} if content else {}
    url = reverse("entry-captions", args=[entry.pk])
    page = accounts.client(entry.owner).post(url, sent, follow=True)
    assert words in page.content.decode()
    assert not Captions.objects.exists()


def test_an_address_ends_with_its_time_and_with_its_captions(call: Campaign) -> None:
    entry = factory.draft(campaign=call)
    accounts.client(entry.owner).post(
        reverse("entry-captions", args=[entry.pk]), {"captions": file()}
    )
    token = address(entry).removeprefix("/captions/")
    later = clock.now() + timedelta(hours=media_links.LIFE_HOURS + 1)
    with pytest.raises(media_links.BadToken):
        media_links.row_id(token, later)
    assert Client().get(f"/captions/{token}x").status_code == 404
    film = media_links.original(entry.film).removeprefix("/media/") if entry.film else ""
    assert Client().get(f"/captions/{film}").status_code == 404
    Captions.objects.update(ended_at=clock.now())
    assert Client().get(f"/captions/{token}").status_code == 404


def test_the_editors_captions_reach_the_public_page_and_the_juror_s_player() -> None:
    campaign = review.small_call()
    published, *_ = exhibition.published(campaign=campaign, works=1)
    entry_id = shortlists.sealed_ids(campaign_id=campaign.pk)[0]
    work = reverse("work", args=[campaign.slug, entry_id])
    assert 'kind="captions"' not in Client().get(work).content.decode()
    editor = accounts.client(orgs.editor(), strong=True)
    desk = reverse("publication-captions", args=[campaign.slug, entry_id])
    page = editor.post(desk, {"captions": file()}, follow=True).content.decode()
    assert "字幕已加上" in page
    assert "<track" in page
    assert "<track" in Client().get(work).content.decode()
    assert published.version.film_id == Captions.objects.get().film_id


def test_a_phone_number_in_captions_has_to_be_confirmed_too() -> None:
    campaign = review.small_call()
    review.shortlist(campaign=campaign)
    entry, *_ = review.shortlisted(campaign=campaign)
    editor = accounts.client(orgs.editor(), strong=True)
    said = "WEBVTT\n\n00:00.500 --> 00:01.500\n请打 13800138000\n".encode()
    editor.post(
        reverse("publication-captions", args=[campaign.slug, entry.pk]), {"captions": file(said)}
    )
    url = reverse("publication", args=[campaign.slug, entry.pk])
    page = editor.post(url, {"synopsis": "一辈子。", "credit": "张三"}).content.decode()
    assert 'name="confirmed"' in page
    assert "13800138000" in page


def test_players_without_captions_have_no_track(call: Campaign) -> None:
    entry = factory.draft(campaign=call)
    assert entry.film is not None
    media.rendition(film=entry.film, kind=RenditionKind.FILM_576, content=b"x")
    page = accounts.client(entry.owner).get(f"/entries/{entry.pk}/").content.decode()
    assert 'kind="captions"' not in page
