"""A small world in which every address of Paike means something: a call that collects works, a
branch of units, one work waiting at its grass-roots unit, and somebody in each role."""

from dataclasses import dataclass, field

from django.test import Client

from paike.accounts.models import Account
from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.exhibition.actions import publications
from paike.jury.actions import seats
from paike.jury.models import Seat
from paike.kernel import clock
from paike.media.models import Conversion
from paike.orgs.actions import invite_links, staff_invitations
from paike.orgs.models import Membership, Organisation, StaffInvitation
from paike.orgs.queries import memberships
from paike.review.actions import decisions, recommendation_lists
from paike.review.models import Decision, LikenessCase, RecommendationList, Referral
from paike.voting.actions import rulings
from paike.voting.models import Act, Quarantine, Ruling
from tests.factories import accounts, entries, likeness, media, orgs, race, review, stuffed

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
    conversion: Conversion  # of a film of that draft
    referral: Referral
    body_list: RecommendationList
    seat: Seat
    contender: Entry  # on the sealed shortlist
    shown: Entry  # on the sealed shortlist, and published
    invitation: StaffInvitation  # to serve `unit`
    membership: Membership  # of the clerk of `unit`
    decision: Decision  # by that clerk, on another work
    quarantine: Quarantine  # of ballots for the contender
    ruling: Ruling  # proposed, waits for the second person
    likeness: LikenessCase  # of `entry` and the contender
    tokens: dict[str, str]  # of links that are live: "join", "staff", "jury"
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
    clerk, body_clerk = orgs.clerk(unit), orgs.clerk(body)
    referral = review.waiting(campaign=call, unit=unit, owner=entrant, now=now)
    panel = race.panel(call, now=now)
    seat = race.seat(panel, account=juror, now=now)
    organiser, editor = orgs.organiser(), orgs.editor()
    contender, shown = race.shortlist(call, works=2, now=now)
    publications.publish(entry=shown, by=editor, now=now)
    link = invite_links.issue(organisation=unit, campaign_id=call.pk, by=organiser, now=now)
    _free, jury_token = seats.invite(panel_id=panel.pk, name="林老师", by=organiser, now=now)
    invitation, staff_token = staff_invitations.issue(
        organisation=unit, role="clerk", by=organiser, now=now
    )
    decided = review.waiting(campaign=call, unit=unit, now=now)
    decision = decisions.decide(referral_id=decided.pk, outcome="accept", by=clerk, now=now)
    quarantine = stuffed.set_aside(call, contender, now=now)
    ruling = rulings.propose(
        quarantine_id=quarantine.pk, act=Act.RELEASE, sanctioned=False, reason="海报", by=organiser,
        now=now,
    )  # fmt: skip
    (membership,) = memberships.live(account=clerk)
    draft = entries.draft(campaign=call, owner=entrant, unit=unit, now=now)
    film = media.sealed_object(owner=entrant, subject_id=draft.pk, now=now)
    return World(
        call=call,
        unit=unit,
        body=body,
        entry=referral.entry,
        draft=draft,
        conversion=media.conversion(film=film, by=entrant),
        referral=referral,
        body_list=recommendation_lists.ensure(campaign=call, body=body, now=now),
        seat=seat,
        contender=contender,
        shown=shown,
        invitation=invitation,
        membership=membership,
        decision=decision,
        quarantine=quarantine,
        ruling=ruling,
        likeness=likeness.case(referral.entry, contender),
        tokens={"join": link.code, "staff": staff_token, "jury": jury_token},
        people={
            "entrant": entrant,
            "stranger": accounts.account(now=now),
            "weak": organiser,
            "clerk": clerk,
            "clerk_elsewhere": orgs.clerk(orgs.unit(parent=orgs.body("BJ"))),
            "body_clerk": body_clerk,
            "editor": editor,
            "juror": juror,
            "organiser": organiser,
        },
    )
