"""D1: a burst on one work against its own profile."""

from paike.voting.rules.detection.burst.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
