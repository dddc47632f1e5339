from urllib.parse import urlencode

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings

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


def test_a_page_that_takes_no_posts_says_so() -> None:
    answer = Client().post("/robots.txt")
    assert answer.status_code == 405
    assert "这个地址不能这样打开" in answer.content.decode()
    assert answer["Allow"] == "GET, HEAD"


def test_a_form_that_is_too_large() -> None:
    body = urlencode({"contact": "x" * (3 * 1024**2)})
    answer = Client(raise_request_exception=False).post(
        "/sign-in/", body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "提交的内容太大" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/register/", "/robots.txt", "/healthz"])
def test_heads_of_pages(address: str) -> None:
    answer = Client().head(address)
    assert answer.status_code == 200
    assert answer.content == b""


def test_search_engines_stay_out_of_desks() -> None:
    with override_settings(DEVELOPMENT=False):
        text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /organise/" in text
    assert "Disallow: /c/" not in text
    with override_settings(DEVELOPMENT=True):
        assert "Disallow: /\n" in Client().get("/robots.txt").content.decode()


def test_health_counts_workers() -> None:
    assert Client().get("/healthz").json() == {"database": True, "workers": 0}
    assert Client().get("/healthz?workers").status_code == 503
