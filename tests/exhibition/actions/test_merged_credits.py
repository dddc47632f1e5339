"""Two units sent the same work: the exhibition and the public pages credit both."""

from pathlib import Path

import pytest
from django.test import Client

from paike.entries.actions import mergers
from paike.exhibition.actions import packages
from paike.exhibition.queries import publications
from tests.factories import exhibition, orgs, review

pytestmark = pytest.mark.django_db


def test_the_package_and_the_page_credit_both_units(tmp_path: Path, client: Client) -> None:
    call = review.small_call()
    stays, leaves = exhibition.published(campaign=call, works=2)
    now = review.moment(call, "exhibit")
    mergers.merge(
        entry=leaves.entry, into=stays.entry, by=orgs.organiser(), reason="同一部", now=now
    )
    assert leaves.entry.unit is not None
    credited = f"{stays.credit}（同时报送：{leaves.entry.unit.name}）"
    (shown,) = publications.shown(campaign_id=call.pk)
    assert (shown.entry_id, shown.credit) == (stays.entry_id, credited)
    packages.build(campaign_id=call.pk, target=tmp_path / "show", by=None, now=now)
    page = (tmp_path / "show" / "works" / f"{stays.pk.hex}.html").read_text(encoding="utf-8")
    assert credited in page
    assert not (tmp_path / "show" / "works" / f"{leaves.pk.hex}.html").exists()
