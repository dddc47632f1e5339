"""How Paike's HTTP servers run: the web and the intake alike."""

from argparse import Namespace

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels


def serve(factory: str, arguments: Namespace) -> None:
    """Serve the ASGI application that `factory` (`module:function`) builds until SIGTERM or SIGINT,
    at the address and with the processes that were asked for."""
    Granian(
        factory,
        factory=True,
        interface=Interfaces.ASGI,
        address=arguments.host,
        port=arguments.port,
        workers=arguments.processes,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        respawn_failed_workers=True,
        respawn_interval=0.5,
        # One that was told to end while it was still starting does not hear it.
        workers_kill_timeout=10,
        log_enabled=True,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()
