"""`paike version`"""

from argparse import Namespace
from importlib import metadata


def run(_arguments: Namespace) -> int:
    """Print the version."""
    print(metadata.version("paike"))
    return 0
