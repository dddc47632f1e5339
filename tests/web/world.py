"""A small world in which every address of Paike means something: a call that collects works, a
branch of units, one work waiting at its grass-roots unit, and somebody in each role."""

from dataclasses import dataclass, field

from django.test import Client

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.jury.models import Seat
from paike.kernel import clock
from paike.orgs.models import Organisation
from paike.review.actions import recommendation_lists
from paike.review.models import RecommendationList, Referral
from tests.factories import accounts, entries, orgs, race, review

ROLES = (
    "anonymous",
    "entrant",  # owns the work
    "stranger",  # another entrant
    "weak",  # an organiser who signed in by code only
    "clerk",  # of the grass-roots unit the work waits at
    "clerk_elsewhere",
    "body_clerk",  # of the recommending body above
    "editor",
    "juror",
    "organiser",
)
WITHOUT_TOTP = ("anonymous", "entrant", "stranger", "weak")


@dataclass
class World:
    call: Campaign
    unit: Organisation
    body: Organisation
    entry: Entry  # submitted, cleared, waiting at `unit`
    draft: Entry  # the same entrant's
    referral: Referral
    body_list: RecommendationList
    seat: Seat
    people: dict[str, Account] = field(default_factory=dict)

    def browser(self, role: str) -> Client:
        """A browser in which this role is signed in as it should be."""
        person = self.people.get(role)
        return accounts.client(person, strong=person is not None and role not in WITHOUT_TOTP)


def build() -> World:
    """The world, at the present moment."""
    now = clock.now()
    call = review.small_call(now=now)
    unit, _district, _city, body = orgs.branch()
    entrant, juror = accounts.account(now=now), accounts.staff_account(now=now)
    referral = review.waiting(campaign=call, unit=unit, owner=entrant, now=now)
    seat = race.seat(race.panel(call, now=now), account=juror, now=now)
    organiser = orgs.organiser()
    return World(
        call=call,
        unit=unit,
        body=body,
        entry=referral.entry,
        draft=entries.draft(campaign=call, owner=entrant, unit=unit, now=now),
        referral=referral,
        body_list=recommendation_lists.ensure(campaign=call, body=body, now=now),
        seat=seat,
        people={
            "entrant": entrant,
            "stranger": accounts.account(now=now),
            "weak": organiser,
            "clerk": orgs.clerk(unit),
            "clerk_elsewhere": orgs.clerk(orgs.unit(parent=orgs.body("BJ"))),
            "body_clerk": orgs.clerk(body),
            "editor": orgs.editor(),
            "juror": juror,
            "organiser": organiser,
        },
    )
