"""Without a database: a process of its own whose server is nowhere."""

import json
import os
import subprocess
import sys

SCRIPT = """
import json
import django
django.setup()
from django.test import Client
answers = {}
for address in ("/", "/my/", "/healthz", "/robots.txt"):
    browser = Client(raise_request_exception=False)
    if address in ("/", "/my/"):
        browser.cookies["paike_session"] = "x" * 32
    answer = browser.get(address)
    answers[address] = [
        answer.status_code, answer.headers.get("Retry-After"), answer.content.decode()
    ]
print(json.dumps(answers))
"""


def test_every_page_says_so_and_when_to_come_back() -> None:
    nowhere = {
        "PAIKE_DATABASE_URL": "postgresql://nobody@/nothing?host=/nonexistent",
        "DJANGO_SETTINGS_MODULE": "paike.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    answers = json.loads(ran.stdout.splitlines()[-1])
    for address in ("/", "/my/"):
        status, again, page = answers[address]
        assert status == 503
        assert again == "20"
        assert "正在维护" in page
    assert answers["/healthz"][0] == 503
    assert json.loads(answers["/healthz"][2]) == {"database": False, "workers": None}
    assert answers["/robots.txt"][0] == 200
