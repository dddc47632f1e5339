"""The command line's own promises: help, errors in two languages, exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

from paike.config import cli

rules = pytest.mark.rules  # those that start no other process


@rules
@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: str(command.name))
def test_every_command_has_help_in_both_languages(
    command: cli.Command, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.build_parser().parse_args([command.name, "--help"])
    assert ended.value.code == 0
    shown = " ".join(capsys.readouterr().out.split())
    chinese, english = command.help.split(" / ")
    assert chinese.replace(" ", "") in shown.replace(" ", "")
    assert english.replace(" ", "") in shown.replace(" ", "")


@rules
@pytest.mark.parametrize(
    "line",
    [
        "call open a.toml --data here",
        "call --data here open a.toml",
        "orgs import a.csv --data here",
        "web --data here",
    ],
)
def test_the_data_folder_may_be_named_anywhere_after_the_command(line: str) -> None:
    assert cli.build_parser().parse_args(line.split()).data == "here"
    assert cli.build_parser().parse_args(["version"]).data is None


@rules
def test_wrong_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        [],
        ["no-such-command"],
        ["up", "--port", "70000"],
        ["web", "--processes", "0"],
    ):
        with pytest.raises(SystemExit) as ended:
            cli.build_parser().parse_args(arguments)
        assert ended.value.code == 2, arguments
    capsys.readouterr()


@rules
def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["version"]) == 0
    assert capsys.readouterr().out.strip()[0].isdigit()


def paike(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "paike.config.cli", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_what_the_system_refuses_is_said_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name, zh, en in (
        ("nowhere.toml", "没有这个文件", "There is no such file"),
        ("folder", "这是文件夹", "This is a folder"),
    ):
        ran = paike("rulebook", "check", str(tmp_path / name))
        assert ran.returncode == 1
        assert f"{tmp_path / name}：{zh}" in ran.stderr
        assert f"{tmp_path / name}: {en}" in ran.stderr
        assert "Traceback" not in ran.stderr


def test_a_rulebook_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "call.toml"
    file.write_bytes('slug = "x"\nname = "我身边的党员故事"\n'.encode("gb18030"))
    ran = paike("rulebook", "check", str(file))
    assert ran.returncode == 1
    assert "第 2 行" in ran.stderr + ran.stdout
    assert "UTF-8" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_reader_who_has_enough_is_no_fault() -> None:
    built_in = Path(__file__).parents[2] / "campaigns" / "party-stories-2021.toml"
    command = [sys.executable, "-m", "paike.config.cli", "rulebook", "show", str(built_in)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert "Traceback" not in ran.stderr.read()
