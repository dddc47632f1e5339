from datetime import timedelta

import pytest
from django.test import Client

from paike.audit.models import Record
from paike.kernel import clock
from paike.media.models import Inspection, Rendition, RenditionKind
from paike.notify.models import Delivery, Message
from tests.factories import accounts, jobs, media, orgs, review

pytestmark = pytest.mark.django_db


def organiser() -> Client:
    return accounts.client(orgs.organiser(), strong=True)


def failed_inspection() -> Inspection:
    return media.inspection(fault="SandboxFault: no answer", attempts=3)


def test_what_failed_is_shown_and_runs_again() -> None:
    campaign, browser = review.small_call(), organiser()
    inspection = failed_inspection()
    url = f"/organise/{campaign.slug}/jobs/"
    page = browser.get(url).content.decode()
    assert "SandboxFault: no answer" in page
    assert "失败" in page
    answer = browser.post(f"{url}inspections/{inspection.pk}/", follow=True)
    assert "已重新运行" in answer.content.decode()
    inspection.refresh_from_db()
    assert (inspection.fault, inspection.attempts) == ("", 0)
    assert len(jobs.waiting("media.inspect")) == 1
    assert Record.objects.filter(act="inspection.run-again", actor__isnull=False).count() == 1
    again = browser.post(f"{url}inspections/{inspection.pk}/", follow=True)
    assert "不需要重新检测" in again.content.decode()
    assert len(jobs.waiting("media.inspect")) == 1


def test_copies_and_messages_run_again_too() -> None:
    campaign, browser, now = review.small_call(), organiser(), clock.now()
    film = media.sealed_object()
    for kind in RenditionKind.values:
        Rendition.objects.create(film=film, kind=kind, requested_at=now, fault="JobFault: x")
    message = Message.objects.create(
        recipient=accounts.account(), kind="entry.submitted", subject="s", body="b", created_at=now
    )
    delivery = Delivery.objects.create(
        message=message, channel="mail", created_at=now, tries=6, given_up_at=now,
        fault="550 <li@example.com> unknown",
    )  # fmt: skip
    url = f"/organise/{campaign.slug}/jobs/"
    page = browser.get(url).content.decode()
    assert page.count("JobFault: x") == 1  # the copies of a film are one job
    assert "li@example.com" not in page
    browser.post(f"{url}renditions/{film.pk}/")
    browser.post(f"{url}deliveries/{delivery.pk}/")
    assert not Rendition.objects.exclude(fault="").exists()
    delivery.refresh_from_db()
    assert delivery.given_up_at is None
    assert len(jobs.waiting("notify.deliver")) == 1
    assert len(jobs.waiting("media.render")) == 1
    assert Record.objects.filter(act="delivery.run-again", audience="staff").count() == 1


def test_a_job_that_was_lost_is_overdue_and_runs_again() -> None:
    """Its row waits, but no job does: nobody else would ever look at it."""
    campaign, browser = review.small_call(), organiser()
    inspection = media.inspection(requested_at=clock.now() - timedelta(hours=1))
    url = f"/organise/{campaign.slug}/jobs/"
    assert "超时" in browser.get(url).content.decode()
    browser.post(f"{url}inspections/{inspection.pk}/")
    assert len(jobs.waiting("media.inspect")) == 1


def test_unknown_jobs_are_not_found_and_others_may_not_enter() -> None:
    campaign, browser = review.small_call(), organiser()
    inspection = failed_inspection()
    url = f"/organise/{campaign.slug}/jobs/"
    assert browser.post(f"{url}inspections/{campaign.pk}/").status_code == 404
    assert browser.post(f"{url}nothing/{inspection.pk}/").status_code == 404
    clerk = accounts.client(orgs.clerk(), strong=True)
    assert clerk.get(url).status_code == 403
    assert clerk.post(f"{url}inspections/{inspection.pk}/").status_code == 403
