"""Half-open spans of time: the start belongs to the span, the end does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Period:
    """[start, end). Both are aware datetimes; the end comes after the start."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("A period's ends carry a time zone.")
        if self.end <= self.start:
            raise ValueError("A period ends after it starts.")

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def is_before(self, moment: datetime) -> bool:
        """Whether the whole period lies before `moment`."""
        return self.end <= moment

    def is_after(self, moment: datetime) -> bool:
        """Whether the whole period is still to come at `moment`."""
        return moment < self.start

    def left(self, moment: datetime) -> timedelta:
        """How long the period still lasts; zero once it is over."""
        return max(self.end - moment, timedelta(0))
