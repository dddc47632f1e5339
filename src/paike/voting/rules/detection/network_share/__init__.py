"""D6: one network that stands for too much of a work."""

from paike.voting.rules.detection.network_share.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
