"""Who vouches for a voter: one provider for each word a rulebook may write at `ballot.identity`.

A new provider is a module of this shape and a line in PROVIDERS:

    NAME: Text                                    what people call it
    PROVES: Text                                  what it proves about a voter, and what it does not
    def vouch(tap: Tap) -> Voucher | HttpResponse   the answer, or the way to it
        raises NotVouched                         with words for the person

A response is a step on the way: to a sign-in, to WeChat. It leads back to the same address.
"""

from types import MappingProxyType

from paike.web.public.identity import (
    any_contact,
    device,
    email,
    network_address,
    own_login,
    phone,
    wechat,
)
from paike.web.public.identity.shape import NotVouched, Provider, Tap

__all__ = ["PROVIDERS", "NotVouched", "Provider", "Tap"]

PROVIDERS: MappingProxyType[str, Provider] = MappingProxyType(
    {
        "account": any_contact,
        "phone": phone,
        "email": email,
        "wechat": wechat,
        "app": own_login,
        "ip": network_address,
        "device": device,
    }
)
