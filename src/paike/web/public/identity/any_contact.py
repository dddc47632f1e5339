"""A confirmed phone number or e-mail address."""

from django.http import HttpResponse

from paike.kernel.text import Text
from paike.voting.rules.identity import Voucher
from paike.web.public.identity import signed_in
from paike.web.public.identity.shape import Tap

NAME = Text("手机号或邮箱", "Phone or e-mail")
PROVES = Text(
    "证明投票人能收到发往这个手机号或邮箱的验证码；一个人有几个号码，就能投几份。",
    "It shows that the voter receives codes sent to this number or address. Who has several can "
    "vote as often.",
)
LACKING = Text(
    "投票需要已验证的手机号或邮箱。请先到“我的资料”绑定，您的选择都还在。",
    "Voting needs a confirmed phone or e-mail address. Add one in your account first; your "
    "choices are kept.",
)


def vouch(tap: Tap) -> Voucher | HttpResponse:
    return signed_in.vouch(tap, lacking=LACKING)
