"""The one place where Paike reads the time.

Only the edges (web, tasks, the demo) call `now`; everything below takes `now: datetime` as an
argument. The demo plays a whole campaign in minutes: it writes an offset into a file named by
`PAIKE_CLOCK_FILE`, and every process that was started with that variable follows it. Without the
variable there is no way to move the clock.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path


def now() -> datetime:
    """The current time, aware, in UTC."""
    return datetime.now(tz=UTC) + offset()  # noqa: TID251 - the one place


def reader() -> Callable[[], datetime]:
    """`now` for a process that asks many thousand times a second: whether the clock can be moved is
    looked up once."""
    return now if os.environ.get("PAIKE_CLOCK_FILE") else _unmoved


def _unmoved() -> datetime:
    return datetime.now(tz=UTC)  # noqa: TID251 - the one place


def offset() -> timedelta:
    """How far the demo has moved the clock; zero outside a demo."""
    path = os.environ.get("PAIKE_CLOCK_FILE")
    if not path:
        return timedelta(0)
    try:
        return timedelta(seconds=float(Path(path).read_text(encoding="ascii")))
    except (FileNotFoundError, ValueError):
        return timedelta(0)


def move_to(moment: datetime) -> None:
    """Set the demo's clock so that `now()` continues from `moment`.

    Raises RuntimeError where no `PAIKE_CLOCK_FILE` is set: a real campaign's clock can't be moved.
    """
    path = os.environ.get("PAIKE_CLOCK_FILE")
    if not path:
        raise RuntimeError("The clock can only be moved in a demo (PAIKE_CLOCK_FILE).")
    shift = moment - datetime.now(tz=UTC)  # noqa: TID251 - the one place
    partial = Path(path).with_suffix(".partial")
    partial.write_text(f"{shift.total_seconds():.3f}", encoding="ascii")
    partial.replace(path)
