"""The pages for when something is wrong: what happened, and what to do now.

They ask neither the database nor the session, so that they can be shown when these fail.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from paike.accounts.rules import limits
from paike.exhibition.rules.look import Look
from paike.kernel.text import Text
from paike.web.shared import language, moments


@dataclass(frozen=True)
class Fault:
    """A kind of error page."""

    status: int
    icon: str
    title: Text
    words: Text


FAULTS = {
    fault.status: fault
    for fault in (
        Fault(
            400,
            "circle-help",
            Text("请求有误", "That request did not make sense"),
            Text(
                "地址或提交的内容不完整。请返回上一页，刷新后重试。",
                "The address or the form was incomplete. Go back, reload and try again.",
            ),
        ),
        Fault(
            403,
            "lock",
            Text("这里不向您的账户开放", "Your account has no access here"),
            Text(
                "如果您认为应该能看到，请确认登录的是正确的账户，或联系所在单位的管理员。",
                "If you think it should, check which account you are signed in with, or ask your "
                "unit's administrator.",
            ),
        ),
        Fault(
            404,
            "map-pin-off",
            Text("没有找到这个页面", "There is no such page"),
            Text(
                "地址可能有误，或者内容已经撤下。",
                "The address may be mistyped, or the page has been taken down.",
            ),
        ),
        Fault(
            405,
            "ban",
            Text("这个地址不能这样打开", "This address cannot be opened that way"),
            Text("请从页面上的按钮进入。", "Please use the button on the page."),
        ),
        Fault(
            410,
            "history",
            Text("这个文件已经更换", "This file has been replaced"),
            Text(
                "在您下载期间生成了新的文件。请回到原来的页面，重新下载。",
                "A new one was made since you began. Go back to its page and download it again.",
            ),
        ),
        Fault(
            413,
            "file-warning",
            Text("提交的内容太大", "That form is too large"),
            Text(
                "表单里的文字或文件超过了上限。请减少内容后重试；影片请在作品页面上传。",
                "Its texts or files are over the limit. Shorten it and try again; films are "
                "uploaded on the page of the work.",
            ),
        ),
        Fault(
            419,
            "timer-reset",
            Text("页面已过期", "This page has expired"),
            Text(
                "您在这一页停留太久，或浏览器没有保存 Cookie。请返回上一页，刷新后再提交；已保存的草稿都在。",
                "The page was open for too long, or your browser did not keep our cookie. Go back, "
                "reload and submit again; saved drafts are still there.",
            ),
        ),
        Fault(
            429,
            "timer",
            Text("操作太频繁，请稍后再来", "Too many tries for now"),
            Text(
                "为保护账号，同一手机号、邮箱、账号或网络在一段时间内只能尝试有限的次数。已保存的内容都在。",
                "To protect accounts, one phone number, address, account or network may only try so "
                "often. What was saved is still there.",
            ),
        ),
        Fault(
            500,
            "wrench",
            Text("服务器出错了", "Something broke on our side"),
            Text(
                "不是您的问题，错误已记录。请稍后重试；已保存的内容都在。",
                "It is not your fault and it has been recorded. Try again shortly; what was saved "
                "is still there.",
            ),
        ),
        Fault(
            503,
            "hourglass",
            Text("正在维护", "Back in a moment"),
            Text(
                "系统正在重新启动，一般不超过一分钟。请稍后刷新。",
                "The system is restarting; that rarely takes more than a minute. Please reload "
                "shortly.",
            ),
        ),
    )
}


def page(
    request: HttpRequest, kind: int, *, status: int | None = None, again: Text | None = None
) -> HttpResponse:
    """The error page of a kind, in the reader's language; `again` says when to come back."""
    cookie = request.COOKIES.get("paike_language", "")
    code = cookie if cookie in language.CODES else _asked(request)
    with translation.override(code):
        html = render_to_string(
            "shared/error.html",
            {
                "fault": FAULTS[kind],
                "language": code,
                "css": Look().css,
                "nonce": str(getattr(request, "csp_nonce", "")),
                "path": request.get_full_path() if kind == 403 else "",
                "again": again,
                "again_path": request.get_full_path() if request.method == "GET" else "",
            },
        )
    return HttpResponse(html, status=status or kind)


def too_many(request: HttpRequest, wait: timedelta, *, now: datetime) -> HttpResponse:
    """A limit is reached: the page that says when to come back, and Retry-After for programs."""
    spoken = limits.spoken(wait)
    at = moments.beginning(timezone.localtime(now + wait), timezone.localtime(now))
    again = Text(
        f"请在 {spoken.zh}后再试（{at.zh}）。", f"Please try again in {spoken.en} ({at.en})."
    )
    return limited(page(request, 429, again=again), wait)


def limited(response: HttpResponse, wait: timedelta) -> HttpResponse:
    """The same answer as a 429: a form that keeps what was typed says itself what is the matter."""
    response.status_code = 429
    response["Retry-After"] = str(max(1, -(-wait // timedelta(seconds=1))))
    response["Cache-Control"] = "no-store"
    return response


def _asked(request: HttpRequest) -> str:
    return language.of_browser(request.headers.get("Accept-Language", ""))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, 419, status=403)
