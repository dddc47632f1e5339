"""Development pages show every code and letter: who opens them to the world is told, or stopped."""

import pytest

from paike.config import checkup, options


@pytest.mark.parametrize(
    ("wanted", "url", "opens"),
    [
        ("1", "http://127.0.0.1:8000", True),
        ("1", "https://paike.example.org", False),
        ("public", "https://paike.example.org", True),
        ("", "http://127.0.0.1:8000", False),
        ("0", "http://127.0.0.1:8000", False),
    ],
)
def test_https_needs_the_word(
    monkeypatch: pytest.MonkeyPatch, wanted: str, url: str, opens: bool
) -> None:
    monkeypatch.setenv("PAIKE_DEVELOPMENT", wanted)
    monkeypatch.setenv("PAIKE_URL", url)
    assert options.development() is opens


@pytest.mark.parametrize(
    ("wanted", "url", "state"),
    [
        ("1", "http://127.0.0.1:8000", "note"),
        ("1", "https://paike.example.org", "note"),
        ("1", "http://paike.example.org", "missing"),
        ("public", "https://paike.example.org", "missing"),
    ],
)
def test_the_doctor_tells(
    monkeypatch: pytest.MonkeyPatch, wanted: str, url: str, state: str
) -> None:
    monkeypatch.setenv("PAIKE_DEVELOPMENT", wanted)
    monkeypatch.setenv("PAIKE_URL", url)
    monkeypatch.delenv("PAIKE_CLOCK_FILE", raising=False)
    (check,) = (one for one in checkup.CHECKS if one.__name__ == "_development")
    finding = check()
    assert finding is not None
    assert finding.state == state
