"""What the providers that go by an account's contact have in common."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from paike.accounts.models import Account
from paike.kernel.text import Text
from paike.voting import access
from paike.voting.rules.identity import Voucher
from paike.web.public.identity.shape import NotVouched, Tap


def vouch(tap: Tap, *, lacking: Text) -> Voucher | HttpResponse:
    """The signed-in person's contact; the sign-in where nobody is signed in. Raises NotVouched with
    `lacking` where the account has no contact of the wanted kind."""
    person = tap.request.user
    if not isinstance(person, Account):
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': tap.address})}")
    voucher = access.voucher(person, tap.rule)
    if voucher is None:
        refusal = NotVouched(lacking.zh)
        refusal.text = lacking
        raise refusal
    return voucher
