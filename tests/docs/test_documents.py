"""Documents say what is there, all of it and nothing else."""

import re
import subprocess
from pathlib import Path

import pytest

from paike.config import cli, options

pytestmark = pytest.mark.rules
ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "paike"
DOCS = ROOT / "docs"


def _rows(text: str) -> list[str]:
    """The first cells of all tables, without backticks and closing slash."""
    return [cell.rstrip("/") for cell in re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE)]


def _packages(folder: Path, prefix: str = "") -> set[str]:
    return {prefix + path.parent.name for path in folder.glob("*/__init__.py")}


def test_architecture_describes_every_room_and_nothing_else() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rooms = text.split("## Rooms")[1].split("Surfaces of")[0]
    assert sorted(_rows(rooms)) == sorted(_packages(PACKAGE))
    surfaces = text.split("Surfaces of")[1].split("## Slots")[0]
    assert sorted(_rows(surfaces)) == sorted(_packages(PACKAGE / "web", "web/"))


def test_rooms_are_in_the_order_of_the_import_contract() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    described = _rows(text.split("## Rooms")[1].split("Surfaces of")[0])
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    layers = contract.split("layers =\n")[1].split("\n\n")[0].split("\n")
    order = [room for layer in reversed(layers) for room in layer.replace("|", " ").split()]
    assert described == order


def test_every_setting_is_documented() -> None:
    text = (DOCS / "operate" / "settings.md").read_text(encoding="utf-8")
    assert _rows(text) == [option.name for option in options.OPTIONS]
    for option in options.OPTIONS:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{option.name}` |"))
        assert option.zh in row
        assert option.en in row
        assert f"`{option.default}`" in row if option.default else "(empty)" in row


def test_every_setting_that_is_read_is_in_the_table() -> None:
    known = {option.name for option in options.OPTIONS}
    for path in PACKAGE.rglob("*.py"):
        found = set(re.findall(r"\bPAIKE_[A-Z_]+\b", path.read_text(encoding="utf-8")))
        assert found <= known, path


def test_every_command_is_documented() -> None:
    text = (DOCS / "operate" / "install.md").read_text(encoding="utf-8")
    table = text.split("## Commands")[1].split("## New version")[0]
    for command in cli.COMMANDS:
        assert re.search(rf"\b{command.name}\b", table), command.name


def test_links_between_documents_lead_somewhere() -> None:
    for page in (*DOCS.rglob("*.md"), *ROOT.glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_locks_name_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "tools/uv.lock"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8"), name
    lock = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved": "http' not in lock


def test_locks_are_up_to_date_with_what_is_asked_for() -> None:
    asked = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1]
    names = re.findall(r'"([A-Za-z0-9-]+)[\[><=;"]', asked.split("\n]")[0])
    locked = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    assert {name.lower() for name in names} <= locked


@pytest.mark.parametrize("name", ["setup-python", "check-node", "lock", "setup-debian"])
def test_shell_scripts_are_valid(name: str) -> None:
    path = ROOT / "tools" / f"{name}.sh"
    assert path.stat().st_mode & 0o100
    subprocess.run(["sh", "-n", str(path)], check=True)


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "exec make test\n" in script
    assert "make test " in (ROOT / "README.md").read_text(encoding="utf-8")


def test_nothing_depends_on_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    places = re.compile(r"/(root|home/[a-z]+)/|[.]pyenv|/tmp/(?!\.)[a-z]+/")
    for name in listed:
        path = ROOT / name
        if path.suffix in (".py", ".toml", ".sh", ".ts", ".json", ".md", ".cfg") and path.exists():
            found = places.search(path.read_text(encoding="utf-8"))
            assert not found, f"{name}: {found and found.group()}"
