"""`paike web`: the web server. One application on one port: see `paike.config.asgi`."""

from argparse import Namespace

from paike.config import data_folder, serving


def run(arguments: Namespace) -> int:
    """Serve until SIGTERM or SIGINT. Binds to the given address only."""
    data_folder.require_keys()
    serving.serve("paike.config.asgi:build", arguments)
    return 0
