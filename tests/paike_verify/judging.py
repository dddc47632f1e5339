"""A made-up log, judged as anybody judges it from its files."""

from pathlib import Path

from paike_verify import files, log, notes
from paike_verify.findings import Report
from tests.factories.ballot_log import VKEY, MadeLog


def judged(made: MadeLog, tmp_path: Path) -> Report:
    report = Report()
    source = files.Folder(made.write(tmp_path / "logs" / "spring"))
    log.check(source, report, key=notes.parse_key(VKEY))
    return report


def found(made: MadeLog, tmp_path: Path) -> list[tuple[str, int | None]]:
    return [(each.code, each.index) for each in judged(made, tmp_path).findings]
