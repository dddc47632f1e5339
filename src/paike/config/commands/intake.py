"""`paike intake`: takes ballots. As many as wanted, on any machine; see docs/operate/vote-night.md."""

import os
from argparse import Namespace

from paike.config import data_folder, options, serving


def run(arguments: Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    data_folder.require_keys()
    if arguments.behind_web:  # the web process is one proxy more
        trusted = int(options.read("PAIKE_TRUSTED_PROXIES") or 0)
        os.environ["PAIKE_TRUSTED_PROXIES"] = str(trusted + 1)
    serving.serve("paike.config.intake:build", arguments)
    return 0
