"""Who serves where, and what follows from it."""

import pytest

from paike.accounts.actions import persons
from paike.audit.models import Record
from paike.orgs import access
from paike.orgs.actions import memberships
from paike.orgs.models import Membership, Role
from paike.orgs.queries import memberships as queries
from tests.factories import accounts
from tests.factories import orgs as make

pytestmark = pytest.mark.django_db


def test_appointing_twice_is_one_membership_and_one_record() -> None:
    body = make.body()
    clerk = make.clerk(body)
    again = make.serving(account=clerk, organisation=body)
    assert queries.live(account=clerk) == [again]
    assert Record.objects.filter(act="membership.appointed").count() == 1
    assert access.serves(clerk, body, Role.CLERK)
    assert queries.has_clerk(organisation=body)
    assert queries.clerks_of(organisation=body) == [clerk]


def test_who_stops_serving_is_on_record_and_may_come_back() -> None:
    body = make.body()
    clerk = make.clerk(body)
    (membership,) = queries.live(account=clerk)
    memberships.end(membership_id=membership.pk, by=None, now=make.NOW)
    memberships.end(membership_id=membership.pk, by=None, now=make.NOW)
    assert not access.serves(clerk, body, Role.CLERK)
    assert not queries.has_clerk(organisation=body)
    assert Record.objects.filter(act="membership.ended").count() == 1
    make.serving(account=clerk, organisation=body)
    assert Membership.objects.filter(account=clerk).count() == 2


def test_a_clerk_manages_his_unit_and_all_below_but_nothing_beside_or_above() -> None:
    grassroots, district, city, body = make.branch()
    beside = make.unit(parent=body)
    clerk = make.clerk(city)
    assert access.may_manage(clerk, city)
    assert access.may_manage(clerk, grassroots)
    assert access.may_appoint(clerk, district, Role.CLERK)
    assert not access.may_appoint(clerk, district, Role.EDITOR)
    assert not access.may_manage(clerk, beside)
    assert not access.may_manage(clerk, body)


def test_organisers_and_editors_serve_the_organising_units() -> None:
    organiser, editor = make.organiser(), make.editor()
    assert access.is_organiser(organiser)
    assert not access.is_organiser(editor)
    assert access.is_editor(editor)
    elsewhere = make.staff(organisation=make.body("BJ"), role=Role.ORGANISER)
    assert not access.is_organiser(elsewhere)
    assert access.may_appoint(organiser, make.body("UNDERTAKER"), Role.EDITOR)
    assert not access.may_appoint(organiser, make.body("BJ"), Role.EDITOR)


def test_who_closes_the_account_serves_nowhere_any_more() -> None:
    body = make.body()
    clerk = make.clerk(body)
    persons.close(account=clerk, now=make.NOW)
    assert queries.live(account=clerk) == []
    assert not queries.has_clerk(organisation=body)
    assert Record.objects.filter(act="membership.ended").count() == 1


def test_who_may_reset_whose_authenticator() -> None:
    unit, _district, _city, body = make.branch()
    other = make.body("BJ")
    low, same, above = make.clerk(unit), make.clerk(unit), make.clerk(body)
    organiser, elsewhere = make.organiser(), make.clerk(other)
    assert access.may_reset_totp(above, low)
    assert access.may_reset_totp(organiser, above)
    assert not access.may_reset_totp(same, low)
    assert not access.may_reset_totp(elsewhere, low)
    assert not access.may_reset_totp(low, above)
    assert not access.may_reset_totp(above, organiser)
    assert not access.may_reset_totp(organiser, organiser)
    assert not access.may_reset_totp(organiser, accounts.account())
    make.serving(account=low, organisation=other)
    assert not access.may_reset_totp(above, low)  # serves outside the branch, too
