"""The likeness in a report: everybody reads it, only organisers and editors find the other film."""

from datetime import timedelta

import pytest
from django.urls import reverse

from paike.kernel import clock
from tests.factories import accounts, entries, likeness, orgs, review

pytestmark = pytest.mark.django_db
LINK = "并排查看两部影片"


def test_who_reads_what() -> None:
    call = review.small_call(now=clock.now())
    first = entries.cleared(campaign=call)
    second = entries.cleared(campaign=call, now=entries.NOW + timedelta(hours=1))
    case = likeness.case(second, first)
    earlier, later = case.entries
    other_title = case.earlier.composed_title
    author = accounts.client(later.owner).get(reverse("entry", args=[later.pk])).content.decode()
    assert "相同 22 秒，占全片 " in author
    assert "更早收到的一部影片" in author
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
