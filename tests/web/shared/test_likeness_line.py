"""The likeness in a report: everybody reads it, only organisers and editors find the other film."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from paike.kernel import clock
from paike.web.shared import media_links
from tests.factories import accounts, entries, likeness, media, orgs, review

pytestmark = pytest.mark.django_db
STILL = re.compile(r'<svg viewBox="([^"]+)"[^>]*><image href="/media/([^"]+)" width="1200"')
LINK = "并排查看两部影片"


def test_who_reads_what() -> None:
    call = review.small_call(now=clock.now())
    first = entries.cleared(campaign=call)
    second = entries.cleared(campaign=call, now=entries.NOW + timedelta(hours=1))
    case = likeness.case(second, first)
    earlier, later = case.entries
    assert second.film is not None
    board = media.storyboard(film=second.film, ms=80_000)
    other_title = case.earlier.composed_title
    author = accounts.client(later.owner).get(reverse("entry", args=[later.pk])).content.decode()
    assert "相同 22 秒，占全片 " in author
    assert "更早收到的一部影片" in author
    pictures = STILL.findall(author)
    assert [media_links.read(url).key for _, url in pictures] == [board.key] * len(pictures)
    assert pictures, "a picture at each place that both films show"
    assert all(box.endswith(" 120 90") for box, _ in pictures)
    for secret in (str(earlier.pk), other_title, LINK, f"/organise/{call.slug}/likenesses"):
        assert secret not in author
    first_author = accounts.client(earlier.owner)
    assert "更早收到的一部影片" not in first_author.get(f"/entries/{earlier.pk}/").content.decode()
    organiser = accounts.client(orgs.organiser(), strong=True)
    address = reverse("organise-entry", args=[call.slug, later.pk])
    page = organiser.get(address).content.decode()
    assert "相同 22 秒" in page
    assert LINK in page
    assert reverse("likeness-case", args=[call.slug, case.pk]) in page
