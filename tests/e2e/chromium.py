"""Debian's Chromium, driven by Playwright without a browser of Playwright's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

PROGRAM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--mute-audio",
]


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser; the test fails with what to install when there is none."""
    if not PROGRAM.exists():
        pytest.fail(f"{PROGRAM} is missing. As root: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield browser
        browser.close()
