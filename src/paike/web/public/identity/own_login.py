"""An app that has its own login stands in front and signs who its person is."""

from django.conf import settings
from django.http import HttpResponse

from paike.kernel.text import Text
from paike.voting.rules.identity import Voucher, signed_headers
from paike.web.public.identity.shape import Tap, refused

NAME = Text("客户端账号", "The app's account")
PROVES = Text(
    "证明客户端认得这位用户；一人能有几个账号，取决于客户端的注册规则。",
    "It shows that the app knows this user. How many accounts a person can have is up to the app.",
)


def vouch(tap: Tap) -> Voucher | HttpResponse:
    header = tap.request.headers.get(signed_headers.NAME, "")
    try:
        return signed_headers.read(
            header, slug=tap.campaign.slug, secret=settings.VOTER_SECRET, now=tap.now
        )
    except signed_headers.NotSigned as fault:
        raise refused(
            "请在主办单位的客户端里登录后，从客户端打开投票页。",
            "Please sign in to the organiser's app and open the vote from there.",
        ) from fault
