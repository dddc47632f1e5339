"""D7: ballots at the beat of a clock."""

from paike.voting.rules.detection.regularity.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
