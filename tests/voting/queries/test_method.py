"""Which program looked for stuffed ballots, stated with the rules and with every quarantine."""

import json
import re

import pytest

from paike.voting.models import Statement
from paike.voting.queries import method
from tests.factories import ballots, race

NOW = race.NOW


@pytest.mark.django_db
def test_the_log_names_the_program_with_the_rules_and_with_what_it_found() -> None:
    call = race.campaign()
    works = race.shortlist(call, works=7)
    ballots.open_vote(call, now=NOW)
    made = [ballots.taken(call, works[:5], now=NOW) for _ in range(12)]
    ballots.sequence(call)
    ballots.set_aside(call, 1, made, now=NOW)
    said = [json.loads(bytes(body)) for body in Statement.objects.values_list("body", flat=True)]
    named = {one["k"]: one["method"] for one in said if "method" in one}
    assert named == dict.fromkeys(("rules", "quarantine"), method.digest())
    assert re.fullmatch("[0-9a-f]{16}", method.digest())
