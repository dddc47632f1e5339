"""What the entries say, one after the other: who may vote when for what, and the count."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from paike_verify import forms, periods
from paike_verify.counts import Counts, Votes
from paike_verify.files import WIDTH, Files
from paike_verify.findings import Problem, Report, Wrong
from paike_verify.forms import BALLOT, BadForm, Rule
from paike_verify.jury import Jury
from paike_verify.order import Order
from paike_verify.standing import STATES, Standing
from paike_verify.tags import Tags


class Recount:
    """Reads entries in order. Everything that does not fit goes into the report."""

    def __init__(self, files: Files, report: Report, tags: Tags) -> None:
        self._files, self._report, self._tags = files, report, tags
        self._rule: Rule | None = None
        self._works: set[int] = set()
        self._standing = Standing()
        self._votes: Counter[int] = Counter()
        self._zeroed: set[int] = set()
        self._opened = False
        self._order, self._counts = Order(), Counts()
        self.ballots = self.statements = 0
        self.close: int | None = None  # its index
        self.result: str | None = None  # the digest of the published computation
        self.votes: Votes | None = None  # that it is computed from
        self.jury = Jury()
        self._choice = lru_cache(maxsize=200_000)(self._judge_choice)
        self._period = lru_cache(maxsize=None)(self._judge_period)

    def read(self, index: int, entry: bytes) -> None:
        """The next entry."""
        found = BALLOT.fullmatch(entry)
        if found is not None:
            _, period, tag, works = found.groups()
            self._ballot(index, period, tag, works)
            return
        try:
            value = forms.statement(entry)
            self._statement(index, value)
        except BadForm as fault:
            self._report.fault(
                "form",
                f"条目 {index} 不合格式（{fault}）。",
                f"Entry {index} is malformed ({fault}).",
                index=index,
            )
        except Wrong as fault:
            self._report.fault(
                fault.code,
                f"条目 {index}：{fault.zh}",
                f"Entry {index}: {fault.en}",
                index=index,
            )

    def finish(self) -> None:
        """What only the end shows: who voted too often, and what nothing in the log can tell."""
        if self._rule is None:
            self._say("rules", 0, "没有规则条目", "there is no `rules` entry")
            return
        self._note_undated()
        for index, first, why in self._tags.used_too_often(self._rule):
            if why == "tag":
                self._say(
                    "tag", index,
                    f"同一人在同一时段的选票超过规定（前一张是条目 {first}）",
                    f"the same voter has more ballots of this period than allowed (entry {first} is "
                    "an earlier one)",
                )  # fmt: skip
            else:
                self._say(
                    "per-work", index,
                    "同一人在同一时段投给同一作品的票超过规定",
                    "the same voter gave a work more votes in this period than allowed",
                )  # fmt: skip

    def note_uncounted(self) -> None:
        """At the end of a log that may go on: a count still to come is no fault."""
        names = self._counts.outdated(self.count())
        if names:
            self._report.note(
                f"日志末尾的裁定还没有计入任何一次计票（{names}）；重新计票的条目应当随后出现。",
                f"What was decided at the end of the log is in no count yet ({names}); one should "
                "follow.",
            )

    def _note_undated(self) -> None:
        order = self._order
        if order.undated:
            hours = f"{order.longest / 3600:.1f}"
            self._report.note(
                f"有 {order.undated} 张选票的前后两条陈述相隔一小时以上（最长 {hours} 小时）："
                "它们何时写入，日志本身说不准。",
                f"{order.undated} ballots stand between statements more than an hour apart (at most "
                f"{hours} hours): the log does not say more exactly when they were written.",
            )

    def count(self) -> dict[str, Any]:
        """The count of everything read, without its time."""
        lost = self._standing.votes("quarantined") + self._standing.votes("void")
        counted = {
            str(work): 0 if work in self._zeroed else self._votes[work] - lost[work]
            for work in self._works
        }
        by_state = {state: self._standing.ballots(state) for state in STATES}
        return {
            "number": self._counts.latest["number"] if self._counts.latest else 0,
            "accepted": self.ballots,
            "valid": self.ballots - by_state["quarantined"] - by_state["void"],
            **by_state,
            "counted": counted,
            "per_work": {
                state: {str(work): votes for work, votes in self._standing.votes(state).items()}
                for state in STATES
            },
            "per_rule": self._standing.per_rule(),
            "zeroed": sorted(self._zeroed),
        }

    def _ballot(self, index: int, period: bytes, tag: bytes, works: bytes) -> None:
        self.ballots += 1
        if not self._opened or self.close is not None:
            self._outside(index)
        problem, named = self._choice(works)
        if problem:
            self._say("choice", index, *problem)
        for work in named:
            self._votes[work] += 1
        begin, end = self._period(period)
        if end is None:
            self._say("period", index, "时段不属于这次投票", "its period is none of this vote's")
        elif not self._order.ballot(begin, end):
            self._say(
                "back-dated", index,
                "时段早已结束，选票被补入或倒填",
                "its period had ended long before: it was put in later or back-dated",
            )  # fmt: skip
        self._tags.note(tag, period, index, works)

    def _outside(self, index: int) -> None:
        if self.close is not None:
            self._say("after-close", index, "在截止之后", "it stands behind the close")
        else:
            self._say("before-open", index, "在开始之前", "it stands before the opening")

    def _judge_choice(self, text: bytes) -> tuple[tuple[str, str] | None, tuple[int, ...]]:
        works = tuple(map(int, text.split(b",")))
        rule = self._rule
        if rule is None:
            return None, works
        if list(works) != sorted(works):
            return ("作品号没有从小到大", "its works do not ascend"), works
        if not rule.least <= len(works) <= rule.most:
            return (f"选了 {len(works)} 部", f"it names {len(works)} works"), works
        if not self._works.issuperset(works):
            return ("有不在投票名单里的作品", "it names a work that is not in the vote"), works
        if max(Counter(works).values()) > rule.per_work:
            return ("同一作品的票数超过规定", "it names a work too often"), works
        return None, works

    def _judge_period(self, name: bytes) -> tuple[float, float | None]:
        try:
            return periods.span(name.decode(), self._rule) if self._rule else (0.0, None)
        except periods.NoPeriod:
            return 0.0, None

    def _statement(self, index: int, value: dict[str, Any]) -> None:
        self.statements += 1
        self._say_all(index, self._order.statement(forms.moment(value["at"])))
        act = _ACTS.get(value["k"])
        if act is not None:
            act(self, index, value)

    def _rules(self, index: int, value: Mapping[str, Any]) -> None:
        if (index == 0) != (self._rule is None):
            self._say(
                "rules", index, "规则条目不在开头", "a `rules` entry stands elsewhere than first"
            )
        self._rule, self._works = forms.rule_of(value), set(value["works"])
        self._forget()

    def _candidates(self, _index: int, value: Mapping[str, Any]) -> None:
        self._works = (self._works | set(value["add"])) - set(value["remove"])
        self._forget()

    def _open(self, index: int, value: Mapping[str, Any]) -> None:
        early = self._rule is not None and forms.moment(value["at"]) < self._rule.opens.timestamp()
        if self._opened or early:
            self._say(
                "open", index, "重复开始或早于规则", "it opens twice, or before the rules say"
            )
        self._opened = True

    def _close(self, index: int, value: Mapping[str, Any]) -> None:
        early = self._rule is not None and forms.moment(value["at"]) < self._rule.closes.timestamp()
        if self.close is not None or not self._opened or early:
            self._say(
                "close", index, "重复截止或早于规则", "it closes twice, or before the rules say"
            )
        self.close = index if self.close is None else self.close

    def _quarantine(self, index: int, value: Mapping[str, Any]) -> None:
        self._standing.set_aside(value, index, self._works_at)

    def _ruling(self, _index: int, value: Mapping[str, Any]) -> None:
        self._standing.rule(value)

    def _sanction(self, _index: int, value: Mapping[str, Any]) -> None:
        if value["act"] == "zero-votes":
            self._zeroed.add(value["work"])

    def _jury_commit(self, _index: int, value: Mapping[str, Any]) -> None:
        self.jury.commit(value)

    def _jury_open(self, _index: int, value: Mapping[str, Any]) -> None:
        self.jury.open(value)

    def _result(self, index: int, value: Mapping[str, Any]) -> None:
        ours = self.count()
        self.result, self.votes = value["digest"], self._counts.votes(ours)
        if self.votes is None:
            self._say(
                "count-missing", index, "公布结果之前没有计票", "no count stands before the result"
            )
        self._say_all(index, self._counts.settled(ours))
        self.jury.all_open()

    def _destroyed(self, index: int, _value: Mapping[str, Any]) -> None:
        self._say_all(index, self._counts.settled(self.count()))

    def _count(self, index: int, value: Mapping[str, Any]) -> None:
        if self.close is None:
            self._say("count", index, "计票早于截止", "it counts before the close")
        self._say_all(index, self._counts.state(value, self.count()))

    def _works_at(self, index: int) -> tuple[int, ...] | None:
        """The works of an earlier ballot."""
        bundle, place = divmod(index, WIDTH)
        entries = self._files.bundle(bundle, self._files.width(0, bundle))
        there = entries is not None and place < len(entries.entries)
        found = BALLOT.fullmatch(entries.entries[place]) if entries and there else None
        return tuple(map(int, found[4].split(b","))) if found else None

    def _forget(self) -> None:
        self._choice.cache_clear()
        self._period.cache_clear()

    def _say(self, code: str, index: int, zh: str, en: str) -> None:
        self._report.fault(code, f"条目 {index}：{zh}。", f"Entry {index}: {en}.", index=index)

    def _say_all(self, index: int, found: Sequence[Problem]) -> None:
        for code, zh, en in found:
            self._say(code, index, zh, en)


_ACTS: dict[str, Callable[[Recount, int, dict[str, Any]], None]] = {
    "rules": Recount._rules,
    "candidates": Recount._candidates,
    "open": Recount._open,
    "close": Recount._close,
    "quarantine": Recount._quarantine,
    "release": Recount._ruling,
    "void": Recount._ruling,
    "sanction": Recount._sanction,
    "count": Recount._count,
    "jury-commit": Recount._jury_commit,
    "jury-open": Recount._jury_open,
    "result": Recount._result,
    "secret-destroyed": Recount._destroyed,
}
