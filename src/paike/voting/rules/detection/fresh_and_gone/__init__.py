"""D4: seen, voted, gone, with nothing watched."""

from paike.voting.rules.detection.fresh_and_gone.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
