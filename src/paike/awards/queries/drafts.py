"""The result as it would be if it were published now."""

from dataclasses import dataclass
from datetime import datetime

from paike.awards.queries import inputs
from paike.awards.rules import blending, computation, cut_lines, ladder
from paike.awards.rules.computation import Inputs, Outcome
from paike.awards.rules.race import Rules
from paike.campaigns.models import Campaign
from paike.campaigns.queries import campaigns
from paike.campaigns.rules import stages
from paike.jury.queries import panels
from paike.kernel.text import Text
from paike.voting.queries import ballot_logs, candidates, forensics, standings


@dataclass(frozen=True)
class Draft:
    """A computed result that nothing depends on yet. `undecided`: quarantines that wait for two
    people after the close; `obstacles`: what still forbids publishing."""

    inputs: Inputs
    rules: Rules
    outcome: Outcome
    lines: list[cut_lines.CutLine]
    realised: tuple[float, float]
    undecided: int
    obstacles: list[Text]

    @property
    def is_ready(self) -> bool:
        return not self.obstacles

    @property
    def is_settled(self) -> bool:
        """Whether votes and marks are all in. Before, a tie is no tie yet, and nobody reads
        figures that others may not (see docs/decisions/figures-before-the-close.md)."""
        return not {VOTE_RUNS, VOTE_SETTLES, PANEL_OPEN} & set(self.obstacles)


def of_campaign(campaign: Campaign, *, now: datetime) -> Draft:
    """The draft at `now`; empty before the shortlist is sealed."""
    rulebook = campaigns.rulebook_of(campaign)
    rules = inputs.rules_of(campaign.pk, rulebook=rulebook)
    given = inputs.of_campaign(campaign.pk, rulebook=rulebook)
    outcome = computation.compute(given, rules=rules)
    undecided = standings.undecided(campaign.pk) if now >= rulebook.ballot.closes else 0
    by_votes, by_jury = blending.realised_weight(outcome.scores, rules=rules)
    return Draft(
        inputs=given,
        rules=rules,
        outcome=outcome,
        lines=cut_lines.examine(given.works, rules=rules, committee=given.committee),
        realised=(float(by_votes), float(by_jury)),
        undecided=undecided,
        obstacles=obstacles(
            campaign, given=given, rules=rules, outcome=outcome, undecided=undecided, now=now
        ),
    )


def obstacles(
    campaign: Campaign,
    *,
    given: Inputs,
    rules: Rules,
    outcome: Outcome,
    undecided: int,
    now: datetime,
) -> list[Text]:
    """Everything that still forbids publication, in the order it should be seen to."""
    rulebook = campaigns.rulebook_of(campaign)
    panel = panels.of_campaign(campaign.pk)
    closed = panel is not None and panel.closed_at is not None
    short = [work.id for work in given.works if len(work.sheets) < rules.quorum]
    tied = ladder.tied_across(outcome.places, rungs=rules.ladder)
    voting = now < rulebook.ballot.closes
    counting = not voting and ballot_logs.awaits_count(campaign.pk)
    over = not voting and not counting and (closed or not rules.uses_jury)
    checks = [
        (not stages.allows(rulebook, "award", now), NOT_THE_STAGE),
        (not candidates.of_campaign(campaign.pk).exists(), NO_SHORTLIST),
        (voting, VOTE_RUNS),
        (counting, VOTE_SETTLES),
        (not voting and forensics.awaits_last_look(campaign.pk), LOOK_AWAITED),
        (undecided > 0, UNDECIDED.fill(n=undecided)),
        (rules.uses_jury and not closed, PANEL_OPEN),
        (rules.uses_jury and bool(short), QUORUM.fill(n=len(short), quorum=rules.quorum)),
        (over and bool(tied), TIED.fill(n=len(tied))),  # no tie, and no secret, before
    ]
    return [text for stands, text in checks if stands]


NOT_THE_STAGE = Text(
    "现在不在颁奖阶段（见规则页的日程）。",
    "The call is not in a stage that awards (see the rules).",
)
NO_SHORTLIST = Text("入围名单还没有确认。", "The shortlist is not sealed yet.")
VOTE_RUNS = Text("投票还没有结束。", "The vote has not ended.")
VOTE_SETTLES = Text(
    "投票刚结束，选票正在清点，请一分钟后再试。",
    "The vote has just ended and the ballots are being counted. Try again in a minute.",
)
LOOK_AWAITED = Text(
    "投票截止后的最后一次选票核查还没有完成，请几分钟后再试。",
    "The last ballot check after the close is not finished. Try again in a few minutes.",
)
UNDECIDED = Text(
    "{n} 批待核实的选票还没有决定，请两个人在“选票核查”里恢复或作废。",
    "{n} batches of ballots are set aside and undecided. Two people release them or declare them "
    "void in the ballot check.",
)
PANEL_OPEN = Text("评审团还没有关闭。", "The panel is not closed.")
QUORUM = Text(
    "{n} 部作品的有效评分不足 {quorum} 份。", "{n} works have fewer than {quorum} completed sheets."
)
TIED = Text(
    "{n} 条奖级分界线上有并列未分，请先记录评委会表决。",
    "An unbroken tie lies across {n} cut lines. Record the committee's ballot first.",
)
