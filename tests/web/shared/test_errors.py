import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from paike.web.shared import errors
from tests.factories import accounts, orgs

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there() -> None:
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()
    assert "default-src" in answer["Content-Security-Policy"]


def test_error_pages_speak_english() -> None:
    answer = Client(headers={"Accept-Language": "en"}).get("/nowhere/")
    assert "There is no such page" in answer.content.decode()


def test_a_form_without_its_token() -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(accounts.account())
    answer = browser.post("/sign-out/")
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_forbidden_offers_another_account() -> None:
    orgs.tree()
    browser = accounts.client(orgs.clerk(), strong=True)
    answer = browser.get("/editor/any/")
    assert answer.status_code == 403
    assert "/sign-in/?next=/editor/any/" in answer.content.decode()


@pytest.mark.parametrize("kind", list(errors.FAULTS))
def test_every_error_page_needs_no_database(
    kind: int, rf: RequestFactory, django_assert_num_queries: object
) -> None:
    request: HttpRequest = rf.get("/")
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = errors.page(request, kind)
    assert errors.FAULTS[kind].title.zh in answer.content.decode()
