"""What Paike needs of a machine: one function per thing, each gives one finding."""

import importlib
import json
import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, LiteralString
from urllib.parse import urlsplit

import av
import httpx
import psycopg

from paike.config import options
from paike.config.postgres import cluster, identity, programs, sockets
from paike.config.refusal import Refusal
from paike.media.adapters.sandbox import models
from paike.media.adapters.sandbox.client import Sandbox

CHECKOUT = Path(__file__).parents[3]
CODECS: tuple[tuple[str, Literal["r", "w"]], ...] = (
    ("h264", "r"),
    ("aac", "r"),
    ("libx264", "w"),
    ("aac", "w"),
    ("mjpeg", "w"),
)
ROOM = 5 * 1024**3


@dataclass(frozen=True)
class Finding:
    """`state`: ok, note (works, but look at it) or missing (does not work without it)."""

    name: str
    state: str
    found: str
    advice: str = ""

    def line(self) -> str:
        """The finding for the terminal."""
        mark = {"ok": "ok     ", "note": "note   ", "missing": "MISSING"}[self.state]
        return f"{mark}  {self.name}: {self.found}" + (
            f"\n         -> {self.advice}" if self.advice else ""
        )


def findings() -> Iterator[Finding]:
    """Everything that can be looked at, one after the other."""
    for check in CHECKS:
        try:
            found = check()
        except Refusal as refusal:
            name = check.__name__.strip("_").replace("_", " ")
            found = Finding(name, "missing", refusal.text.zh, refusal.text.en)
        if found:
            yield found


