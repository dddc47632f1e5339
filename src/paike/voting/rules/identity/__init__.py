"""Who one voter is: what a provider vouches for, and the proofs that need nothing but arithmetic."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Voucher:
    """`provider` vouches that the person who votes is `subject`: the same person is always the same
    subject. Neither is stored: a ballot knows its voter by a keyed reference made of both."""

    provider: str
    subject: str
