"""D5: one link that brings one work's ballots."""

from paike.voting.rules.detection.referral_star.detector import FAMILY, KEY, NAME, find

__all__ = ["FAMILY", "KEY", "NAME", "find"]
