"""`paike web`: the web server. One application on one port: see `paike.config.asgi`."""

from argparse import Namespace

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from paike.config import data_folder


def run(arguments: Namespace) -> int:
    """Serve until SIGTERM or SIGINT. Binds to the given address only."""
    data_folder.require_keys()
    Granian(
        "paike.config.asgi:build",
        factory=True,
        interface=Interfaces.ASGI,
        address=arguments.host,
        port=arguments.port,
        workers=arguments.processes,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        log_enabled=True,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()
    return 0
