"""`paike inspect FILE --beside EARLIER`: the likeness of two files, in the report of the first."""

import json
from pathlib import Path

import pytest

from paike.config import cli
from tests.corpus import montages


def test_a_mirrored_copy_is_told_with_its_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shots, others = montages.shots(1, 12), montages.shots(2, 12)
    earlier = montages.written(shots, tmp_path / "earlier.mp4")
    another = montages.written(others, tmp_path / "another.mp4")
    copy = montages.written([image[:, ::-1] for image in shots], tmp_path / "copy.mp4")
    rules = tmp_path / "rules.toml"
    text = Path("campaigns/party-stories-2021.toml").read_text(encoding="utf-8")
    rules.write_text(text.replace('["720x576"]', "[]"), encoding="utf-8")
    options = ["--rulebook", str(rules), "--beside", str(another)]
    said = _likeness([str(copy), *options, "--beside", str(earlier)], capsys)
    assert (said["code"], said["outcome"]) == ("likeness.whole", "warn")
    assert float(str(said["value"])) >= 10
    assert said["spans"]
    said = _likeness([str(copy), *options], capsys)
    assert (said["code"], said["outcome"]) == ("likeness.ok", "pass")


def _likeness(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    cli.main(["inspect", *arguments, "--json"])
    report = json.loads(capsys.readouterr().out)
    (found,) = [one for one in report["verdicts"] if one["rule"] == "likeness"]
    return dict(found)
