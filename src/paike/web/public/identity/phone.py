"""A confirmed phone number."""

from django.http import HttpResponse

from paike.kernel.text import Text
from paike.voting.rules.identity import Voucher
from paike.web.public.identity import signed_in
from paike.web.public.identity.shape import Tap

NAME = Text("手机号", "Phone")
PROVES = Text(
    "证明投票人能收到发往这个手机号的验证码；国内手机号实名登记，但平台不核对姓名。",
    "It shows that the voter receives codes sent to this number. Numbers in China are registered "
    "to a name, which this site doesn't check.",
)
LACKING = Text(
    "本次投票需要已验证的手机号。请先到“我的资料”绑定，您的选择都还在。",
    "This vote needs a confirmed phone number. Add one in your account first; your choices are "
    "kept.",
)


def vouch(tap: Tap) -> Voucher | HttpResponse:
    return signed_in.vouch(tap, lacking=LACKING)
