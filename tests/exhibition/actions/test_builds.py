from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from paike.campaigns.models import Campaign
from paike.entries.actions import disqualifications
from paike.exhibition.actions import builds, folders, publications
from paike.exhibition.models import Package
from paike.exhibition.queries import packages
from tests.factories import exhibition, jobs, orgs, review

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path) -> Iterator[None]:
    with override_settings(EXHIBITIONS=tmp_path / "exhibition"):
        yield


def request(campaign: Campaign) -> Package:
    now = review.moment(campaign, "exhibit")
    return builds.request(campaign_id=campaign.pk, by=orgs.editor(), now=now)


def test_a_request_is_built_by_its_job_and_goes_online() -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=1)
    package = request(campaign)
    assert packages.online(campaign_id=campaign.pk) is None
    assert packages.under_way(campaign_id=campaign.pk) == package
    assert request(campaign) == package  # asked for twice before it began: one job
    assert len(jobs.waiting("exhibition.build")) == 1
    jobs.run("exhibition.build")
    package.refresh_from_db()
    assert package.progress == 100
    assert package.works == 1
    assert packages.online(campaign_id=campaign.pk) == package
    assert packages.under_way(campaign_id=campaign.pk) is None
    assert not packages.is_stale(package, campaign)
    folder = builds.folder_of(campaign.slug)
    assert (folder / "index.html").is_file()


def test_a_work_that_leaves_has_the_exhibition_built_again() -> None:
    campaign = review.small_call()
    first, second = exhibition.published(campaign=campaign, works=2)
    now = review.moment(campaign, "exhibit")
    request(campaign)
    jobs.run("exhibition.build")
    before = packages.online(campaign_id=campaign.pk)
    assert before is not None
    disqualifications.disqualify(
        entry=first.entry, by=orgs.organiser(), reason="音乐没有授权。", now=now
    )
    assert packages.is_stale(before, campaign)
    assert packages.under_way(campaign_id=campaign.pk) is not None
    publications.hide(publication_id=second.pk, by=orgs.editor(), reason="家属要求", now=now)
    assert Package.objects.count() == 2  # the one that waits will miss neither
    jobs.run("exhibition.build")
    after = packages.online(campaign_id=campaign.pk)
    assert after is not None
    assert after.works == 0
    assert not packages.is_stale(after, campaign)


def test_without_an_exhibition_nothing_is_built_by_itself() -> None:
    campaign = review.small_call()
    (publication,) = exhibition.published(campaign=campaign, works=1)
    now = review.moment(campaign, "exhibit")
    publications.hide(publication_id=publication.pk, by=orgs.editor(), reason="家属要求", now=now)
    assert not Package.objects.exists()


def test_a_build_that_fails_is_shown_and_can_be_run_again() -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=1)
    now = review.moment(campaign, "exhibit")
    package = request(campaign)
    folder = builds.folder_of(campaign.slug)
    folder.mkdir(parents=True)
    (folder / "somebody's.txt").write_text("theirs")
    jobs.run("exhibition.build")
    package.refresh_from_db()
    assert "NotAFolderOfOurs" in package.fault
    assert package.built_at is None
    assert packages.under_way(campaign_id=campaign.pk) == package
    (folder / "somebody's.txt").unlink()
    builds.run_again(package_id=package.pk, by=orgs.organiser(), now=now)
    jobs.run("exhibition.build")
    assert packages.online(campaign_id=campaign.pk) == package
    with pytest.raises(builds.NothingToRepeat):
        builds.run_again(package_id=package.pk, by=orgs.organiser(), now=now)


def test_a_build_whose_workers_die_is_given_up() -> None:
    campaign = review.small_call()
    package, now = request(campaign), review.moment(campaign, "exhibit")
    for _ in range(builds.MAX_ATTEMPTS):
        assert builds.begin(package_id=package.pk, now=now) is not None
    assert builds.begin(package_id=package.pk, now=now + timedelta(minutes=1)) is None
    package.refresh_from_db()
    assert package.fault == builds.LOST


def test_leftovers_of_killed_builds_are_removed(tmp_path: Path) -> None:
    campaign = review.small_call()
    exhibition.published(campaign=campaign, works=1)
    left = builds.folder_of(campaign.slug).with_name(f".{campaign.slug}-0123")
    left.mkdir(parents=True)
    request(campaign)
    jobs.run("exhibition.build")
    assert [one.name for one in Path(settings.EXHIBITIONS).iterdir()] == [campaign.slug]


def test_two_folders_change_places_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    (one / "a").touch()
    if folders.exchange(one, other):
        assert (other / "a").exists()
    assert not folders.exchange(one, tmp_path / "missing")
