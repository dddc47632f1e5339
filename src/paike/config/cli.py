"""The command line: `paike COMMAND`. Exit codes: 0 done, 1 refused or a check failed, 2 wrong usage.

Commands live in `config/commands`, one module each with `run(arguments) -> int`. A module is
imported only when its command is called, after the environment is set and Django is ready, so
that `paike --help` is quick and modules may import models at their top.
"""

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from paike.config import arguments as given
from paike.config import options, system_faults
from paike.kernel.text import Text


class Needs(Enum):
    """What must stand before a command's module is imported."""

    NOTHING = "nothing"
    DJANGO = "django"
    DATABASE = "database"
    TABLES = "database with its tables"


@dataclass(frozen=True)
class Command:
    """One word after `paike`."""

    name: str
    help: str
    needs: Needs
    arguments: Callable[[argparse.ArgumentParser], None] = given.none


COMMANDS = (
    Command("up", "在本机启动全部服务 / start everything on this machine", Needs.NOTHING, given.up),
    Command("web", "只启动网页服务 / start the web server only", Needs.NOTHING, given.web),
    Command("worker", "只启动后台任务 / start a worker only", Needs.DJANGO, given.worker),
    Command(
        "intake", "只启动选票接收 / start an intake of ballots only", Needs.NOTHING, given.intake
    ),
    Command("sequencer", "只启动选票排序 / start a sequencer of ballots only", Needs.DJANGO),
    Command("migrate", "更新数据库结构 / bring the database up to date", Needs.DATABASE),
    Command(
        "demo", "演示：把一次征集从头到尾走一遍 / play a whole campaign", Needs.NOTHING, given.demo
    ),
    Command(
        "doctor",
        "检查环境：缺什么、怎么装 / what is missing and how to get it",
        Needs.NOTHING,
        given.doctor,
    ),
    Command(
        "rulebook",
        "检查、显示、比较规则书 / check, show, compare rulebooks",
        Needs.DJANGO,
        given.rulebook,
    ),
    Command(
        "inspect",
        "检测一部影片 / inspect a film and say what was found",
        Needs.DJANGO,
        given.inspect,
    ),
    Command("call", "启动征集 / open a call", Needs.TABLES, given.call),
    Command("staff", "邀请工作人员 / invite staff", Needs.TABLES, given.staff),
    Command("orgs", "导入组织 / import organisations", Needs.TABLES, given.orgs),
    Command("backup", "备份 / back up", Needs.DATABASE, given.backup),
    Command("restore", "从备份恢复 / restore a backup", Needs.NOTHING, given.restore),
    Command("keys", "轮换加密密钥 / rotate the keys of personal data", Needs.TABLES, given.keys),
    Command("exhibition", "生成展播网站 / build the exhibition", Needs.TABLES, given.exhibition),
    Command(
        "log",
        "核对、重建选票日志 / compare a ballot log with what was published, make it again",
        Needs.TABLES,
        given.log,
    ),
    Command(
        "witness",
        "收下见证人签名的检查点 / take in a checkpoint signed by a witness",
        Needs.TABLES,
        given.witness,
    ),
    Command("version", "显示版本 / show the version", Needs.NOTHING),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    _environment(arguments)
    command = {command.name: command for command in COMMANDS}[arguments.command]
    try:
        return _run(command, arguments)
    except BrokenPipeError:
        # Whoever read our output has enough of it (`| head`). Nothing may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as fault:
        if fault.filename is None:
            raise
        told = system_faults.spoken(fault)
        print(f"错误：{told.zh}\nError: {told.en}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as fault:
        # Errors meant for people, of whatever room, carry their text in both languages.
        text = getattr(fault, "text", None)
        if not isinstance(text, Text):
            raise
        print(f"错误：{text.zh}\nError: {text.en}", file=sys.stderr)
        return 1


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="paike",
        description="拍客：短视频征集，从第一张海报到展播的最后一天。"
        " / Paike runs a call for short videos, from the first poster to the last day of the show.",
        epilog="所有设置都是环境变量，见 docs/operate/settings.md。"
        " / Every setting is an environment variable: docs/operate/settings.md",
    )
    parser.set_defaults(data=None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        child = commands.add_parser(
            command.name, help=command.help, description=command.help, parents=[given.DATA]
        )
        command.arguments(child)
    return parser


def _environment(arguments: argparse.Namespace) -> None:
    if arguments.data:
        os.environ["PAIKE_DATA"] = arguments.data
    # Absolute from here on: child processes may work in another folder.
    os.environ["PAIKE_DATA"] = str(options.data_folder())
    os.environ["DJANGO_SETTINGS_MODULE"] = "paike.config.settings"


def _run(command: Command, arguments: argparse.Namespace) -> int:
    with contextlib.ExitStack() as stack:
        if command.needs in (Needs.DATABASE, Needs.TABLES):
            stack.enter_context(_database())
        if command.needs is not Needs.NOTHING:
            importlib.import_module("django").setup()
        if command.needs is Needs.TABLES:
            importlib.import_module("paike.config.schema").require()
        module = importlib.import_module(f"paike.config.commands.{command.name}")
        return int(module.run(arguments))


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """The embedded server for the length of a command, unless it runs already or is not used."""
    from paike.config import data_folder  # noqa: PLC0415 - needs the environment set above
    from paike.config.postgres import cluster  # noqa: PLC0415

    data = data_folder.prepare()
    if options.read("PAIKE_DATABASE_URL"):
        yield
        return
    with cluster.serving(data):
        yield


if __name__ == "__main__":
    sys.exit(main())
