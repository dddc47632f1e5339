"""What a ballot's form sends where no script runs."""

import uuid

from django import forms
from django.http import QueryDict

from paike.kernel import ids

MOST = 200  # numbers looked at; no ballot names as many


class CastForm(forms.Form):
    """A confirmed ballot. `key` makes a retry harmless; token and address came from the intake."""

    key = forms.UUIDField()
    token = forms.CharField(max_length=1000)
    address = forms.RegexField(r"^/intake/[a-z0-9-]+/[0-9]{1,3}/ballots$", max_length=200)


def works(data: QueryDict) -> list[int]:
    """The numbers of the works named, once per vote; what is no number is no work."""
    parts = [part for text in data.getlist("works") for part in text.split(",")]
    plain = (part for part in parts[:MOST] if part.isascii() and part.isdecimal())
    return sorted(int(part) for part in plain if len(part) < 8)


def key(data: QueryDict) -> uuid.UUID:
    """The key of a ballot that was sent, or a new one."""
    try:
        return uuid.UUID(data.get("key", ""))
    except ValueError:
        return ids.new_id()
