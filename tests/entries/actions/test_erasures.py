import pytest

from paike.accounts.actions import persons
from paike.entries.actions import erasures
from paike.entries.models import Entry
from tests.factories import accounts, entries
from tests.factories.entries import NOW

pytestmark = pytest.mark.django_db


def test_closing_the_account_empties_the_personal_fields_of_its_entries_only() -> None:
    person = accounts.account()
    mine = entries.submitted(owner=person)
    other = entries.draft(campaign=mine.campaign)
    persons.close(account=person, now=NOW)
    left = Entry.objects.get(pk=mine.pk)
    assert {getattr(left, name) for name in erasures.SEALED} == {None}
    assert left.title == mine.title
    kept = Entry.objects.get(pk=other.pk)
    assert kept.real_name is not None
    assert kept.real_name.open() == "王小明"
