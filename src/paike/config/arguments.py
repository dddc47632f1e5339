"""The arguments of every command."""

import argparse
import os
from pathlib import Path

Parser = argparse.ArgumentParser


def none(parser: Parser) -> None:
    """A command without arguments of its own."""


def _address(parser: Parser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="监听地址 / address to listen on (127.0.0.1)"
    )
    parser.add_argument("--port", type=port, default=8000, help="端口 / port (8000)")
    parser.add_argument("--processes", type=count, default=1, help="网页进程数 / web processes (1)")


def _concurrency(parser: Parser) -> None:
    parser.add_argument(
        "--concurrency", type=count, default=os.cpu_count() or 1,
        help="同时处理的任务数，默认为核数 / jobs at a time (number of cores)",
    )  # fmt: skip


def up(parser: Parser) -> None:
    _address(parser)
    _concurrency(parser)
    parser.add_argument(
        "--development", action="store_true",
        help="开发页面显示短信和邮件 / show SMS and mail on a development page",
    )  # fmt: skip


def web(parser: Parser) -> None:
    _address(parser)


def worker(parser: Parser) -> None:
    _concurrency(parser)


def demo(parser: Parser) -> None:
    _address(parser)
    _concurrency(parser)
    parser.add_argument("--exit", action="store_true", help="演完即退出 / stop when it has played")
    parser.add_argument("--json", action="store_true", help="输出 JSON 摘要 / print a JSON summary")
    parser.add_argument("--films", type=count, default=120, help="作品数 / number of films (120)")


def doctor(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")


def rulebook(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="检查 / say what is wrong in it")
    check.add_argument("file", type=Path)
    show = actions.add_parser(
        "show", help="显示规范形式与校验和 / print its canonical form and hash"
    )
    show.add_argument("file", type=Path)
    diff = actions.add_parser("diff", help="比较两份 / compare two")
    diff.add_argument("file", type=Path)
    diff.add_argument("other", type=Path)


def orgs(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    load = actions.add_parser(
        "import", help="从 CSV 导入组织 / import organisations from a CSV file"
    )
    load.add_argument("file", type=Path)


def call(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    begin = actions.add_parser(
        "open",
        help="按规则书启动一次征集，规则随即冻结 / open a call; its rulebook is frozen from then on",
    )
    begin.add_argument("file", type=Path)
    actions.add_parser("list", help="列出征集 / list the calls")


def staff(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    invite = actions.add_parser(
        "invite", help="生成一次性邀请链接 / make a one-time invitation for a colleague"
    )
    invite.add_argument(
        "--role",
        choices=("organiser", "editor", "clerk"),
        default="organiser",
        help="角色 / role (organiser)",
    )
    invite.add_argument(
        "--unit",
        metavar="CODE",
        help="单位代码；主办方用 ORGANISER，承办方用 UNDERTAKER / code of the unit",
    )


def backup(parser: Parser) -> None:
    parser.add_argument("file", type=Path, help="备份文件（.tar） / the file to write (.tar)")
    parser.add_argument(
        "--with-keys", action="store_true",
        help="同时备份密钥（须另行妥善保管） / include the keys: whoever has the file reads everything",
    )  # fmt: skip


def restore(parser: Parser) -> None:
    parser.add_argument("file", type=Path, help="备份文件 / the backup")
    parser.add_argument(
        "--keys", type=Path, metavar="FOLDER",
        help="另行保存的密钥目录 / the folder of keys, when they are not in the backup",
    )  # fmt: skip


def keys(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser(
        "rotate", help="新增密钥并重新加密 / add a key and encrypt everything with it"
    )


def exhibition(parser: Parser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = actions.add_parser("build", help="生成静态网站 / build the static package")
    build.add_argument("target", type=Path, help="输出目录 / the folder to write")
    build.add_argument("--campaign", metavar="SLUG", help="哪次征集 / which call (the current one)")


def port(text: str) -> int:
    """A port number; 0 asks the system for a free one."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("0 … 65535")
    return number


def count(text: str) -> int:
    """A number of processes, jobs or films: at least one."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(">= 1")
    return number
