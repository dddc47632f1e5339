"""D3: accounts that vote together, day after day."""

from paike.voting.rules.detection.lockstep.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
