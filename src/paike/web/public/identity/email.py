"""A confirmed e-mail address."""

from django.http import HttpResponse

from paike.kernel.text import Text
from paike.voting.rules.identity import Voucher
from paike.web.public.identity import signed_in
from paike.web.public.identity.shape import Tap

NAME = Text("邮箱", "E-mail")
PROVES = Text(
    "证明投票人能收到发往这个邮箱的验证码；邮箱可以随意注册，比手机号弱。",
    "It shows that the voter receives codes sent to this address. Addresses are easy to get: "
    "weaker than a phone.",
)
LACKING = Text(
    "本次投票需要已验证的邮箱。请先到“我的资料”绑定，您的选择都还在。",
    "This vote needs a confirmed e-mail address. Add one in your account first; your choices are "
    "kept.",
)


def vouch(tap: Tap) -> Voucher | HttpResponse:
    return signed_in.vouch(tap, lacking=LACKING)
