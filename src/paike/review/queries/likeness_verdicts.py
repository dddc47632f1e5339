"""What a report says of the likeness to other works: made when it is read, as films that came before
may be signed later, works leave, and people decide."""

from paike.entries.models import Version
from paike.media.models import Likeness
from paike.media.queries import signatures
from paike.media.rules.checks.likeness import judging
from paike.media.rules.measured import Resembling, Stretch
from paike.media.rules.report import Verdict
from paike.review.models import LikenessOutcome
from paike.review.queries import likeness_cases
from paike.review.rules import likeness as likeness_rules


def of(version: Version) -> Verdict | None:
    """The verdict; None where the film was not compared yet or the call does not want it. It says how
    much is the same and where, never of whom."""
    if not version.inspection.limits.get("checks", {}).get("likeness", {}).get("on", True):
        return None
    if not signatures.is_compared(version.film_id):
        return None
    found = []
    for likeness in signatures.likenesses_of(version.film_id):
        for earlier, later in likeness_cases.pairs(likeness.film_id, likeness.other_id):
            if later.entry_id == version.entry_id:
                found.append(_resembling(version, earlier, likeness))
    return judging.compare(tuple(found))


def _resembling(version: Version, other: Version, likeness: Likeness) -> Resembling:
    ours = likeness.film_id == version.film_id
    evidence = likeness_cases.evidence_of(likeness)
    parts = evidence.parts[version.film_id]
    seconds = sum(end - start for start, end in parts) or 1.0
    matching = [
        (end - start) * float(one["share"])
        for one, (start, end) in zip(likeness.stretches, parts, strict=True)
    ]
    judged = [
        likeness_cases.evidence_of(one.likeness)
        for one in likeness_cases.of_works(likeness_cases.works_of(version, other))
        if one.outcome == LikenessOutcome.ALLOWED and one.likeness is not None
    ]
    return Resembling(
        kind=likeness.kind,
        stretches=tuple(Stretch(start, end) for start, end in parts),
        share=(likeness.share if ours else likeness.other_share) / 100,
        matching=sum(matching) / seconds,
        judged=bool(judged) and not likeness_rules.brings_news(evidence, judged),
    )
