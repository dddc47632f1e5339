"""The tree: planting, roads, branches."""

import pytest

from paike.orgs.actions import organisations
from paike.orgs.models import Level, Organisation
from paike.orgs.queries import organisations as queries
from tests.factories import campaigns as calls
from tests.factories import orgs as make

pytestmark = pytest.mark.django_db


def test_planting_makes_the_root_the_undertaker_and_35_bodies_once() -> None:
    root = make.tree()
    assert make.tree() == root
    assert Organisation.objects.count() == 37
    assert [body.code for body in queries.bodies(calls.rules())] == [
        b.code for b in calls.rules().bodies
    ]
    undertaker = queries.undertaker()
    assert undertaker is not None
    assert undertaker.parent == root


def test_the_road_leads_from_the_unit_to_its_body() -> None:
    grassroots, district, city, body = make.branch()
    assert queries.road_of(grassroots) == [grassroots, district, city, body]
    assert queries.body_of(grassroots) == body
    assert queries.road_of(body) == [body]


def test_a_unit_under_no_body_has_a_road_of_itself() -> None:
    root = make.tree()
    assert queries.road_of(root) == [root]
    assert queries.body_of(root) is None


def test_a_branch_is_the_unit_and_all_below() -> None:
    grassroots, district, city, body = make.branch()
    other = make.unit(parent=city)
    assert queries.branch_ids(city) == {city.pk, district.pk, grassroots.pk, other.pk}
    assert queries.branch_ids(grassroots) == {grassroots.pk}
    assert queries.branch_ids(body) >= queries.branch_ids(city)


def test_codes_names_and_levels_are_checked() -> None:
    body = make.body()
    make.unit(parent=body, code="GD-1", name="一厂工会")
    with pytest.raises(organisations.CodeTaken):
        make.unit(parent=body, code="GD-1", name="二厂工会")
    with pytest.raises(organisations.NameTaken):
        make.unit(parent=body, code="GD-2", name="一厂工会")
    with pytest.raises(organisations.WrongLevel) as refused:
        make.unit(parent=body, level=Level.NATIONAL)
    assert "推荐单位" in refused.value.text.zh
