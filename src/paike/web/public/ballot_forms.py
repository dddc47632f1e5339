"""What a ballot's form sends."""

import uuid

from django import forms
from django.http import QueryDict

from paike.kernel import ids


class BallotForm(forms.Form):
    """`works` may name a work several times; `key` makes a retry harmless; `s` is the order."""

    key = forms.UUIDField(required=False)
    s = forms.CharField(required=False, max_length=16)

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or ids.new_id()


def works(data: QueryDict) -> list[uuid.UUID]:
    """The works named; what is no id is passed over, as it can't be a work."""
    found: list[uuid.UUID] = []
    for text in data.getlist("works"):
        found.extend(_ids(text))
    return found


def _ids(text: str) -> list[uuid.UUID]:
    """One id, or several joined by commas as in the address after signing in."""
    found: list[uuid.UUID] = []
    for part in text.split(",")[:200]:
        try:
            found.append(uuid.UUID(part))
        except ValueError:
            continue
    return found


def key(data: QueryDict) -> uuid.UUID:
    """The key of a ballot that was sent, or a new one."""
    form = BallotForm(data)
    return form.cleaned_data["key"] if form.is_valid() else ids.new_id()
