import pytest

from paike.accounts.models import Account
from paike.kernel import clock


@pytest.mark.django_db
def test_vault_roundtrip() -> None:
    account = Account.objects.create(created_at=clock.now(), real_name="王师傅")
    again = Account.objects.get(pk=account.pk)
    assert str(again.real_name) == "•••"
    assert again.real_name is not None
    assert again.real_name.open() == "王师傅"
