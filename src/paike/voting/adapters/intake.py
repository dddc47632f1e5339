"""The intake over HTTP, as a browser would speak to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from paike.kernel.text import Text
from paike.voting.ports import Said

SECONDS = 20.0
COOKIE = "paike_pass"
AWAY = Text(
    "投票服务暂时没有应答。请过几秒再点一次，同一张选票不会重复计入。",
    "The vote does not answer just now. Tap again in a few seconds; the same ballot is never "
    "counted twice.",
)


@dataclass(frozen=True)
class IntakeByHttp:
    """`url`: of the intake; `own`: of this site; `proxies`: how many stand in front of it."""

    url: str
    own: str
    proxies: int

    def token(self, *, slug: str, carried: str, key: UUID, network: str) -> Said:
        cookies = {COOKIE: carried}
        return self._post(f"/intake/{slug}/tokens", {"key": str(key)}, network, cookies)

    def cast(self, *, address: str, token: str, works: Sequence[int], network: str) -> Said:
        return self._post(address, {"token": token, "works": list(works)}, network, {})

    def _post(
        self, address: str, body: Mapping[str, Any], network: str, cookies: Mapping[str, str]
    ) -> Said:
        headers = {
            "Origin": self.own,
            # The intake counts its proxies from the right: wherever it looks, the voter is there.
            "X-Forwarded-For": ", ".join([network] * (self.proxies + 1)),
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }
        try:
            answer = httpx.post(
                f"{self.url}{address}", json=body, headers=headers, timeout=SECONDS, trust_env=False
            )
            told = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return Said(503, {"code": "away", "zh": AWAY.zh, "en": AWAY.en}, retry_after=3)
        later = answer.headers.get("Retry-After", "")
        return Said(
            answer.status_code,
            told if isinstance(told, dict) else {},
            int(later) if later.isdecimal() else None,
        )
