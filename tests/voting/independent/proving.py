"""Proofs of made logs, and Ed25519 by the library that the server uses."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from paike.voting.rules.ballot_log import merkle, proofs
from paike.voting.rules.ballot_log.checkpoints import Checkpoint
from tests.factories import ballot_log


def proof_of(log: ballot_log.MadeLog, index: int) -> str:
    """The tlog-proof of an entry in the whole log."""
    hashes = [merkle.leaf_hash(entry) for entry in log.entries]

    def node(level: int, at: int) -> bytes:
        return merkle.Tree(hashes[at << level : (at + 1) << level]).root

    size = len(hashes)
    head = Checkpoint(ballot_log.ORIGIN, size, merkle.root_of(size, node))
    path = merkle.inclusion(index, size, node)
    return proofs.tlog_proof(index, path, ballot_log.checkpoint(head))


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
