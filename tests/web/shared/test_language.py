import pytest
from django.test import Client

from paike.kernel import clock
from paike.web.shared import language
from tests.factories import accounts, campaigns


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "zh-hans"),
        ("en-GB,en;q=0.9", "en"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "zh-hans"),
        ("fr-FR,fr;q=0.9", "zh-hans"),
        ("fr,en;q=0.5", "en"),
    ],
)
def test_chinese_first(header: str, code: str) -> None:
    assert language.of_browser(header) == code


@pytest.mark.django_db
def test_the_choice_is_kept_and_leads_back() -> None:
    campaigns.campaign(now=clock.now())
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/language/", {"language": "en", "next": "/?a=1"})
    assert answer.status_code == 302
    assert answer["Location"] == "/?a=1"
    assert 'lang="en"' in browser.get("/").content.decode()


@pytest.mark.django_db
def test_nobody_is_led_away() -> None:
    answer = Client().post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_unknown_languages_are_left_alone() -> None:
    assert not Client().post("/language/", {"language": "tlh"}).cookies


@pytest.mark.django_db
def test_a_signed_in_person_reads_their_own_language() -> None:
    campaigns.campaign(now=clock.now())
    browser = accounts.client(accounts.account(language="en"))
    assert 'lang="en"' in browser.get("/").content.decode()
