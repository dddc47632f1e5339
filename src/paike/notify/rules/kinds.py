"""Kinds of messages that reach a person by SMS when they have no mail address: something is lost
if they read it a day late."""

URGENT = frozenset({"review.returned", "version.refused", "entry.disqualified", "award.announced"})
