"""The arguments of every command."""

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

Parser = argparse.ArgumentParser

# Every command takes it, before or after the word that says what to do (`call open X --data Y`).
DATA = Parser(add_help=False)
DATA.add_argument(
    "--data",
    metavar="FOLDER",
    default=argparse.SUPPRESS,
    help="数据目录 / the data folder (PAIKE_DATA)",
)


def none(parser: Parser) -> None:
    """A command without arguments of its own."""


def _address(parser: Parser, *, processes: int = 1) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="监听地址 / address to listen on (127.0.0.1)"
    )
    parser.add_argument("--port", type=port, default=8000, help="端口 / port (8000)")
    parser.add_argument(
        "--processes",
        type=count,
        default=processes,
        help=f"网页进程数 / web processes ({processes})",
    )


def _actions(parser: Parser) -> Callable[..., Parser]:
    """Adds an action: `paike orgs import` has the action `import`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    return partial(actions.add_parser, parents=[DATA])


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


def intake(parser: Parser) -> None:
    _address(parser)
    parser.add_argument(
        "--behind-web", action="store_true",
        help="由 paike web 转发请求 / requests come through `paike web`",
    )  # fmt: skip


def worker(parser: Parser) -> None:
    _concurrency(parser)


def demo(parser: Parser) -> None:
    _address(parser, processes=2)  # hundreds of people at once, on the machine's own cores
    _concurrency(parser)
    parser.add_argument("--exit", action="store_true", help="演完即退出 / stop when it has played")
    parser.add_argument("--json", action="store_true", help="输出 JSON 摘要 / print a JSON summary")
    parser.add_argument("--films", type=count, default=120, help="作品数 / number of films (120)")


def doctor(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")


def rulebook(parser: Parser) -> None:
    add = _actions(parser)
    check = add("check", help="检查 / say what is wrong in it")
    check.add_argument("file", type=Path)
    show = add("show", help="显示规范形式与校验和 / print its canonical form and hash")
    show.add_argument("file", type=Path)
    diff = add("diff", help="比较两份 / compare two")
    diff.add_argument("file", type=Path)
    diff.add_argument("other", type=Path)


def inspect(parser: Parser) -> None:
    parser.add_argument("file", type=Path, help="影片文件 / the film")
    parser.add_argument(
        "--rulebook",
        default="party-stories-2021",
        help="规则书的名字或文件 / name or file of a rulebook",
    )
    parser.add_argument("--title", default="", help="作品名 / the title as declared")
    parser.add_argument(
        "--author", action="append", default=[], help="作者，可多次 / an author; may be repeated"
    )
    parser.add_argument("--unit", default="", help="单位 / the unit as declared")
    parser.add_argument(
        "--beside",
        action="append",
        default=[],
        type=Path,
        metavar="FILM",
        help="更早的影片，比对是否相似，可多次 / an earlier film to compare with; may be repeated",
    )
    parser.add_argument(
        "--pictures", type=Path, help="证据图片存到这个文件夹 / put the evidence into this folder"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON / print the report as JSON")


def orgs(parser: Parser) -> None:
    add = _actions(parser)
    load = add("import", help="从 CSV 导入组织 / import organisations from a CSV file")
    load.add_argument("file", type=Path)


def call(parser: Parser) -> None:
    add = _actions(parser)
    begin = add(
        "open",
        help="按规则书启动一次征集，规则随即冻结 / open a call; its rulebook is frozen from then on",
    )
    begin.add_argument("file", type=Path)
    add("list", help="列出征集 / list the calls")


def staff(parser: Parser) -> None:
    add = _actions(parser)
    invite = add("invite", help="生成一次性邀请链接 / make a one-time invitation for a colleague")
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
    add = _actions(parser)
    add("rotate", help="新增密钥并重新加密 / add a key and encrypt everything with it")


def exhibition(parser: Parser) -> None:
    add = _actions(parser)
    build = add("build", help="生成静态网站 / build the static package")
    build.add_argument("target", type=Path, help="输出目录 / the folder to write")
    build.add_argument("--campaign", metavar="SLUG", help="哪次征集 / which call (the current one)")
    build.add_argument(
        "--address",
        metavar="URL",
        default="",
        help="将放在哪个网址，供分享卡片使用 / where it will lie; shared links then show a picture",
    )


def log(parser: Parser) -> None:
    add = _actions(parser)
    rebuild = add("rebuild", help="从数据库重建 / from the database")
    confirm = add("confirm", help="恢复之后核对并继续 / compare after a restore, and go on")
    for action in (rebuild, confirm):
        action.add_argument(
            "--campaign", metavar="SLUG", required=True, help="哪次征集 / which call"
        )
    confirm.add_argument(
        "--checkpoint", metavar="FILE", type=Path, required=True,
        help="能找到的最新检查点 / the newest checkpoint that can be found",
    )  # fmt: skip
    add("check", help="与数据库核对 / compare what was published with the database")


def witness(parser: Parser) -> None:
    add = _actions(parser)
    accept = add("accept", help="核对并公开 / verify and publish")
    accept.add_argument("file", type=Path, help="签名后的检查点 / the signed checkpoint")
    accept.add_argument(
        "--key", required=True, metavar="VKEY", help="见证人的公钥 / the witness's key"
    )


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
