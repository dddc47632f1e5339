"""The tables of the database: whether they are those of this release, and how they become it."""

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from paike.config import options
from paike.config.refusal import refuse

# Two machines that start together must not migrate at the same time.
LOCK = 0x7061696B65


def is_current() -> bool:
    """Whether every migration of this release was applied."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def bring_up_to_date() -> None:
    """Apply what is missing, one process at a time."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def require() -> None:
    """Make the tables where the database is our own; a server that others may share is brought up
    to date on purpose only. Raises Refusal."""
    if is_current():
        return
    if options.read("PAIKE_DATABASE_URL"):
        raise refuse(
            "数据库结构不是最新。请先运行 paike migrate。",
            "The database is not up to date. Run `paike migrate` first.",
        )
    bring_up_to_date()
