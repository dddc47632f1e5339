"""What the people see who run it: the doctor's output and the development page."""

import io
import re

import pytest
from playwright.sync_api import expect
from rich.console import Console
from rich.text import Text

from tests.e2e import screens
from tests.e2e.conftest import Begin, Road

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("road")]


def test_the_development_page_shows_letters_and_the_clock(
    road: Road, begin: Begin, size: str
) -> None:
    visit = begin(size)
    page = visit.go("/dev/")
    expect(page.locator("ol li").first).to_be_visible()
    expect(page.locator("form[action$='/clock/']").first).to_be_visible()
    visit.shot("development")


def test_the_organisers_numbers(road: Road, begin: Begin, size: str) -> None:
    """Last, when every step has its number."""
    road.reach("shortlist")
    visit = begin(size)
    visit.sign_in(*road.staff["organiser"], next_path=f"/organise/{road.slug}/")
    expect(visit.page.locator("[data-funnel] svg, [data-funnel] canvas").first).to_be_visible()
    visit.shot("funnel")


def test_the_doctor_finds_the_demo_in_order(road: Road, begin: Begin) -> None:
    found = road.installation.command("doctor")
    assert found.returncode == 0, found.stdout + found.stderr
    if not screens.WANTED:
        return
    console = Console(record=True, width=110, file=io.StringIO())
    console.print(Text.from_ansi(found.stdout))
    visit = begin("desktop")
    drawn = console.export_svg(title="paike doctor")
    drawn = re.sub(r"(?s)@font-face \{.*?\}", "", drawn)  # it would load a font from elsewhere
    visit.page.set_content(f"<body style='margin:0'>{drawn}</body>")
    screens.keep(visit.page.locator("svg").first.screenshot(), "doctor")
