"""`python -m paike.demo --url ADDRESS`: play a campaign against a running demo installation."""

import argparse
import json
import os
import sys
from pathlib import Path

import django
from rich.console import Console
from rich.table import Table


def main() -> int:
    """Returns 0 when every act was played, 1 when the site refused a step."""
    parser = argparse.ArgumentParser(prog="python -m paike.demo")
    parser.add_argument("--url", required=True)
    parser.add_argument("--films", type=int, default=120)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--exit", action="store_true")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paike.config.settings")
    django.setup()

    from paike.campaigns.queries import campaigns  # noqa: PLC0415 - models need Django set up
    from paike.demo import play, visitor  # noqa: PLC0415

    console = Console(file=sys.stderr)
    if campaigns.current() is not None:
        console.print("这里已经演过一次，直接打开。 / A call was played here already.")
        return 0
    folder = Path(os.environ["PAIKE_DATA"]) / "demo-films"
    try:
        summary = play.Play(arguments.url, films=arguments.films, folder=folder).perform()
    except visitor.Refused as refusal:
        console.print(f"演示中断 / The demo stopped: {refusal}", markup=False)
        return 1
    if arguments.json:
        print(json.dumps(summary.as_json(), ensure_ascii=False))  # noqa: T201 - the result
    else:
        console.print(_logins(summary))
    return 0


def _logins(summary: object) -> Table:
    from paike.demo.people import PASSWORD  # noqa: PLC0415

    table = Table(title="登录 / Logins")
    for column in ("角色", "单位", "用户名 / 手机号", "密码", "动态码密钥 TOTP"):
        table.add_column(column)
    for login in summary.logins:  # type: ignore[attr-defined]  # a play.Summary
        by_code = not login.secret
        secret = "验证码见 /dev/" if by_code else login.secret
        table.add_row(
            login.role, login.unit_name, login.username, "–" if by_code else PASSWORD, secret
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
