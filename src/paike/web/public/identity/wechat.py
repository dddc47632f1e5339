"""A WeChat account, by its openid for this official account. No profile is asked for or kept."""

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from paike.kernel import ids
from paike.kernel.text import Text
from paike.voting import ports
from paike.voting.rules.identity import Voucher
from paike.web.public.identity.shape import Tap, refused

NAME = Text("微信", "WeChat")
PROVES = Text(
    "证明投票人用的是同一个微信号；平台只得到一个编号，不取头像、昵称。",
    "It shows that the voter uses the same WeChat account. We get a number, no name and no "
    "picture.",
)
PROVIDER = "wechat"
COOKIE = "paike_wechat"
MINUTES = 10
SALT = "paike.vote.wechat"


def vouch(tap: Tap) -> Voucher | HttpResponse:
    """There and back: the first request goes to WeChat, the second comes with its code."""
    wechat = ports.wechat()
    if wechat is None:
        raise refused(
            "本站还没有接通微信登录，暂时不能投票。请联系主办单位。",
            "This site isn't connected to WeChat yet, so nobody can vote. Please tell the "
            "organiser.",
        )
    if "MicroMessenger" not in tap.request.headers.get("User-Agent", ""):
        return render(tap.request, "public/open_in_wechat.html", {"campaign": tap.campaign})
    code = tap.request.GET.get("code", "")
    if not code:
        return _go(tap, wechat)
    if not _is_ours(tap):
        raise ports.CodeRefused
    return Voucher(PROVIDER, wechat.openid(code))


def _go(tap: Tap, wechat: ports.WeChat) -> HttpResponse:
    """To WeChat. The cookie holds the state, so that nobody can hand another's code to a "
    "browser."""
    state = ids.new_code(16)
    back = reverse("ballot-pass", args=[tap.campaign.slug])
    answer = redirect(wechat.address(back=f"{settings.PUBLIC_URL}{back}", state=state))
    answer.set_cookie(
        COOKIE,
        signing.dumps([state, tap.address], salt=SALT),
        max_age=MINUTES * 60,
        path=back,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def waiting(cookie: str) -> tuple[str, str]:
    """The state and the address that wait for WeChat's answer; empty texts where none do."""
    try:
        state, address = signing.loads(cookie, salt=SALT, max_age=MINUTES * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return "", ""
    return str(state), str(address)


def _is_ours(tap: Tap) -> bool:
    state, _ = waiting(tap.request.COOKIES.get(COOKIE, ""))
    return bool(state) and constant_time_compare(state, tap.request.GET.get("state", ""))
