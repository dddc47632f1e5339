"""The specification of uploads names every refusal that the code can give."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.rules
ROOT = Path(__file__).parent.parent.parent
SOURCES = ("src/paike/web/tus", "src/paike/uploads/rules")
SAID = re.compile(r'(?:refusal\(\s*(?:\d+|answers\.\w+),|Refusal\(|\(\d{3},)\s*"([a-z-]+)"')


def test_every_code_is_in_the_specification() -> None:
    code = "".join(path.read_text() for folder in SOURCES for path in (ROOT / folder).glob("*.py"))
    said = set(SAID.findall(code))
    assert len(said) > 15
    text = (ROOT / "docs/spec/upload.md").read_text()
    written = set(re.findall(r"`([a-z-]+)`", text))
    assert said <= written, said - written
