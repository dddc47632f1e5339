import pytest
from django.db import InternalError, ProgrammingError, connection, transaction

from paike.audit.actions import records
from paike.audit.models import Audience, Record
from paike.audit.queries import records as trail
from paike.kernel import ids
from tests.factories import accounts
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


def test_write_and_read_the_trail_of_an_entry() -> None:
    entry = ids.new_id()
    entrant, clerk = accounts.account(), accounts.staff_account(display_name="李干事")
    for actor, role, audience in (
        (entrant, "entrant", Audience.CONCERNED),
        (clerk, "clerk", Audience.CONCERNED),
        (None, "", Audience.PUBLIC),
        (clerk, "organiser", Audience.STAFF),
    ):
        records.write(
            now=NOW,
            act="account.corrected",
            thing="entry",
            thing_id=entry,
            actor=actor,
            role=role,
            audience=audience,
            entry_id=entry,
        )
    lines = trail.of_entry(entry_id=entry, audiences=[Audience.PUBLIC, Audience.CONCERNED])
    assert sorted(line.who.zh for line in lines) == ["投稿人", "李干事", "系统"]
    assert {line.words.en for line in lines} == {"corrected personal details"}
    assert len(trail.of_entry(entry_id=entry, audiences=list(Audience))) == 4


@pytest.mark.parametrize(
    "statement", ["update audit_record set act = 'x'", "delete from audit_record"]
)
def test_the_trail_is_append_only_even_for_raw_sql(statement: str) -> None:
    records.write(now=NOW, act="account.closed", thing="account", thing_id="1")
    with (
        pytest.raises((InternalError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Record.objects.get().act == "account.closed"


def test_what_did_not_happen_is_not_in_the_trail() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 - the act, then the fault
        records.write(now=NOW, act="account.closed", thing="account", thing_id="1")
        raise ZeroDivisionError
    assert not Record.objects.exists()
