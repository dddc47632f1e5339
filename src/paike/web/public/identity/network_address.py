"""A network address. Weak both ways: a dormitory is one voter, a phone that changes networks many."""

from django.http import HttpResponse

from paike.kernel.text import Text
from paike.voting.rules.identity import Voucher
from paike.web.public.identity.shape import Tap
from paike.web.shared import network

NAME = Text("网络地址", "Network address")
PROVES = Text(
    "几乎什么也证明不了：同一厂区、宿舍共用一个地址，只能投一份；换个网络又能再投。",
    "It shows next to nothing: a factory or a dormitory shares one address and gets one vote, and"
    " whoever "
    "changes networks votes again.",
)


def vouch(tap: Tap) -> Voucher | HttpResponse:
    return Voucher("ip", network.of(tap.request))
