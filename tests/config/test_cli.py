"""The command line's own promises: help, errors in two languages, exit codes."""

import pytest

from paike.config import cli

pytestmark = pytest.mark.rules


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


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["version"]) == 0
    assert capsys.readouterr().out.strip()[0].isdigit()
