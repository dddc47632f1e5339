"""The command line. Exit codes: 0 all is well, 1 something was found, 2 wrong usage, 3 unreadable,
4 nothing is wrong, but what was asked was not shown."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from paike_verify import consistency, files, forms, log, notes, receipts, result, witness
from paike_verify.files import Files, Source, Unreadable
from paike_verify.findings import MOST, Report
from paike_verify.notes import Checkpoint, Key, Malformed

MOST_HOURS = 1_000_000
PROMISED = (
    "收票时有签名承诺，但没有核对选票是否已在日志中。请加 --log 和日志地址再核对一次。",
    "The ballot was promised; it was not shown to be in the log. Run again with --log and the log's "
    "address.",
)
PLACE = "网址或文件夹 / an address or a folder"
Add = Callable[[str, "Run", str], argparse.ArgumentParser]
Run = Callable[[argparse.Namespace, Report], dict[str, object]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser()
    given = parser.parse_args(arguments)
    report = Report()
    try:
        answer = given.run(given, report)
    except (Unreadable, witness.Refused) as fault:
        _give_up(given, fault.zh, fault.en)
        return 1 if isinstance(fault, witness.Refused) else 3
    except receipts.NoReceipt:
        _give_up(given, "这不是拍客的选票回执。", "This is not a ballot receipt of Paike.")
        return 3
    except OSError as fault:
        _give_up(
            given,
            f"读不到 {fault.filename}：{fault.strerror}",
            f"{fault.filename}: {fault.strerror}",
        )
        return 3
    except KeyboardInterrupt:
        return 130
    try:
        _tell(given, report, answer)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough; Python would complain once more at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _code(report)


def _code(report: Report) -> int:
    if not report.clean:
        return 1
    return 0 if report.lacking is None else 4


def _log(given: argparse.Namespace, report: Report) -> dict[str, object]:
    source = files.open_source(given.log)
    if given.max_age is not None and not given.witness:
        given.wrong("--max-age 须与 --witness 同用 / --max-age needs --witness")
    since = None if given.max_age is None else time.time() - given.max_age * 3600
    found = log.check(source, report, key=given.key, witnesses=tuple(given.witness), since=since)
    return {
        "origin": found.head.origin,
        "size": found.head.size,
        "root": found.head.root.hex(),
        "readable": found.readable,
        "ballots": found.ballots,
    }


def _recount(given: argparse.Namespace, report: Report) -> dict[str, object]:
    found = log.check(files.open_source(given.log), report, key=given.key)
    if found.count is None and report.clean:
        raise Unreadable(
            "条目尚未全部公布，现在还不能计票。",
            "Not all entries are public yet: nothing to count.",
        )
    return found.count or {}


def _receipt(given: argparse.Namespace, report: Report) -> dict[str, object]:
    if given.witness and not given.log:
        given.wrong("--witness 须与 --log 同用 / --witness needs --log")
    receipt = receipts.read(given.file.read_bytes())
    source = files.open_source(given.log) if given.log else None
    index = receipts.check(receipt, report, key=given.key, log=source, witnesses=given.witness)
    if index is None:
        report.lacking = PROMISED
    return {"entry": receipt["entry"], "index": index}


def _consistency(given: argparse.Namespace, report: Report) -> dict[str, object]:
    source = files.open_source(given.new)
    key = given.key or log.own_key(source, report)
    old, known = _old(given.old, key, report)
    head, _ = log.head_of(source, report, key=key)
    files_of_new = Files(source, head.size)
    consistent = consistency.check(old, head, files_of_new, report, known=known)
    return {"old": old.size, "new": head.size, "consistent": consistent}


def _old(place: str, key: Key, report: Report) -> tuple[Checkpoint, Files | None]:
    """The earlier state: a log, or just a checkpoint that was kept."""
    path = Path(place)
    if path.is_file():
        try:
            note = notes.parse(path.read_bytes().decode())
            head = notes.checkpoint(note)
        except (Malformed, UnicodeDecodeError) as fault:
            raise Unreadable(
                f"{place} 格式不对：文件损坏，或不是检查点。",
                f"{place} is malformed: the file is damaged, or it is no checkpoint.",
            ) from fault
        if key.name != head.origin or not notes.is_signed(note, key):
            report.fault(
                "signature",
                f"旧检查点 {place} 的签名无效。",
                f"The signature of the old checkpoint, {place}, does not hold.",
            )
        return head, None
    source: Source = files.open_source(place)
    head, _ = log.head_of(source, report, key=key)
    return head, Files(source, head.size)


def _result(given: argparse.Namespace, report: Report) -> dict[str, object]:
    digests = {"--sha256": given.sha256} if given.sha256 else {}
    piles = votes = None
    if given.log:
        checked = log.check(files.open_source(given.log), report, key=given.key)
        if checked.result is None:
            raise Unreadable("这份日志里没有公布结果。", "This log states no result.")
        digests[given.log], piles, votes = checked.result, checked.piles, checked.votes
    content = given.file.read_bytes()
    return {"sha256": result.check(content, report, digests=digests, piles=piles, votes=votes)}


def _witness_new(given: argparse.Namespace, _report: Report) -> dict[str, object]:
    return {"key": str(witness.new(given.state, given.name).key)}


def _witness_look(given: argparse.Namespace, _report: Report) -> dict[str, object]:
    source = files.open_source(given.log)
    state = witness.State(given.state)
    signed = witness.look(state, source, key=given.key, now=int(time.time()))
    if given.out:
        given.out.write_bytes(signed.encode())
    head = notes.checkpoint(notes.parse(signed))
    return {"origin": head.origin, "size": head.size, "checkpoint": signed}


def _tell(given: argparse.Namespace, report: Report, answer: dict[str, object]) -> None:
    if given.json:
        said = [{"zh": zh, "en": en} for zh, en in report.notes]
        found = [each.as_json() for each in report.findings]
        ok = report.clean and report.lacking is None
        whole = {"ok": ok, "result": answer, "findings": found, "notes": said}
        if report.clean and report.lacking:
            whole["lacking"] = dict(zip(("zh", "en"), report.lacking, strict=True))
        print(json.dumps(whole, ensure_ascii=False))
        return
    _tell_report(report)
    if given.run is _recount:
        if not answer:
            return  # not enough of the log is left to count
        # The bytes themselves, so that they can be compared with the official count's.
        sys.stdout.write(forms.canonical(answer).decode() + "\n")
        return
    for name, value in answer.items():
        print(f"{name}: {_plain(str(value), lines=name == 'checkpoint')}")
    if report.clean:
        _say(sys.stdout, *(report.lacking or ("核验通过。", "All of it holds.")))
    else:
        total = sum(report.numbers.values())
        _say(sys.stdout, f"发现 {total} 处问题。", f"{total} faults found.")


def _give_up(given: argparse.Namespace, zh: str, en: str) -> None:
    """Say why there is no answer; for a program in the shape of an answer."""
    if given.json:
        said = {
            "ok": False,
            "result": {},
            "findings": [],
            "notes": [],
            "error": {"zh": zh, "en": en},
        }
        print(json.dumps(said, ensure_ascii=False))
        return
    _say(sys.stderr, zh, en)


def _tell_report(report: Report) -> None:
    for finding in report.findings:
        _say(sys.stderr, f"[{finding.code}] {finding.zh}", finding.en)
    for code, number in report.numbers.items():
        if number > MOST:
            _say(
                sys.stderr,
                f"[{code}] 共 {number} 处，以上为前 {MOST} 处。",
                f"{number} in all; {MOST} shown.",
            )
    for zh, en in report.notes:
        _say(sys.stderr, f"注意：{zh}", f"Note: {en}")


def _say(stream: object, zh: str, en: str) -> None:
    print(f"{_plain(zh)}\n  {_plain(en)}", file=stream)  # type: ignore[call-overload]


def _plain(text: str, *, lines: bool = False) -> str:
    """What is quoted from a log can't move the cursor or begin a line of its own."""
    return "".join(
        each if each.isprintable() or (lines and each == "\n") else "\N{REPLACEMENT CHARACTER}"
        for each in text
    )


