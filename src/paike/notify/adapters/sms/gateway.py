"""An HTTP gateway for SMS.

Paike sends `POST <PAIKE_SMS_URL>` with `Authorization: Bearer <PAIKE_SMS_TOKEN>` and the JSON
`{"to": "+8613800138000", "text": "…", "id": "<unique>"}`. Any 2xx means “taken”. The same `id`
twice is the same SMS: a small shim in front of a provider's own API can drop the repetition.
A 4xx is final, everything else is tried again: twice here, then by the job's back-off.
"""

import time
from dataclasses import dataclass
from uuid import uuid4

import httpx

from paike.notify.ports import Undelivered

SECONDS = 8.0
PAUSES = (0.5, 1.5)  # seconds before the second and third try


@dataclass(frozen=True)
class GatewaySms:
    url: str
    token: str
    pauses: tuple[float, ...] = PAUSES

    def send(self, *, number: str, text: str) -> None:
        body = {"to": number, "text": text, "id": str(uuid4())}
        fault = ""
        for pause in (0.0, *self.pauses):
            time.sleep(pause)
            fault = self._try(body)
            if not fault:
                return
            if fault.startswith("HTTP 4"):
                break
        raise Undelivered(fault)

    def _try(self, body: dict[str, str]) -> str:
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            answer = httpx.post(self.url, json=body, headers=headers, timeout=SECONDS)
        except httpx.HTTPError as fault:
            return type(fault).__name__
        return "" if answer.is_success else f"HTTP {answer.status_code}"
