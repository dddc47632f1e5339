"""Tells the notify room where an account can be reached."""

from uuid import UUID

from paike.accounts.models import Account
from paike.notify.ports import Recipient


class Contacts:
    def find(self, account_id: UUID) -> Recipient:
        """Language and confirmed contacts; a closed account is reached nowhere."""
        account = Account.objects.filter(id=account_id, closed_at__isnull=True).first()
        if account is None:
            return Recipient(language="zh-hans")
        values = {
            contact.kind: contact.value.open()
            for contact in account.contacts.all()
            if contact.value
        }
        return Recipient(
            language=account.language,
            mail=values.get("email", ""),
            phone=values.get("phone", ""),
        )
