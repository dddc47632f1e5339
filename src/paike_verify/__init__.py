"""Checks a ballot log of Paike, alone: nothing but Python's standard library, nothing of Paike.

It was written from docs/spec/ballot-log.md and shares no line with the server. Read it in this
order: merkle, ed25519, notes (what is proven and signed); files, walk (every hash of a log);
forms, periods, order, counts, recount (what the entries say); receipts, consistency, witnessed,
witness; cli.
"""

__version__ = "1"
