"""A person with a browser, as far as HTTP goes: cookies, forms with their token, uploads by tus."""

import base64
import hashlib
import html
import re
import ssl
from pathlib import Path
from typing import Any

import httpx

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CHUNK = 4 * 1024**2
# Reading the list of authorities takes longer than a visit: once for everybody.
AUTHORITIES = ssl.create_default_context()


class Refused(Exception):
    """The site answered a step of the demo otherwise than a person would expect."""


class Visitor:
    """One person's session with the site at `url`."""

    def __init__(self, url: str, *, language: str = "zh-hans") -> None:
        self.http = httpx.Client(
            base_url=url,
            timeout=60,
            verify=AUTHORITIES,
            follow_redirects=True,
            headers={"Accept-Language": language, "Origin": url, "Referer": url + "/"},
        )
        self.page = ""
        self.address = ""  # of the page opened last, after redirects
        self.url = url

    def get(self, path: str) -> str:
        """Open a page; returns its HTML."""
        return self._take(self.http.get(path), path)

    def post(self, path: str, data: dict[str, Any], *, expect: str = "") -> str:
        """Send a form with the token of the page opened last. `expect` must stand in the answer."""
        token = TOKEN.search(self.page)
        if token is None:
            raise Refused(f"{path}: no form on the page before it")
        fields = {"csrfmiddlewaretoken": html.unescape(token[1]), **data}
        answer = self._take(self.http.post(path, data=fields), path)
        if expect and expect not in answer:
            raise Refused(
                f"{path}: “{expect}” is not on the page that followed\n{plain(answer)[:1500]}"
            )
        return answer

    def upload(self, film: Path, metadata: dict[str, str]) -> str:
        """Send a file through tus 1.0 in chunks with checksums; returns the upload's address."""
        size = film.stat().st_size
        packed = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items()
        )
        begun = self.http.post(
            "/uploads/",
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Length": str(size),
                "Upload-Metadata": packed,
            },
        )
        if begun.status_code != 201:
            raise Refused(f"/uploads/: {begun.status_code} {begun.text[:500]}")
        place = begun.headers["Location"]
        with film.open("rb") as file:
            offset = 0
            while chunk := file.read(CHUNK):
                checksum = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
                sent = self.http.patch(
                    place,
                    content=chunk,
                    headers={
                        "Tus-Resumable": "1.0.0",
                        "Upload-Offset": str(offset),
                        "Upload-Checksum": f"sha256 {checksum}",
                        "Content-Type": "application/offset+octet-stream",
                    },
                )
                if sent.status_code != 204:
                    raise Refused(f"{place}: {sent.status_code} {sent.text[:500]}")
                offset = int(sent.headers["Upload-Offset"])
        return str(place)

    def find(self, pattern: str) -> str:
        """The first group of `pattern` on the page opened last."""
        match = re.search(pattern, self.page)
        if match is None:
            raise Refused(f"{pattern} is not on the page\n{plain(self.page)[:1500]}")
        return html.unescape(match[1])

    def close(self) -> None:
        self.http.close()

    def _take(self, answer: httpx.Response, path: str) -> str:
        if answer.status_code >= 400:
            raise Refused(f"{path}: {answer.status_code}\n{plain(answer.text)[:1500]}")
        if "text/html" in answer.headers.get("content-type", ""):
            self.page = answer.text
            self.address = str(answer.url)
        return answer.text


def plain(page: str) -> str:
    """A page's text without its tags, for messages."""
    body = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()
