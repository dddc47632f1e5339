from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from paike.accounts.actions import attempts
from paike.accounts.rules.limits import Limit
from paike.config import urls as project
from paike.kernel import clock
from paike.web.shared import errors, gate
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


@gate.open_to(gate.anyone)
def often(request: HttpRequest) -> HttpResponse:
    """A view that knows nothing of what happens at its limit."""
    allowed = (Limit(1, timedelta(minutes=12)),)
    attempts.count(kind="often", subject="somebody", allowed=allowed, now=clock.now())
    return HttpResponse("done")


urlpatterns = [*project.urlpatterns, path("often/", often)]


@override_settings(ROOT_URLCONF="tests.web.shared.test_errors")
@pytest.mark.parametrize(
    ("language", "words", "again"),
    [
        ("zh", "请在 12 分钟后再试", "再试一次"),
        ("en", "Please try again in 12 minutes", "Try again"),
    ],
)
def test_a_limit_that_no_view_caught_says_when_to_come_back(
    language: str, words: str, again: str
) -> None:
    browser = Client(headers={"Accept-Language": language})
    assert browser.get("/often/").status_code == 200
    answer = browser.get("/often/")
    assert answer.status_code == 429
    assert 700 < int(answer["Retry-After"]) <= 720
    assert answer["Cache-Control"] == "no-store"
    page = answer.content.decode()
    assert words in page
    assert 'href="/often/"' in page
    assert again in page
    assert again not in browser.post("/often/").content.decode().replace(words, "")
