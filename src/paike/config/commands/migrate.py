"""`paike migrate`"""

from argparse import Namespace

from paike.config import schema


def run(_arguments: Namespace) -> int:
    """Bring the database up to date, one process at a time."""
    schema.bring_up_to_date()
    print("数据库结构已是最新。 / The database is up to date.")
    return 0
