"""D8: the operator's own figures, checked."""

from paike.voting.rules.detection.arithmetic.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
