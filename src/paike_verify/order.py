"""When the entries were logged, as far as they say: a statement by its time, a ballot by its period,
which had begun and was not long over."""

from paike_verify.findings import Problem

# How long after the end of its period a ballot may still arrive: it was received in time and waited
# for the disk. docs/spec/ballot-log.md, "Order".
SLACK = 120.0
APART = 3600.0  # seconds; a running vote states the time every hour


class Order:
    """The latest moment that was stated or implied so far, in seconds since 1970."""

    def __init__(self) -> None:
        self._stated = self._begun = 0.0
        self._ballots = 0  # since the last statement
        self.undated, self.longest = 0, 0.0  # ballots between statements far apart, and how far

    def ballot(self, begin: float, end: float) -> bool:
        """The next ballot, by its period. False: the log had gone on for long when that ended."""
        late = end + SLACK < max(self._stated, self._begun)
        self._begun = max(self._begun, begin)
        self._ballots += 1
        return not late

    def statement(self, at: float) -> list[Problem]:
        """The next statement; what is wrong with its time."""
        found = []
        if at + SLACK < self._stated:
            found.append(
                ("time", "时间早于前面的条目", "its time is before that of earlier entries")
            )
        if at + SLACK < self._begun:
            found.append(
                (
                    "ahead",
                    "前面有选票的时段在此时尚未开始",
                    "ballots before it are of a period that had not begun at its time",
                )
            )
        apart = at - self._stated
        if self._ballots and apart > APART + SLACK:
            self.undated += self._ballots
            self.longest = max(self.longest, apart)
        self._stated, self._ballots = max(self._stated, at), 0
        return found
