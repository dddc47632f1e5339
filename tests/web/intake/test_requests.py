"""What browsers send along."""

import pytest

from paike.web.intake import requests

PASS = b"paike_pass=abc.def"


@pytest.mark.rules
@pytest.mark.parametrize(
    "sent",
    [
        [PASS],
        [b"sessionid=x; " + PASS + b"; paike_language=en"],
        [PASS, b"sessionid=x"],
        [b"sessionid=x", PASS],
        [PASS + b"; flag"],
        [PASS + b"; t=a b; u=x, y"],
        [b'm[1]={"a": 1}; ' + PASS],
        ["n=张; ".encode() + PASS],
        [PASS + b'; q="a"b; =novalue; path=/; \xff\xfe=1'],
    ],
)
def test_the_pass_is_found_among_whatever_cookies(sent: list[bytes]) -> None:
    headers = requests.Headers({"headers": [(b"cookie", value) for value in sent]})
    assert requests.cookie(headers, "paike_pass") == "abc.def"
    assert requests.cookie(headers, "paike_other") == ""
