"""D2: the other picks of a work's ballots against everyone's."""

from paike.voting.rules.detection.fillers.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
