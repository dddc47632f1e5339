"""A browser, by a random number that it keeps for us. The weakest there is."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from paike.kernel import ids
from paike.kernel.text import Text
from paike.voting.rules.identity import Voucher
from paike.web.public.identity.shape import Tap, refused

NAME = Text("设备", "Device")
PROVES = Text(
    "几乎什么也证明不了：清除浏览器数据或换个浏览器，就能再投。只适合不计名次的活动。",
    "It shows next to nothing: clearing the browser's data or taking another browser makes a new "
    "voter. For "
    "calls in which nothing hangs on the vote.",
)
COOKIE = "paike_device"
YEAR = 365 * 24 * 3600
LENGTH = 26


def vouch(tap: Tap) -> Voucher | HttpResponse:
    """The number the browser brings back. One that brings none is asked once more, so that a browser
    without cookies is told instead of being a new voter every time."""
    known = tap.request.COOKIES.get(COOKIE, "")
    if len(known) == LENGTH and set(known) <= set(ids.ALPHABET):
        return Voucher("device", known)
    if "again" in tap.request.GET:
        raise refused(
            "浏览器没有保存 Cookie，无法确认设备。请允许本站使用 Cookie 后重试。",
            "Your browser doesn't keep our cookie, so the device can't be told. Allow cookies for"
            " this "
            "site and try again.",
        )
    answer = redirect(f"{tap.address}&again=1")
    answer.set_cookie(
        COOKIE,
        ids.new_code(LENGTH),
        max_age=YEAR,
        path=f"/c/{tap.campaign.slug}/ballots/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
