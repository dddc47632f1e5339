"""WeChat's login for pages inside WeChat, scope `snsapi_base`: an openid and nothing else.

No profile is asked for, and nothing WeChat says besides is kept: not its tokens, not the union id.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from paike.voting.ports import CodeRefused, Snapshot, Unreachable

LOGIN = "https://open.weixin.qq.com/connect/oauth2/authorize"
SECONDS = 5.0
# Errors that are the code's fault, not the service's: invalid, used before, expired.
BAD_CODES = frozenset({40029, 40163, 42003})


@dataclass(frozen=True)
class WeChatLogin:
    """`api` is WeChat's own address; a test puts a server of its own there."""

    app_id: str
    app_secret: str = field(repr=False)
    api: str

    def address(self, *, back: str, state: str) -> str:
        asked = {
            "appid": self.app_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        # The order of the parameters and the fragment are WeChat's; its client checks both.
        return f"{LOGIN}?{urlencode(asked)}#wechat_redirect"

    def openid(self, code: str) -> str:
        asked = {
            "appid": self.app_id,
            "secret": self.app_secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        try:
            # The address holds the secret: no error that names it may leave this block.
            found = httpx.get(f"{self.api}/sns/oauth2/access_token", params=asked, timeout=SECONDS)
            told = found.json()  # WeChat says text/plain, whatever it sends
        except (httpx.HTTPError, ValueError):
            raise Unreachable from None
        if not found.is_success or not isinstance(told, dict):
            raise Unreachable
        if told.get("errcode"):
            raise CodeRefused if told["errcode"] in BAD_CODES else Unreachable
        # Whatever is not plainly “no” counts as “yes”: a virtual id would be a new voter each time.
        if told.get("is_snapshotuser") not in (None, "", "0", 0):
            raise Snapshot
        openid = told.get("openid")
        if not isinstance(openid, str) or not openid:
            raise Unreachable
        return openid
