"""D9: loved by the public, last for the jury."""

from paike.voting.rules.detection.vote_jury_gap.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
