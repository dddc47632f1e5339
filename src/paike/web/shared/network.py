"""Which network a request came from, seen past our own proxies."""

from django.conf import settings
from django.http import HttpRequest

from paike.accounts.rules import networks


def of(request: HttpRequest) -> str:
    """The client's network. Each trusted proxy appends one address to X-Forwarded-For, so the
    client is counted from the right; what the client itself wrote there is never believed."""
    proxies = int(settings.TRUSTED_PROXIES)
    address = str(request.META.get("REMOTE_ADDR", ""))
    if proxies > 0:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        if len(forwarded) >= proxies:
            address = forwarded[-proxies]
    return networks.of(address)
