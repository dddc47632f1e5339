"""Debian's Chromium, driven by Playwright without a browser of Playwright's own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

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


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir>
<cachedir>{cache}</cachedir></fontconfig>
"""


def _environment(folder: Path) -> dict[str, str | float | bool]:
    """With the Chinese typeface of a package, so that pictures do not depend on the machine's."""
    typeface = files("noto_cjk_sans_otc")
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(folder=typeface, cache=folder / "cache"))
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


@contextmanager
def launched() -> Iterator[Browser]:
    """A running browser; the test fails with what to install when there is none."""
    if not PROGRAM.exists():
        pytest.fail(f"{PROGRAM} is missing. As root: apt-get install chromium")
    with TemporaryDirectory(prefix="paike-fonts-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=PROGRAM, args=ARGUMENTS, env=_environment(Path(folder))
        )
        yield browser
        browser.close()
