"""The intake as a process: its settings, its connection, its application."""

import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paike.config.settings")

# What psycopg itself understands of Django's parameters of a connection.
KNOWN = ("dbname", "user", "password", "host", "port")


def build() -> Any:  # noqa: ANN401 - an ASGI application; importing its type needs Django
    """The application of one intake process."""
    import django  # noqa: PLC0415 - Django is set up here and not before

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from paike.config import options, processes  # noqa: PLC0415
    from paike.web.intake.app import Intake  # noqa: PLC0415 - needs Django
    from paike.web.intake.requests import Site  # noqa: PLC0415

    processes.end_with_parent()
    # Votes are read anew in a thread. Whenever the loop has waited for the network, it would wait
    # for that thread again, five milliseconds each time.
    sys.setswitchinterval(0.0005)
    return Intake(
        parameters(),
        site=Site(settings.PUBLIC_URL, settings.TRUSTED_PROXIES),
        shards=int(options.read("PAIKE_INTAKE_SHARDS")),
    )


def parameters() -> dict[str, Any]:
    """How to connect to the database without Django."""
    from django.db import DEFAULT_DB_ALIAS, connections  # noqa: PLC0415

    given = connections[DEFAULT_DB_ALIAS].get_connection_params()
    return {name: given[name] for name in KNOWN if given.get(name)}
