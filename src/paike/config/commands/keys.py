"""`paike keys rotate`"""

from argparse import Namespace

from paike.kernel import clock
from paike.vault.actions import rotation


def run(_arguments: Namespace) -> int:
    """Add a key and seal every personal value with it; safe under traffic."""
    for place in rotation.rotate(now=clock.now()):
        print(f"{place.table}.{place.column}: {place.sealed} / {place.rows}")
    print("已轮换。请重新备份密钥目录。 / Done. Back up the folder of keys again.")
    return 0
