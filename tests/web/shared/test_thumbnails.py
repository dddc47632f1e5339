"""The track of small pictures: its address, and what it says."""

import pytest
from django.test import Client
from django.urls import reverse

from paike.media.models import RenditionKind
from paike.media.queries import storyboards
from paike.review.queries import shortlists
from paike.web.shared import films, media_links
from tests.factories import exhibition, media, review

pytestmark = pytest.mark.django_db


def test_each_cue_is_a_part_of_a_picture_that_can_be_fetched() -> None:
    film = media.sealed_object()
    media.rendition(film=film)
    board = media.storyboard(film=film, ms=80_000)
    player = films.player(film_id=film.pk, title="")
    assert player.board is not None
    answer = Client().get(player.board.track)
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert "private" in answer.headers["Cache-Control"]
    lines = answer.content.decode().splitlines()
    assert lines[2] == "00:00:00.000 --> 00:00:02.000"
    address, fragment = lines[3].split("#")
    assert fragment == "xywh=0,0,120,90"
    assert media_links.read(address.removeprefix("/media/")).key == board.key


def test_without_small_pictures_or_with_another_s_token_there_is_none() -> None:
    film = media.sealed_object()
    copy = media.rendition(film=film, kind=RenditionKind.FILM_576)
    assert films.player(film_id=film.pk, title="").board is None
    foreign = media_links.thumbnails(storyboards.Storyboard(copy, 1000))
    assert Client().get(foreign).status_code == 404
    assert Client().get(foreign + "x").status_code == 404


def test_the_public_page_of_a_work_has_the_line() -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=1)
    entry_id = shortlists.sealed_ids(campaign_id=campaign.pk)[0]
    page = Client().get(reverse("work", args=[campaign.slug, entry_id])).content.decode()
    assert "data-scrub" in page
    assert "/thumbnails/" in page
