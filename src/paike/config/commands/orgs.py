"""`paike orgs import`"""

import sys
from argparse import Namespace

from paike.kernel import clock
from paike.orgs.actions import imports


def run(arguments: Namespace) -> int:
    """Import organisations: all rows, or none and a line for each bad one."""
    report = imports.load(data=arguments.file.read_bytes(), by=None, now=clock.now())
    for fault in report.faults:
        print(
            f"第 {fault.line} 行 {fault.column.zh}：{fault.wrong.zh}{fault.todo.zh}",
            file=sys.stderr,
        )
        print(
            f"line {fault.line}, {fault.column.en}: {fault.wrong.en} {fault.todo.en}",
            file=sys.stderr,
        )
    if not report.done:
        print("没有导入任何一行。 / Nothing was imported.", file=sys.stderr)
        return 1
    print(
        f"新增 {report.created}，更新 {report.updated}，未变 {report.unchanged} / "
        f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged"
    )
    return 0
