"""`paike migrate`"""

from argparse import Namespace

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections

# Two machines that start together must not migrate at the same time.
LOCK = 0x7061696B65


def run(_arguments: Namespace) -> int:
    """Bring the database up to date, one process at a time."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    print("数据库结构已是最新。 / The database is up to date.")
    return 0
