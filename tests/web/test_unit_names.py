"""Units are called by their English names wherever the language is English."""

import pytest
from django.test import Client
from django.urls import reverse

from paike.orgs.models import InviteLink, Organisation
from tests.web import world
from tests.web.access_table import TABLE

pytestmark = pytest.mark.django_db

MARK = "暗号"
# A draft's composed title is what will stand on the film: never translated.
TITLES = {"my-entries", "entry-comparison"}


@pytest.fixture
def here(db: None) -> world.World:
    """The world, its units renamed so that a Chinese name can't be missed."""
    built = world.build()
    for number, unit in enumerate(Organisation.objects.all()):
        unit.name, unit.short_name = f"{MARK}单位{number}", f"{MARK}{number}"
        unit.name_en = f"Unit no. {number}"
        unit.save()
    return built


def pages(here: world.World, language: str) -> dict[str, str]:
    """Every page of the house that somebody may open, by the name of its address."""
    found = {}
    link = InviteLink.objects.get()
    addresses = {
        name: (reverse(name.partition(":")[0], kwargs=row.address(here)), role)
        for name, row in TABLE.items()
        if row.method == "get"
        for role in [next((one for one in world.ROLES if row.answers[one] == "ok"), None)]
        if role is not None
    }
    addresses["join"] = (reverse("join", args=[link.code]), "anonymous")
    for name, (address, role) in addresses.items():
        browser: Client = here.browser(role)
        browser.cookies["paike_language"] = language
        answer = browser.get(address)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            found[name] = answer.content.decode()
    return found


def test_in_english_no_unit_is_called_by_its_chinese_name(here: world.World) -> None:
    wrong = {name for name, page in pages(here, "en").items() if MARK in page}
    assert not wrong - TITLES


def test_the_test_has_something_to_find(here: world.World) -> None:
    chinese = {name for name, page in pages(here, "zh-hans").items() if MARK in page}
    assert {"desk", "unit-queue", "review-desk", "units", "unit", "join", "organise"} <= chinese
    english = {name for name, page in pages(here, "en").items() if "Unit no." in page}
    assert chinese - TITLES == english - TITLES


def test_a_unit_without_an_english_name_keeps_its_own(here: world.World) -> None:
    Organisation.objects.filter(pk=here.unit.pk).update(name_en="")
    assert MARK in pages(here, "en")["unit-queue"]