def as_json(found: list[Finding]) -> str:
    """The findings for programs."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1)


def _python() -> Finding:
    return Finding("Python", "ok", platform.python_version())  # an older one gets not this far


def _node() -> Finding | None:
    if not (CHECKOUT / "frontend" / "package.json").exists():
        return None  # installed from a wheel: the front end is in it
    found = shutil.which("node")
    version = _output([found, "--version"]).lstrip("v") if found else ""
    if found and tuple(int(part) for part in re.findall(r"\d+", version)[:2]) >= (20, 19):
        return Finding("Node", "ok", version)
    return Finding(
        "Node", "note", version or "-", "构建界面需要 / to build the front end: Node >= 20.19"
    )


def _front_end() -> Finding:
    manifest = Path(__file__).parents[1] / "web" / "static" / "built"
    if any(manifest.glob("**/manifest.json")):
        return Finding("front end", "ok", "built")
    return Finding("front end", "missing", "not built", "make frontend")


def _postgres_programs() -> Finding | None:
    if options.read("PAIKE_DATABASE_URL"):
        return None
    found = programs.locate()
    return Finding("PostgreSQL", "ok", f"{found.major} ({found.folder})")


def _become_another_user() -> Finding | None:
    if options.read("PAIKE_DATABASE_URL"):
        return None
    who = identity.choose()
    advice = "允许用户命名空间更好 / better: allow user namespaces" if who.name == "nobody" else ""
    return Finding("PostgreSQL runs as", "note" if advice else "ok", who.name, advice)


def _fonts() -> Finding:
    spec = find_spec("noto_cjk_sans_otc")
    places = list(spec.submodule_search_locations or ()) if spec else []
    faces = [path for place in places for path in Path(place).rglob("*.ttc")]
    if faces:
        return Finding("fonts", "ok", f"{len(faces)} TTC")
    return Finding("fonts", "missing", "-", "pip install 'noto-cjk[sans]'")


def _codecs() -> Finding:
    lacking = []
    for name, mode in CODECS:
        try:
            av.codec.Codec(name, mode)
        except av.codec.codec.UnknownCodecError:
            lacking.append(f"{name} ({mode})")
    if lacking:
        return Finding("PyAV", "missing", ", ".join(lacking), "pip install --only-binary=:all: av")
    return Finding("PyAV", "ok", f"{av.__version__}, h264, aac, x264, mjpeg")


def _sandbox() -> Finding:
    box = Sandbox()
    fault = box.check()
    walled = box.walled
    box.close()
    if "FFmpeg" in fault:
        advice = (
            "重新安装锁定的依赖 / install the locked requirements: pip install -r requirements.lock"
        )
        return Finding("sandbox", "missing", fault, advice)
    if fault:
        advice = (
            "安装 libseccomp（apt install libseccomp2），否则影片不会被检测 / "
            "install libseccomp, or films are not inspected; PAIKE_SANDBOX=unfiltered goes without"
        )
        return Finding("sandbox", "missing", fault, advice)
    if not walled:
        advice = "再加一道墙 / a second wall: apt install bubblewrap"
        return Finding("sandbox", "ok", "seccomp, tried out", advice)
    return Finding("sandbox", "ok", "seccomp and bubblewrap, tried out")


def _models() -> Finding:
    lacking = models.missing()
    if lacking:
        advice = (
            "没有它们，片名、字幕和说话都不会检测：make setup / "
            "without them titles, subtitles and speech are not looked for: make setup"
        )
        return Finding("models", "note", ", ".join(lacking), advice)
    return Finding("models", "ok", f"{len(models.NAMES)} files")


def _disk() -> Finding:
    place = options.data_folder()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    state = "ok" if free > ROOM else "note"
    return Finding(
        "disk", state, f"{free / 1024**3:.1f} GB", "" if state == "ok" else f"> 5 GB: {place}"
    )


def _keys() -> Finding:
    folder = options.data_folder() / "keys"
    lacking = [name for name in ("secret-key", "keyring.json") if not (folder / name).exists()]
    if not lacking:
        mode = folder.stat().st_mode & 0o077
        advice = f"chmod 700 {folder}" if mode else ""
        return Finding("keys", "missing" if mode else "ok", str(folder), advice)
    used = (options.data_folder() / "postgres").exists()
    advice = (
        "从备份恢复 / restore them from the backup"
        if used
        else "由 paike up 生成 / made by paike up"
    )
    return Finding("keys", "missing" if used else "note", ", ".join(lacking), advice)


def _database() -> Finding:
    url = options.read("PAIKE_DATABASE_URL")
    data = options.data_folder()
    if not url and not cluster.running(data):
        return Finding("database", "note", "内置，未运行 / embedded, not running", "paike up")
    try:
        with psycopg.connect(_target(), connect_timeout=5) as connection:
            return _migrations(connection.info.server_version // 10000)
    except psycopg.OperationalError as fault:
        return Finding("database", "missing", str(fault).strip(), "PAIKE_DATABASE_URL")


def _target() -> str:
    """Where the database is."""
    folder = sockets.folder(options.data_folder())
    return (
        options.read("PAIKE_DATABASE_URL")
        or f"host={folder} user=postgres dbname={cluster.DATABASE}"
    )


def _migrations(major: int) -> Finding:
    importlib.import_module("django").setup()
    executor = importlib.import_module("django.db.migrations.executor")
    connection = importlib.import_module("django.db").connection
    runner = executor.MigrationExecutor(connection)
    pending = runner.migration_plan(runner.loader.graph.leaf_nodes())
    if pending:
        return Finding("database", "missing", f"{len(pending)} migrations", "paike migrate")
    return Finding("database", "ok", f"PostgreSQL {major}")


def _sequencer() -> Finding | None:
    """Whether somebody gives ballots their place, while a vote has a log that is not closed."""
    try:
        with psycopg.connect(_target(), connect_timeout=5) as connection:
            votes = _number(
                connection,
                "SELECT count(*) FROM voting_ballotlog WHERE opened_at NOTNULL AND closed_at ISNULL",
            )
            waiting = _number(connection, "SELECT count(*) FROM voting_pending")
            halted = _number(
                connection, "SELECT count(*) FROM voting_ballotlog WHERE halted_at NOTNULL"
            )
            importlib.import_module("django").setup()
            lock = importlib.import_module("paike.voting.actions.sequencing").LOCK
            running = _number(connection, _HELD, [lock])
    except psycopg.Error:
        return None  # the database has a finding of its own
    if halted:
        found = f"{halted} 个选票日志已停 / ballot logs halted"
        return Finding("sequencer", "missing", found, "docs/operate/ballot-log.md: After a restore")
    if not votes and not waiting:
        return None
    found = f"{votes} 场投票 / votes, {waiting} 张等待 / waiting"
    if running:
        return Finding("sequencer", "ok", found)
    advice = (
        "选票已保存，但没有进入日志：启动 paike sequencer / "
        "ballots are stored and get no place in the log: start paike sequencer"
    )
    return Finding("sequencer", "missing", found, advice)


# One bigint key: its halves are classid and objid, objsubid is 1.
_HELD = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
AND (classid::bigint << 32 | objid::bigint) = %s
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def _number(
    connection: psycopg.Connection[Any], sql: LiteralString, given: Sequence[int] = ()
) -> int:
    row = connection.execute(sql, given).fetchone()
    return int(row[0]) if row else 0


def _intake() -> Finding | None:
    """Whether the intake that the settings name answers."""
    url = options.read("PAIKE_INTAKE_URL")
    if not url:
        return None  # `paike up` starts its own
    try:
        httpx.get(f"{url.rstrip('/')}/intake/", timeout=5)
    except httpx.HTTPError as fault:
        advice = "投票提交不了：启动 paike intake / nobody can vote: start paike intake"
        return Finding("intake", "missing", f"{url}: {fault}", advice)
    return Finding("intake", "ok", url)


def _mail() -> Finding:
    return _channel("mail", "PAIKE_MAIL_URL")


def _sms() -> Finding:
    return _channel("SMS", "PAIKE_SMS_URL")


def _channel(name: str, option: str) -> Finding:
    if options.read(option):
        return Finding(name, "ok", option)
    return Finding(name, "note", "未设置，不会发送 / not set: none is sent", option)


def _development() -> Finding | None:
    wanted, moved = options.read("PAIKE_DEVELOPMENT"), options.read("PAIKE_CLOCK_FILE")
    if not wanted and not moved:
        return None
    set_ = " ".join(
        name
        for name, value in ((f"PAIKE_DEVELOPMENT={wanted}", wanted), ("PAIKE_CLOCK_FILE", moved))
        if value
    )
    host = urlsplit(options.read("PAIKE_URL")).hostname or ""
    if wanted and options.development() and not _is_local(host):
        advice = (
            f"任何人都能在 {host}/dev/ 看到验证码和邮件，请取消 PAIKE_DEVELOPMENT / "
            "everybody can read codes and letters there: unset PAIKE_DEVELOPMENT"
        )
        return Finding("development", "missing", set_, advice)
    if wanted and not options.development():
        return Finding(
            "development", "note", set_, "https：开发页面未打开 / https: its pages stay closed"
        )
    return Finding("development", "note", set_, "不得用于正式服务 / never in production")


def _is_local(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _clock() -> Finding:
    """Whether the system says its clock is kept right by a time server."""
    if not shutil.which("timedatectl"):
        return Finding("clock", "note", "无法判断 / can't tell", "chrony, systemd-timesyncd")
    answer = _output(["timedatectl", "show", "--property=NTPSynchronized", "--value"])
    if answer == "yes":
        return Finding("clock", "ok", "NTP")
    return Finding(
        "clock",
        "note",
        "未与时间服务器同步 / not kept by a time server",
        "timedatectl set-ntp true",
    )


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(  # noqa: S603 - names of our own
            command, capture_output=True, text=True, check=False, timeout=10
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""


CHECKS: tuple[Callable[[], Finding | None], ...] = (
    _python, _node, _front_end, _postgres_programs, _become_another_user, _fonts, _codecs, _sandbox,
    _models, _disk, _keys, _database, _sequencer, _intake, _mail, _sms, _development, _clock,
)  # fmt: skip
