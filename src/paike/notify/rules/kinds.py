"""Every kind of message Paike writes to people. A test compares this with what the code sends."""

KINDS = frozenset(
    {
        # to entrants
        "entry.submitted",
        "entry.withdrawn",
        "entry.disqualified",
        "entry.merged",
        "version.cleared",
        "version.refused",
        "film.converted",
        "review.accepted",
        "review.returned",
        "review.declined",
        "review.reversed",
        "list.recommended",
        "list.reserve",
        "list.not-recommended",
        "list.moved-up",
        "likeness.asked",
        "likeness.decided",
        "shortlist.chosen",
        "shortlist.not-chosen",
        "award.announced",
        "award.none",
        "ballots.quarantined",
        "ballots.ruled",
        # to staff
        "review.waiting",
        "list.changed",
        "totp.reset",
        "password.reset",
    }
)

# By SMS too, to people without a mail address: something is lost if they read it a day late, or it
# is what they have been waiting for. Every SMS costs money and interrupts.
URGENT = frozenset(
    {
        "version.refused",
        "review.returned",
        "likeness.asked",
        "shortlist.chosen",
        "award.announced",
        "entry.disqualified",
        "entry.merged",
        "password.reset",
    }
)