def _key(text: str) -> Key:
    try:
        if "+" in text:
            return notes.parse_key(text)
        return notes.parse_key(Path(text).read_bytes().decode())
    except (Malformed, UnicodeDecodeError) as fault:
        raise argparse.ArgumentTypeError(f"公钥格式不对 / the key is malformed: {text}") from fault
    except OSError as fault:
        raise argparse.ArgumentTypeError(
            f"读不到公钥文件 / the file with the key can't be read: {text}"
        ) from fault


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= MOST_HOURS:  # nor what is no number
        raise argparse.ArgumentTypeError(f"须是小时数 / must be a number of hours: {text}")
    return hours


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="paike-verify",
        description="独立核验拍客的选票日志。 / Checks a ballot log of Paike on its own.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Run, about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run, wrong=made.error)
        made.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
        return made

    def key(made: argparse.ArgumentParser, required: bool = False) -> None:
        made.add_argument(
            "--key", type=_key, required=required, metavar="VKEY",
            help="日志的公钥或其文件 / the log's key, or a file with it",
        )  # fmt: skip

    _logs(command, key)
    _witnesses(command, key)
    return parser


def _logs(command: Add, key: Callable[..., None]) -> None:
    def by_witnesses(made: argparse.ArgumentParser) -> None:
        made.add_argument(
            "--witness", type=_key, action="append", default=[], metavar="VKEY",
            help="须有此见证的签名 / must be signed by this witness",
        )  # fmt: skip

    one = command("log", _log, "核验整份日志 / check a whole log")
    one.add_argument("log", help=PLACE)
    key(one)
    by_witnesses(one)
    one.add_argument(
        "--max-age", type=_hours, metavar="HOURS",
        help="见证的签名不得早于这么多小时 / no signature of a witness may be older",
    )  # fmt: skip
    one = command("recount", _recount, "重新计票 / count again")
    one.add_argument("log", help=PLACE)
    key(one)
    one = command("receipt", _receipt, "核验回执 / check a receipt")
    one.add_argument("file", type=Path)
    key(one)
    one.add_argument("--log", help=f"在此日志中查找 / look it up in this log: {PLACE}")
    by_witnesses(one)
    one = command("consistency", _consistency, "日志是否只增不改 / whether a log only grew")
    one.add_argument(
        "old", help=f"先前的日志或检查点文件 / an earlier log, or a checkpoint: {PLACE}"
    )
    one.add_argument("new", help=PLACE)
    key(one)

    one = command("result", _result, "重新计算评选结果 / compute a published result again")
    one.add_argument("file", type=Path, help="computation.json")
    one.add_argument("--sha256", metavar="HEX", help="公布的校验和 / its published SHA-256")
    one.add_argument("--log", help=f"与此日志所述核对 / compare with this log: {PLACE}")
    key(one)


def _witnesses(command: Add, key: Callable[..., None]) -> None:
    one = command("witness-new", _witness_new, "成为见证 / become a witness")
    one.add_argument(
        "state", type=Path, help="存放密钥和检查点的文件夹 / folder for key and checkpoints"
    )
    one.add_argument("name", help="见证的名称，如 example.org/witness / your name as a witness")
    one = command("witness", _witness_look, "核对日志并签名 / check a log and sign its head")
    one.add_argument("state", type=Path)
    one.add_argument("log", help=PLACE)
    key(one, required=True)
    one.add_argument("--out", type=Path, help="签名后的检查点 / file for the signed checkpoint")


if __name__ == "__main__":
    sys.exit(main())
