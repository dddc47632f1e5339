import json

import pytest
from hypothesis import given

from paike.awards.rules import computation
from paike.awards.rules.race import Work
from paike.kernel import canonical_json
from tests.awards.rules.races import races, rules

pytestmark = pytest.mark.rules


@given(races())
def test_the_published_json_reproduces_itself(works: list[Work]) -> None:
    inputs = computation.Inputs(
        works=tuple(works),
        recommended={"GD": tuple(work.id for work in works[:3])},
        committee=(tuple(work.id for work in works),),
        organisation_prizes=1,
    )
    value = computation.write(inputs, rules=rules(), about={"slug": "test"})
    read_back = json.loads(canonical_json.dumps(value))
    assert computation.recompute(read_back) == read_back["steps"]
    assert computation.recompute_organisations(read_back) == read_back["organisations"]
    assert canonical_json.digest(read_back) == canonical_json.digest(value)


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="paike-result/1"):
        computation.read({"format": "other"})
